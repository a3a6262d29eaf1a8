// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Slug;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// GitLab's REST API on this machine, with its refusals. Projects have numbers beside their names.
public final class FakeGitLab extends ForgeServer {
    private final Map<Slug, Long> numbers = new HashMap<>();
    private final GitLabTickets tickets = new GitLabTickets(this);
    private final Map<String, byte[]> packages = new HashMap<>();

    public FakeGitLab() throws IOException {
        super(new World());
    }

    /// Files in packages, by their paths.
    public Map<String, byte[]> packages() {
        return Map.copyOf(packages);
    }

    long number(Slug slug) {
        return numbers.computeIfAbsent(slug, s -> 100L + numbers.size());
    }

    @Override
    Reply answer(Asked asked) {
        if (asked.is("GET", "user")) {
            return Reply.ok(NODES.objectNode().put("username", World.USER));
        }
        if (asked.path().size() < 2 || !asked.path().getFirst().equals("projects")) {
            return Reply.missing();
        }
        Optional<Repo> repo = project(asked.path().get(1));
        return repo.map(found -> below(
                        found, asked.at(asked.path().subList(2, asked.path().size()))))
                .orElse(Reply.refused(404, "404 Project Not Found"));
    }

    Optional<Repo> project(String name) {
        if (name.matches("[0-9]+")) {
            return numbers.entrySet().stream()
                    .filter(entry -> entry.getValue().toString().equals(name))
                    .findFirst()
                    .flatMap(entry -> world.find(entry.getKey()));
        }
        return world.find(Slug.of(name));
    }

    private Reply below(Repo repo, Asked asked) {
        if (asked.path().isEmpty()) {
            return Reply.ok(facts(repo));
        }
        return switch (asked.path().getFirst()) {
            case "repository" ->
                repository(repo, asked.at(asked.path().subList(1, asked.path().size())));
            case "packages" -> {
                packages.put(String.join("/", asked.path()), asked.raw());
                yield Reply.created(NODES.objectNode().put("message", "201 Created"));
            }
            case "pipelines" -> pipelines(repo, asked);
            default -> tickets.answer(repo, asked);
        };
    }

    private ObjectNode facts(Repo repo) {
        ObjectNode facts = NODES.objectNode()
                .put("id", number(repo.slug))
                .put("path_with_namespace", repo.slug.toString())
                .put("default_branch", "main")
                .put("web_url", "https://gitlab.com/" + repo.slug);
        repo.parent.ifPresent(
                parent -> facts.putObject("forked_from_project").put("path_with_namespace", parent.slug.toString()));
        return facts;
    }

    private Reply repository(Repo repo, Asked asked) {
        if (asked.path().size() == 2 && asked.path().getFirst().matches("branches|tags")) {
            return ref(repo, asked);
        }
        if (asked.is("GET", "tags")) {
            List<ObjectNode> tags = repo.refs.keySet().stream()
                    .filter(ref -> ref.startsWith("refs/tags/"))
                    .map(ref -> ref(repo, ref))
                    .toList();
            return page(asked, tags, 20);
        }
        if (asked.is("POST", "tags")) {
            return makeTag(repo, asked);
        }
        if (asked.path().getFirst().equals("files")) {
            return file(repo, asked);
        }
        if (asked.is("GET", "tree")) {
            return tree(repo, asked);
        }
        if (asked.is("GET", "commits")) {
            return range(repo, asked);
        }
        if (asked.is("GET", "commits", "*")) {
            return Reply.ok(commit(repo, repo.objects.known(asked.path().get(1))));
        }
        return asked.is("POST", "commits") ? write(repo, asked) : Reply.missing();
    }

    private static Reply ref(Repo repo, Asked asked) {
        boolean branch = asked.path().getFirst().equals("branches");
        String ref = (branch ? "refs/heads/" : "refs/tags/") + asked.path().get(1);
        if (!repo.refs.containsKey(ref)) {
            return Reply.refused(404, "404 Not Found");
        }
        if (asked.method().equals("DELETE")) {
            repo.refs.remove(ref);
            return Reply.nothing();
        }
        return Reply.ok(ref(repo, ref));
    }

    private static ObjectNode ref(Repo repo, String ref) {
        String id = repo.peeled(repo.refs.getOrDefault(ref, ""));
        ObjectNode node = NODES.objectNode().put("name", ref.replaceFirst("refs/[a-z]+/", ""));
        node.set("commit", commit(repo, repo.objects.known(id)));
        return node;
    }

    private static Reply makeTag(Repo repo, Asked asked) {
        String ref = "refs/tags/" + asked.text("tag_name");
        if (repo.refs.containsKey(ref)) {
            return Reply.refused(400, "Tag " + asked.text("tag_name") + " already exists");
        }
        String id = Objects.name("tag" + asked.body());
        repo.objects.tags.put(
                id, new Objects.Tag(id, asked.text("tag_name"), asked.text("ref"), asked.text("message")));
        repo.refs.put(ref, id);
        return Reply.created(ref(repo, ref));
    }

    private static Reply file(Repo repo, Asked asked) {
        byte[] content = repo.resolve(asked.query("ref"))
                .flatMap(repo.objects::files)
                .orElse(new TreeMap<>())
                .get(asked.path().get(1));
        if (content == null) {
            return Reply.refused(404, "404 File Not Found");
        }
        return asked.path().size() == 3
                ? new Reply(200, "text/plain", content, Map.of())
                : new Reply(200, "application/json", new byte[0], Map.of());
    }

    private Reply tree(Repo repo, Asked asked) {
        List<ObjectNode> entries = new ArrayList<>();
        repo.resolve(asked.query("ref")).flatMap(repo.objects::files).orElse(new TreeMap<>()).keySet().stream()
                .filter(path -> path.startsWith(asked.query("path") + "/"))
                .forEach(
                        path -> entries.add(NODES.objectNode().put("path", path).put("type", "blob")));
        return entries.isEmpty() ? Reply.refused(404, "404 Tree Not Found") : page(asked, entries, 20);
    }

    private Reply range(Repo repo, Asked asked) {
        String[] ends = asked.query("ref_name").split("\\.\\.", 2);
        Optional<String> from = repo.resolve(ends[0]);
        Optional<String> to = repo.resolve(ends[1]);
        if (from.isEmpty() || to.isEmpty()) {
            return Reply.refused(404, "404 Repository Not Found");
        }
        List<ObjectNode> commits = repo.objects.between(from.get(), to.get()).reversed().stream()
                .map(commit -> commit(repo, commit))
                .toList();
        return page(asked, commits, 20);
    }

    private static ObjectNode commit(Repo repo, Objects.Commit commit) {
        ObjectNode node = NODES.objectNode()
                .put("id", commit.id())
                .put("message", commit.message())
                .put("author_name", commit.author())
                .put("committed_date", commit.when().toString().replace("Z", ".000+00:00"))
                .put("web_url", "https://gitlab.com/" + repo.slug + "/-/commit/" + commit.id());
        commit.parents().forEach(node.putArray("parent_ids")::add);
        return node;
    }

    /// A branch that is there is continued, or begun anew where that is forced; another is begun at a commit, which
    /// may be one of the project that this was forked from.
    private Reply write(Repo repo, Asked asked) {
        String branch = asked.text("branch");
        String ref = "refs/heads/" + branch;
        boolean anew = asked.body().has("start_sha");
        if (anew && repo.refs.containsKey(ref) && !asked.body().path("force").asBoolean(false)) {
            return Reply.refused(400, "A branch called '" + branch + "' already exists. Switch to that branch");
        }
        if (asked.body().has("start_project")) {
            project(asked.text("start_project")).ifPresent(parent -> repo.objects.take(parent.objects));
        }
        String parent = anew ? asked.text("start_sha") : repo.refs.getOrDefault(ref, "");
        if (!repo.objects.commits.containsKey(parent)) {
            return Reply.refused(400, "Cannot find start_sha '" + parent + "'");
        }
        SortedMap<String, byte[]> files =
                new TreeMap<>(repo.objects.files(parent).orElseThrow());
        for (JsonNode action : asked.body().path("actions")) {
            String path = action.path("file_path").asString("");
            boolean there = files.containsKey(path);
            if (there != action.path("action").asString("").equals("update")) {
                return Reply.refused(400, "A file with this name " + (there ? "already exists" : "doesn't exist"));
            }
            byte[] content = action.path("content").asString("").getBytes(StandardCharsets.UTF_8);
            files.put(path, Base64.getDecoder().decode(content));
        }
        Objects.Commit made = repo.objects.commit(
                repo.objects.tree(files),
                List.of(parent),
                asked.text("commit_message"),
                asked.body().path("author_name").asString(World.USER),
                asked.body().path("author_email").asString("alice@example.com"),
                world.now());
        repo.refs.put(ref, made.id());
        return Reply.created(commit(repo, made));
    }

    private Reply pipelines(Repo repo, Asked asked) {
        List<ObjectNode> runs = repo.runs.reversed().stream()
                .filter(run -> run.branch().equals(asked.query("ref")))
                .map(run -> NODES.objectNode()
                        .put("id", Long.parseLong(run.run().id()))
                        .put("sha", run.run().head().hex())
                        .put(
                                "status",
                                switch (run.run().state()) {
                                    case WAITING -> "pending";
                                    case RUNNING -> "running";
                                    case SUCCEEDED -> "success";
                                    case FAILED -> "failed";
                                    case CANCELLED -> "canceled";
                                })
                        .put("created_at", run.run().started().toString())
                        .put("web_url", run.run().web().toString()))
                .toList();
        return page(asked, runs, 20);
    }
}
