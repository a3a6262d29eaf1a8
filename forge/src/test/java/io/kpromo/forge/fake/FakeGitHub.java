// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Slug;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// GitHub on this machine: REST and the GraphQL queries that kpromo sends, with GitHub's refusals and limits. Where
/// files of releases go it tells by `upload_url`; that is its own address.
public final class FakeGitHub extends ForgeServer {
    static final int LONGEST_TEXT = 65_536;

    private final Supplier<Instant> clock;
    private final List<Reply> refusals = new CopyOnWriteArrayList<>();
    private final FakeGit git = new FakeGit(this);
    private final FakePulls pulls = new FakePulls(this);
    private final FakeIssues issues = new FakeIssues(this);
    private final FakeReleases releases = new FakeReleases(this, this::uploads);
    private final FakeGraph graph = new FakeGraph(this);
    private long limit = 5000;
    private long used;
    private Instant reset = Instant.MAX;
    private final Map<String, Reply> refusedAt = new ConcurrentHashMap<>();
    private String uploads = "";
    private boolean late;

    public FakeGitHub(World world, Supplier<Instant> clock) throws IOException {
        super(world);
        this.clock = clock;
        this.uploads = address().toString();
    }

    public FakeGitHub() throws IOException {
        this(new World(), Instant::now);
    }

    /// So many requests may be sent until then.
    public void limit(long requests, Instant until) {
        limit = requests;
        used = 0;
        reset = until;
    }

    /// The next request is refused by a secondary limit.
    public void refuseOnce(int seconds) {
        refusals.add(Reply.refused(403, "You have exceeded a secondary rate limit. Please wait")
                .with("Retry-After", Integer.toString(seconds)));
    }

    /// Releases name this host for uploads.
    public void uploadTo(String address) {
        uploads = address;
    }

    String uploads() {
        return uploads;
    }

    /// Forks learn what is new where they come from only when they are synced; the real ones after a while.
    public void forksLearnLate() {
        late = true;
    }

    /// The next order whose address ends so is refused.
    public void refuseOnce(String end, int status, String message) {
        refusedAt.put(end, Reply.refused(status, message));
    }

    /// GraphQL gives up where it is asked for more commits than these at once.
    public void graphWorksFor(int commits) {
        graph.worksFor(commits);
    }

    @Override
    Reply answer(Asked asked) {
        if (!refusals.isEmpty()) {
            return refusals.removeFirst();
        }
        if (!clock.get().isBefore(reset)) {
            used = 0;
            reset = clock.get().plusSeconds(3600);
        }
        boolean over = used >= limit;
        used = Math.min(limit, used + 1);
        Reply reply = over ? Reply.refused(403, "API rate limit exceeded") : routed(asked);
        return reset.equals(Instant.MAX)
                ? reply
                : reply.with("X-RateLimit-Limit", Long.toString(limit))
                        .with("X-RateLimit-Remaining", Long.toString(limit - used))
                        .with("X-RateLimit-Resource", "core")
                        .with("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
    }

    /// On GitHub Enterprise REST is below `/api/v3`, and GraphQL at `/api/graphql`.
    private Reply routed(Asked asked) {
        List<String> path = asked.path();
        if (path.getFirst().equals("api")) {
            return api(asked.at(path.subList(path.get(1).equals("v3") ? 2 : 1, path.size())));
        }
        return api(asked);
    }

    private Reply api(Asked asked) {
        if (asked.is("GET", "user")) {
            return Reply.ok(NODES.objectNode().put("login", World.USER).put("type", "User"));
        }
        if (asked.is("POST", "graphql")) {
            return graph.answer(asked);
        }
        if (asked.is("GET", "search", "issues")) {
            return issues.search(asked);
        }
        if (asked.path().size() < 3 || !asked.path().getFirst().equals("repos")) {
            return Reply.missing();
        }
        Optional<Repo> found =
                world.find(new Slug(asked.path().get(1), asked.path().get(2)));
        if (found.isEmpty()) {
            return Reply.missing();
        }
        List<String> rest = asked.path().subList(3, asked.path().size());
        return below(found.get(), asked.at(rest));
    }

    private Reply below(Repo repo, Asked asked) {
        Optional<Reply> refused = asked.method().equals("GET") || asked.path().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(refusedAt.remove(asked.path().getLast()));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!late) {
            repo.parent.ifPresent(parent -> repo.objects.take(parent.objects));
        }
        if (asked.path().isEmpty()) {
            return Reply.ok(facts(repo));
        }
        return switch (asked.path().getFirst()) {
            case "git", "contents", "compare", "merge-upstream" -> git.answer(repo, asked);
            case "pulls" -> pulls.answer(repo, asked);
            case "issues" -> issues.answer(repo, asked);
            case "releases" -> releases.answer(repo, asked);
            case "actions" -> runs(repo, asked);
            default -> Reply.missing();
        };
    }

    static ObjectNode facts(Repo repo) {
        ObjectNode facts = named(repo.slug).put("default_branch", "main").put("fork", repo.parent.isPresent());
        repo.parent.ifPresent(parent -> facts.set("parent", named(parent.slug)));
        return facts;
    }

    private static ObjectNode named(Slug slug) {
        return NODES.objectNode()
                .put("full_name", slug.toString())
                .put("name", slug.name())
                .put("html_url", "https://github.com/" + slug);
    }

    private Reply runs(Repo repo, Asked asked) {
        if (!asked.is("GET", "actions", "workflows", "*", "runs")) {
            return Reply.missing();
        }
        List<ObjectNode> found = repo.runs.reversed().stream()
                .filter(run -> run.run().workflow().equals(asked.path().get(2)))
                .filter(run -> run.branch().equals(asked.query("branch")))
                .map(FakeGitHub::run)
                .toList();
        return page(asked, found, 30, nodes -> {
            ObjectNode all = NODES.objectNode().put("total_count", found.size());
            all.set("workflow_runs", nodes);
            return all;
        });
    }

    private static ObjectNode run(Repo.Run run) {
        return NODES.objectNode()
                .put("id", Long.parseLong(run.run().id()))
                .put("head_sha", run.run().head().hex())
                .put("status", status(run))
                .put("conclusion", conclusion(run))
                .put("run_started_at", run.run().started().toString())
                .put("html_url", run.run().web().toString());
    }

    private static String status(Repo.Run run) {
        return switch (run.run().state()) {
            case WAITING -> "queued";
            case RUNNING -> "in_progress";
            case SUCCEEDED, FAILED, CANCELLED -> "completed";
        };
    }

    private static String conclusion(Repo.Run run) {
        return switch (run.run().state()) {
            case SUCCEEDED -> "success";
            case FAILED -> "timed_out";
            case CANCELLED -> "cancelled";
            case WAITING, RUNNING -> "";
        };
    }

    /// GitHub's words for a field that is wrong.
    static Reply invalid(String resource, String field, String code, String message) {
        ObjectNode body = NODES.objectNode().put("message", "Validation Failed");
        body.putArray("errors")
                .addObject()
                .put("resource", resource)
                .put("field", field)
                .put("code", code)
                .put("message", message);
        return Reply.json(422, body);
    }
}
