// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Slug;
import io.kpromo.forge.WorkflowRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gitea's REST API on this machine, with its refusals: commits are made on branches only, and links to next pages
/// have the name that its settings know.
public final class FakeGitea extends ForgeServer {
    private final FakeReleases releases = new FakeReleases(this, () -> address().toString());
    private final FakeIssues issues = new FakeIssues(this);
    private final FakePulls pulls = new FakePulls(this);
    private volatile boolean knowsRuns = true;

    public FakeGitea() throws IOException {
        super(new World());
    }

    @Override
    Reply answer(Asked asked) {
        Reply reply = routed(asked);
        String link = reply.headers().getOrDefault("Link", "");
        return link.isEmpty()
                ? reply
                : reply.with("Link", link.replace(address().toString(), "https://git.example/api/v1"));
    }

    private Reply routed(Asked asked) {
        if (asked.is("GET", "user")) {
            return Reply.ok(NODES.objectNode().put("login", World.USER));
        }
        if (asked.path().size() < 3) {
            return Reply.missing();
        }
        return world.find(new Slug(asked.path().get(1), asked.path().get(2)))
                .map(repo -> below(
                        repo, asked.at(asked.path().subList(3, asked.path().size()))))
                .orElse(Reply.missing());
    }

    private Reply below(Repo repo, Asked asked) {
        if (asked.path().isEmpty()) {
            return Reply.ok(FakeGitHub.facts(repo));
        }
        return switch (asked.path().getFirst()) {
            case "branches", "tags" -> refs(repo, asked);
            case "raw", "contents" -> contents(repo, asked);
            case "git" -> tree(repo, asked);
            case "compare" -> compare(repo, asked);
            case "merge-upstream" -> sync(repo, asked);
            case "actions" -> runs(repo, asked);
            case "pulls" -> pull(repo, asked);
            case "issues" -> issues.answer(repo, asked);
            case "releases" -> release(repo, asked);
            default -> Reply.missing();
        };
    }

    /// As on GitHub, but one that is there is a conflict, and heads of the same repository have no owner.
    private Reply pull(Repo repo, Asked asked) {
        if (!asked.is("POST", "pulls")) {
            return pulls.answer(repo, asked);
        }
        String head = asked.text("head");
        ObjectNode body = ((ObjectNode) asked.body()).deepCopy();
        body.put("head", head.contains(":") ? head : repo.slug.owner() + ":" + head);
        Reply reply = pulls.answer(
                repo,
                new Asked("POST", asked.target(), asked.path(), asked.query(), asked.headers(), asked.raw(), body));
        return reply.status() == 422 && new String(reply.body(), StandardCharsets.UTF_8).contains("already exists")
                ? Reply.refused(409, "pull request already exists for these targets")
                : reply;
    }

    /// Files come as forms.
    private Reply release(Repo repo, Asked asked) {
        if (asked.is("POST", "releases", "*", "assets")) {
            String form = new String(asked.raw(), StandardCharsets.ISO_8859_1);
            int from = form.indexOf("\r\n\r\n") + 4;
            int to = form.lastIndexOf("\r\n--", form.length() - 3);
            byte[] content = form.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
            return releases.answer(
                    repo,
                    new Asked(
                            "POST",
                            asked.target(),
                            asked.path(),
                            asked.query(),
                            asked.headers(),
                            content,
                            asked.body()));
        }
        if (asked.is("DELETE", "releases", "*", "assets", "*")) {
            return releases.answer(
                    repo, asked.at(List.of("releases", "assets", asked.path().getLast())));
        }
        return releases.answer(repo, asked);
    }

    private Reply refs(Repo repo, Asked asked) {
        boolean branches = asked.path().getFirst().equals("branches");
        String folder = branches ? "refs/heads/" : "refs/tags/";
        if (asked.path().size() == 1 && asked.method().equals("GET")) {
            List<ObjectNode> all = repo.refs.keySet().stream()
                    .filter(ref -> ref.startsWith(folder))
                    .map(ref -> ref(repo, ref))
                    .toList();
            Reply linked = page(asked, all, 30);
            return branches ? linked : counted(linked, all.size());
        }
        if (asked.method().equals("POST")) {
            String ref = folder + asked.text(branches ? "new_branch_name" : "tag_name");
            String to = asked.text(branches ? "old_ref_name" : "target");
            if (repo.refs.containsKey(ref)) {
                return Reply.refused(409, "already exists");
            }
            if (repo.resolve(to).isEmpty()) {
                return Reply.refused(404, "The old branch does not exist");
            }
            repo.refs.put(ref, repo.resolve(to).get());
            return Reply.created(ref(repo, ref));
        }
        String ref = folder + asked.path().get(1);
        if (!repo.refs.containsKey(ref)) {
            return Reply.missing();
        }
        if (asked.method().equals("DELETE")) {
            repo.refs.remove(ref);
            return Reply.nothing();
        }
        return Reply.ok(ref(repo, ref));
    }

    /// Lists of tags and labels come by pages, but without links.
    private static Reply counted(Reply linked, int all) {
        Map<String, String> headers = new LinkedHashMap<>(linked.headers());
        headers.remove("Link");
        headers.put("X-Total-Count", Integer.toString(all));
        return new Reply(linked.status(), linked.type(), linked.body(), headers);
    }

    private static ObjectNode ref(Repo repo, String ref) {
        String id = repo.peeled(repo.refs.getOrDefault(ref, ""));
        ObjectNode node = NODES.objectNode().put("name", ref.replaceFirst("refs/[a-z]+/", ""));
        node.putObject("commit").put("id", id).put("sha", id);
        return node;
    }

    private Reply contents(Repo repo, Asked asked) {
        if (asked.is("POST", "contents")) {
            return write(repo, asked);
        }
        String path = String.join("/", asked.path().subList(1, asked.path().size()));
        byte[] content = repo.resolve(asked.query("ref"))
                .flatMap(repo.objects::files)
                .orElse(new TreeMap<>())
                .get(path);
        if (content == null) {
            return Reply.missing();
        }
        return asked.path().getFirst().equals("raw")
                ? new Reply(200, "application/octet-stream", content, Map.of())
                : Reply.ok(NODES.objectNode().put("sha", Objects.name(content)).put("type", "file"));
    }

    /// Trees of folders are known by their commit and path, joined by a colon. Two entries a page.
    private static Reply tree(Repo repo, Asked asked) {
        String[] at = (asked.path().get(2) + ":").split(":", -1);
        String prefix = at[1].isEmpty() ? "" : at[1] + "/";
        boolean recursive = asked.query("recursive").equals("true");
        TreeMap<String, ObjectNode> entries = new TreeMap<>();
        for (String path : repo.objects.files(at[0]).orElse(new TreeMap<>()).keySet()) {
            if (path.startsWith(prefix)) {
                String below = path.substring(prefix.length());
                int slash = below.indexOf('/');
                String shown = recursive || slash < 0 ? below : below.substring(0, slash);
                boolean file = recursive || slash < 0;
                entries.put(
                        shown,
                        NODES.objectNode()
                                .put("path", shown)
                                .put("type", file ? "blob" : "tree")
                                .put("sha", at[0] + ":" + prefix + shown));
            }
        }
        List<ObjectNode> all = List.copyOf(entries.values());
        int from = Math.min(all.size(), 2 * (asked.number("page", 1) - 1));
        int to = Math.min(all.size(), from + 2);
        ObjectNode body = NODES.objectNode().put("truncated", to < all.size());
        body.putArray("tree").addAll(all.subList(from, to));
        return Reply.ok(body);
    }

    private Reply compare(Repo repo, Asked asked) {
        String[] ends = asked.path().get(1).split("\\.\\.\\.", 2);
        Optional<String> from = repo.resolve(ends[0]);
        Optional<String> to = repo.resolve(ends[1]);
        if (from.isEmpty() || to.isEmpty()) {
            return Reply.missing();
        }
        ObjectNode body = NODES.objectNode();
        repo.objects
                .between(from.get(), to.get())
                .reversed()
                .forEach(commit -> body.withArray("commits").add(FakeGit.listed(repo, commit)));
        return Reply.ok(body);
    }

    private Reply sync(Repo repo, Asked asked) {
        return world.sync(repo, "refs/heads/" + asked.text("branch"))
                .map(how -> Reply.ok(NODES.objectNode().put("merge_type", how)))
                .orElse(Reply.refused(500, ""));
    }

    /// On a branch, or on a new one that begins there.
    private Reply write(Repo repo, Asked asked) {
        String base = repo.refs.get("refs/heads/" + asked.text("branch"));
        String branch = asked.body().has("new_branch") ? asked.text("new_branch") : asked.text("branch");
        boolean there = repo.refs.containsKey("refs/heads/" + branch);
        if (base == null) {
            return Reply.refused(404, "branch does not exist");
        }
        if (asked.body().has("new_branch")
                && there
                && !asked.body().path("force_push").asBoolean(false)) {
            return Reply.refused(422, "branch already exists [name: " + branch + "]");
        }
        SortedMap<String, byte[]> files = new TreeMap<>(repo.objects.files(base).orElseThrow());
        List<String> wrong = new ArrayList<>();
        for (JsonNode file : asked.body().path("files")) {
            String path = file.path("path").asString("");
            byte[] known = files.get(path);
            boolean update = file.path("operation").asString("").equals("update");
            if (update != (known != null)
                    || (known != null
                            && !Objects.name(known).equals(file.path("sha").asString("")))) {
                wrong.add("sha does not match, or the file exists: " + path);
            }
            files.put(path, Base64.getDecoder().decode(file.path("content").asString("")));
        }
        if (!wrong.isEmpty()) {
            return Reply.refused(422, wrong.getFirst());
        }
        Objects.Commit made = repo.objects.commit(
                repo.objects.tree(files),
                List.of(base),
                asked.text("message"),
                asked.body().path("author").path("name").asString(World.USER),
                asked.body().path("author").path("email").asString("alice@example.com"),
                world.now());
        repo.refs.put("refs/heads/" + branch, made.id());
        ObjectNode body = NODES.objectNode();
        body.putObject("commit").put("sha", made.id());
        return Reply.created(body);
    }

    /// An older one, which tells of jobs only.
    public void knowsNoRuns() {
        knowsRuns = false;
    }

    /// Runs, or the jobs of runs that a runner has taken; here each run has one job.
    private Reply runs(Repo repo, Asked asked) {
        boolean jobs = asked.is("GET", "actions", "tasks");
        if (!jobs && !knowsRuns) {
            return Reply.missing();
        }
        List<ObjectNode> found = repo.runs.reversed().stream()
                .filter(run -> jobs
                        ? run.run().state() != WorkflowRun.State.WAITING
                        : asked.query("branch").isEmpty()
                                || asked.query("branch").equals(run.branch()))
                .map(run -> jobs ? job(run) : run(run))
                .toList();
        return page(asked, found, 30, nodes -> {
            ObjectNode all = NODES.objectNode().put("total_count", found.size());
            all.set("workflow_runs", nodes);
            return all;
        });
    }

    private static ObjectNode run(Repo.Run run) {
        WorkflowRun.State state = run.run().state();
        ObjectNode node = NODES.objectNode()
                .put("id", Long.parseLong(run.run().id()))
                .put("url", "https://git.example/api/v1/runs/" + run.run().id())
                .put("html_url", run.run().web().toString())
                .put("path", run.run().workflow() + "@refs/heads/" + run.branch())
                .put("head_branch", run.branch())
                .put("head_sha", run.run().head().hex())
                .put("started_at", run.run().started().toString());
        switch (state) {
            case WAITING -> node.put("status", "queued");
            case RUNNING -> node.put("status", "in_progress");
            case SUCCEEDED, FAILED, CANCELLED -> node.put("status", "completed").put("conclusion", ended(state));
        }
        return node;
    }

    private static ObjectNode job(Repo.Run run) {
        WorkflowRun.State state = run.run().state();
        return NODES.objectNode()
                .put("id", Long.parseLong(run.run().id()))
                .put("workflow_id", run.run().workflow())
                .put("head_branch", run.branch())
                .put("head_sha", run.run().head().hex())
                .put("status", state == WorkflowRun.State.RUNNING ? "running" : ended(state))
                .put("run_started_at", run.run().started().toString())
                .put("url", run.run().web().toString());
    }

    private static String ended(WorkflowRun.State state) {
        return switch (state) {
            case SUCCEEDED -> "success";
            case FAILED -> "failure";
            case CANCELLED -> "cancelled";
            case WAITING, RUNNING -> throw new IllegalArgumentException("has not ended");
        };
    }
}
