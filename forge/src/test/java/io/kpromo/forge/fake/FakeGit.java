// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// GitHub's Git data, contents and comparisons.
final class FakeGit {
    private final ForgeServer server;

    FakeGit(ForgeServer server) {
        this.server = server;
    }

    Reply answer(Repo repo, Asked asked) {
        if (asked.is("GET", "git", "ref", "*")) {
            String ref = "refs/" + asked.path().get(2);
            return repo.refs.containsKey(ref) ? Reply.ok(ref(repo, ref)) : Reply.missing();
        }
        if (asked.is("GET", "git", "matching-refs", "*")) {
            String prefix = "refs/" + asked.path().get(2);
            List<ObjectNode> refs = repo.refs.keySet().stream()
                    .filter(ref -> ref.startsWith(prefix))
                    .map(ref -> ref(repo, ref))
                    .toList();
            return Reply.ok(ForgeServer.NODES.arrayNode().addAll(refs));
        }
        if (asked.is("GET", "git", "tags", "*")) {
            return Optional.ofNullable(repo.objects.tags.get(asked.path().get(2)))
                    .map(tag -> Reply.ok(tag(repo, tag)))
                    .orElse(Reply.missing());
        }
        if (asked.is("GET", "git", "commits", "*")) {
            return Optional.ofNullable(repo.objects.commits.get(asked.path().get(2)))
                    .map(commit -> Reply.ok(gitCommit(commit)))
                    .orElse(Reply.missing());
        }
        if (asked.is("GET", "git", "trees", "*")) {
            return list(repo, asked);
        }
        if (asked.is("GET", "contents", "*")) {
            return contents(repo, asked);
        }
        if (asked.is("GET", "compare", "*")) {
            return compare(repo, asked);
        }
        return write(repo, asked);
    }

    private Reply write(Repo repo, Asked asked) {
        if (asked.is("POST", "git", "blobs")) {
            byte[] content = asked.text("encoding").equals("base64")
                    ? Base64.getDecoder().decode(asked.text("content"))
                    : asked.text("content").getBytes(StandardCharsets.UTF_8);
            return Reply.created(ForgeServer.NODES.objectNode().put("sha", repo.objects.blob(content)));
        }
        if (asked.is("POST", "git", "trees")) {
            return tree(repo, asked);
        }
        if (asked.is("POST", "git", "commits")) {
            return commit(repo, asked);
        }
        if (asked.is("POST", "git", "tags")) {
            return makeTag(repo, asked);
        }
        if (asked.is("POST", "git", "refs")) {
            return makeRef(repo, asked);
        }
        if (asked.is("DELETE", "git", "refs", "*")) {
            return repo.refs.remove("refs/" + asked.path().get(2)) == null
                    ? Reply.refused(422, "Reference does not exist")
                    : Reply.nothing();
        }
        return asked.is("POST", "merge-upstream") ? sync(repo, asked) : Reply.missing();
    }

    private static ObjectNode ref(Repo repo, String ref) {
        String id = repo.refs.getOrDefault(ref, "");
        ObjectNode node = ForgeServer.NODES.objectNode().put("ref", ref);
        node.putObject("object").put("sha", id).put("type", repo.objects.tags.containsKey(id) ? "tag" : "commit");
        return node;
    }

    private static ObjectNode tag(Repo repo, Objects.Tag tag) {
        ObjectNode node = ForgeServer.NODES
                .objectNode()
                .put("sha", tag.id())
                .put("tag", tag.name())
                .put("message", tag.message());
        String type = repo.objects.tags.containsKey(tag.target()) ? "tag" : "commit";
        node.putObject("object").put("sha", tag.target()).put("type", type);
        return node;
    }

    private static ObjectNode gitCommit(Objects.Commit commit) {
        ObjectNode node = ForgeServer.NODES.objectNode().put("sha", commit.id()).put("message", commit.message());
        node.putObject("tree").put("sha", commit.tree());
        return node;
    }

    /// Scripts may be executed.
    private static Reply list(Repo repo, Asked asked) {
        String[] treeAndFolder = asked.path().get(2).split(":", 2);
        String prefix = treeAndFolder.length == 1 ? "" : treeAndFolder[1] + "/";
        ArrayNode entries = ForgeServer.NODES.arrayNode();
        repo.objects.files(treeAndFolder[0]).orElse(new TreeMap<>()).keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .forEach(path -> entries.addObject()
                        .put("path", path.substring(prefix.length()))
                        .put("mode", path.endsWith(".sh") ? "100755" : "100644")
                        .put("type", "blob"));
        ObjectNode body = ForgeServer.NODES.objectNode().put("truncated", false);
        body.set("tree", entries);
        return entries.isEmpty() ? Reply.missing() : Reply.ok(body);
    }

    /// In raw form as they are, as JSON without content where they are large; a folder is a list.
    private static Reply contents(Repo repo, Asked asked) {
        String path = asked.path().get(1);
        SortedMap<String, byte[]> files =
                repo.resolve(asked.query("ref")).flatMap(repo.objects::files).orElse(new TreeMap<>());
        byte[] content = files.get(path);
        if (content != null) {
            return asked.headers().getOrDefault("Accept", "").equals("application/vnd.github.raw+json")
                    ? new Reply(200, "application/vnd.github.raw+json; charset=utf-8", content, Map.of())
                    : Reply.ok(ForgeServer.NODES.objectNode().put("content", ""));
        }
        boolean folder = files.keySet().stream().anyMatch(name -> name.startsWith(path + "/"));
        return folder ? Reply.ok(ForgeServer.NODES.arrayNode()) : Reply.missing();
    }

    /// A commit stands for its tree; what is not known here can't be built upon.
    private static Reply tree(Repo repo, Asked asked) {
        Optional<SortedMap<String, byte[]>> base = repo.objects.files(asked.text("base_tree"));
        if (base.isEmpty()) {
            return Reply.missing();
        }
        SortedMap<String, byte[]> files = new TreeMap<>(base.get());
        for (JsonNode entry : asked.body().path("tree")) {
            String path = entry.path("path").asString("");
            if (path.isEmpty()
                    || path.startsWith("/")
                    || List.of(path.split("/", -1)).contains("..")) {
                return Reply.refused(422, "tree.path contains a malformed path component");
            }
            byte[] content = entry.has("content")
                    ? entry.path("content").asString("").getBytes(StandardCharsets.UTF_8)
                    : repo.objects.blobs.get(entry.path("sha").asString(""));
            if (content == null) {
                return Reply.refused(422, "tree.sha " + entry.path("sha") + " is not a valid blob");
            }
            files.put(path, content);
        }
        return Reply.created(ForgeServer.NODES.objectNode().put("sha", repo.objects.tree(files)));
    }

    private Reply commit(Repo repo, Asked asked) {
        List<String> parents = asked.body()
                .path("parents")
                .valueStream()
                .map(parent -> parent.asString(""))
                .toList();
        if (!repo.objects.trees.containsKey(asked.text("tree"))) {
            return Reply.refused(422, "Tree SHA does not exist");
        }
        if (!repo.objects.commits.keySet().containsAll(parents)) {
            return Reply.refused(422, "Parent SHA does not exist or is not a commit object");
        }
        JsonNode author = asked.body().path("author");
        Objects.Commit made = repo.objects.commit(
                asked.text("tree"),
                parents,
                asked.text("message"),
                author.path("name").asString(World.USER),
                author.path("email").asString("alice@example.com"),
                server.world.now());
        return Reply.created(gitCommit(made));
    }

    private static Reply makeTag(Repo repo, Asked asked) {
        if (!repo.objects.commits.containsKey(asked.text("object"))) {
            return Reply.refused(422, "Could not verify object");
        }
        String id = Objects.name("tag" + asked.body());
        Objects.Tag tag = new Objects.Tag(id, asked.text("tag"), asked.text("object"), asked.text("message"));
        repo.objects.tags.put(id, tag);
        return Reply.created(tag(repo, tag));
    }

    private static Reply makeRef(Repo repo, Asked asked) {
        String ref = asked.text("ref");
        String sha = asked.text("sha");
        if (repo.refs.containsKey(ref)) {
            return Reply.refused(422, "Reference already exists");
        }
        if (!repo.objects.commits.containsKey(sha) && !repo.objects.tags.containsKey(sha)) {
            return Reply.refused(422, "Object does not exist");
        }
        repo.refs.put(ref, sha);
        return Reply.created(ref(repo, ref));
    }

    private Reply sync(Repo repo, Asked asked) {
        String ref = "refs/heads/" + asked.text("branch");
        boolean syncable =
                repo.parent.filter(parent -> parent.refs.containsKey(ref)).isPresent();
        if (!syncable || !repo.refs.containsKey(ref)) {
            return Reply.refused(422, "The branch could not be synced");
        }
        return server.world
                .sync(repo, ref)
                .map(how -> Reply.ok(ForgeServer.NODES.objectNode().put("merge_type", how)))
                .orElse(Reply.refused(409, "There are merge conflicts"));
    }

    /// Paged when asked so; without pages it stops at 250 commits.
    private Reply compare(Repo repo, Asked asked) {
        String[] ends = asked.path().get(1).split("\\.\\.\\.", 2);
        Optional<String> from = repo.resolve(ends[0]);
        Optional<String> to = repo.resolve(ends[1]);
        if (from.isEmpty() || to.isEmpty()) {
            return Reply.missing();
        }
        List<ObjectNode> commits = repo.objects.between(from.get(), to.get()).stream()
                .map(c -> listed(repo, c))
                .toList();
        return server.page(asked, commits, 250, nodes -> {
            ObjectNode all = ForgeServer.NODES.objectNode().put("total_commits", commits.size());
            all.set("commits", nodes);
            return all;
        });
    }

    static ObjectNode listed(Repo repo, Objects.Commit commit) {
        ObjectNode node = ForgeServer.NODES
                .objectNode()
                .put("sha", commit.id())
                .put("html_url", "https://github.com/" + repo.slug + "/commit/" + commit.id());
        ObjectNode inner = node.putObject("commit").put("message", commit.message());
        for (String who : List.of("author", "committer")) {
            inner.putObject(who)
                    .put("name", commit.author())
                    .put("email", commit.email())
                    .put("date", commit.when().toString());
        }
        return node;
    }
}
