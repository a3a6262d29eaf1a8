// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Slug;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The GraphQL queries that kpromo sends, known by their names. Nobody is answered who is not signed in.
final class FakeGraph {
    private static final int LONGEST_BLOB = 512_000;

    private final FakeGitHub server;
    private int worksFor = 100;

    FakeGraph(FakeGitHub server) {
        this.server = server;
    }

    void worksFor(int commits) {
        worksFor = commits;
    }

    Reply answer(Asked asked) {
        if (!asked.headers().containsKey("Authorization")) {
            return Reply.refused(401, "This endpoint requires you to be authenticated.");
        }
        JsonNode variables = asked.body().path("variables");
        String query = asked.text("query").strip();
        if (query.startsWith("mutation Discuss")) {
            return data(discuss(variables));
        }
        if (query.startsWith("mutation Move")) {
            return move(variables);
        }
        Optional<Repo> repo = server.world.find(new Slug(
                variables.path("owner").asString(""), variables.path("name").asString("")));
        if (repo.isEmpty()) {
            ObjectNode body = ForgeServer.NODES.objectNode();
            body.putObject("data").putNull("repository");
            body.putArray("errors").addObject().put("type", "NOT_FOUND").put("message", "Could not resolve");
            return Reply.ok(body);
        }
        return switch (query.substring(0, query.indexOf('('))) {
            case "query Standing" -> data(standing(repo.get(), variables));
            case "query Folder" -> data(folder(repo.get(), variables));
            case "query Merged" -> merged(repo.get(), variables);
            case "query Discussions" -> data(discussions(repo.get()));
            default -> Reply.refused(400, "no such query here: " + query);
        };
    }

    private static Reply data(JsonNode data) {
        ObjectNode body = ForgeServer.NODES.objectNode();
        body.set("data", data);
        return Reply.ok(body);
    }

    private static ObjectNode standing(Repo repo, JsonNode variables) {
        ObjectNode data = ForgeServer.NODES.objectNode();
        ObjectNode facts = data.putObject("repository")
                .put("id", repo.slug.toString())
                .put("nameWithOwner", repo.slug.toString())
                .put("url", "https://github.com/" + repo.slug);
        facts.putObject("defaultBranchRef").put("name", "main");
        facts.putNull("parent").putNull("ref");
        repo.parent.ifPresent(parent -> facts.putObject("parent").put("nameWithOwner", parent.slug.toString()));
        Optional.ofNullable(repo.refs.get(variables.path("branch").asString("")))
                .ifPresent(id -> facts.putObject("ref").putObject("target").put("oid", id));
        return data;
    }

    /// All or nothing, and only what is where it is said to be.
    private Reply move(JsonNode variables) {
        Repo repo = server.world.repository(Slug.of(variables.path("repository").asString("")));
        for (JsonNode update : variables.path("updates")) {
            String before = update.path("beforeOid").asString("");
            String after = update.path("afterOid").asString("");
            String at = repo.refs.getOrDefault(update.path("name").asString(""), "");
            boolean onwards = repo.objects.commits.containsKey(after)
                    && repo.objects.ancestry(after).contains(before);
            if (!at.equals(before)
                    || !repo.objects.commits.containsKey(after)
                    || !(onwards || update.path("force").asBoolean(false))) {
                ObjectNode body = ForgeServer.NODES.objectNode();
                body.putObject("data").putNull("updateRefs");
                body.putArray("errors").addObject().put("type", "UNPROCESSABLE").put("message", "Reference moved");
                return Reply.ok(body);
            }
        }
        for (JsonNode update : variables.path("updates")) {
            repo.refs.put(
                    update.path("name").asString(""), update.path("afterOid").asString(""));
        }
        ObjectNode data = ForgeServer.NODES.objectNode();
        data.putObject("updateRefs").putNull("clientMutationId");
        return data(data);
    }

    private static ObjectNode folder(Repo repo, JsonNode variables) {
        String[] at = variables.path("at").asString("").split(":", 2);
        ObjectNode data = ForgeServer.NODES.objectNode();
        Map<String, byte[]> below = new TreeMap<>();
        repo.objects.files(at[0]).orElse(new TreeMap<>()).forEach((path, content) -> {
            if (path.startsWith(at[1] + "/")) {
                below.put(path.substring(at[1].length() + 1), content);
            }
        });
        data.putObject("repository").set("object", below.isEmpty() ? null : tree(below, 0));
        return data;
    }

    private static ObjectNode tree(Map<String, byte[]> files, int depth) {
        Map<String, Map<String, byte[]>> folders = new TreeMap<>();
        ObjectNode tree = ForgeServer.NODES.objectNode();
        ArrayNode entries = tree.putArray("entries");
        files.forEach((path, content) -> {
            int slash = path.indexOf('/');
            if (slash < 0) {
                entries.addObject().put("name", path).put("type", "blob").set("object", blob(content));
            } else {
                folders.computeIfAbsent(path.substring(0, slash), name -> new TreeMap<>())
                        .put(path.substring(slash + 1), content);
            }
        });
        folders.forEach((name, inner) -> entries.addObject()
                .put("name", name)
                .put("type", "tree")
                .set("object", depth == 2 ? ForgeServer.NODES.objectNode() : tree(inner, depth + 1)));
        return tree;
    }

    /// What is no text has none; what is long is cut.
    private static ObjectNode blob(byte[] content) {
        boolean binary = new String(content, StandardCharsets.UTF_8).indexOf('\0') >= 0;
        byte[] shown = Arrays.copyOf(content, Math.min(content.length, LONGEST_BLOB));
        return ForgeServer.NODES
                .objectNode()
                .put("byteSize", content.length)
                .put("isTruncated", content.length > LONGEST_BLOB)
                .put("isBinary", binary)
                .put("text", binary ? null : new String(shown, StandardCharsets.UTF_8));
    }

    private Reply merged(Repo repo, JsonNode variables) {
        int size = variables.path("size").asInt();
        if (size > worksFor) {
            ObjectNode body = ForgeServer.NODES.objectNode();
            body.putArray("errors").addObject().put("message", "Something went wrong while executing your query.");
            return Reply.ok(body);
        }
        ObjectNode data = ForgeServer.NODES.objectNode();
        ObjectNode repository = data.putObject("repository");
        String from = variables.path("from").asString("");
        boolean ref = List.of("refs/heads/", "refs/tags/").stream().anyMatch(p -> repo.refs.containsKey(p + from));
        Optional<String> to = repo.resolve(variables.path("to").asString(""));
        if (!ref || to.isEmpty()) {
            repository.putNull("ref");
            return data(data);
        }
        List<Objects.Commit> all = repo.objects.between(repo.resolve(from).orElseThrow(), to.get());
        ObjectNode compare = repository.putObject("ref").putObject("compare");
        int after = variables.path("after").asInt(0);
        compare.set("front", page(repo, all, after, Math.min(all.size(), after + size)));
        if (variables.path("both").asBoolean()) {
            int before = variables.path("before").isString()
                    ? Integer.parseInt(variables.path("before").asString())
                    : all.size();
            compare.set("back", page(repo, all, Math.max(0, before - size), before));
        }
        return data(data);
    }

    private static ObjectNode page(Repo repo, List<Objects.Commit> all, int from, int to) {
        ObjectNode page = ForgeServer.NODES.objectNode().put("totalCount", all.size());
        page.putObject("pageInfo").put("endCursor", "" + to).put("startCursor", "" + from);
        ArrayNode nodes = page.putArray("nodes");
        for (Objects.Commit commit : all.subList(from, to)) {
            ArrayNode pulls = nodes.addObject()
                    .put("oid", commit.id())
                    .putObject("associatedPullRequests")
                    .putArray("nodes");
            repo.pulls.stream()
                    .filter(pull -> pull.merged.equals(Optional.of(commit.id())) || pull.headCommit.equals(commit.id()))
                    .forEach(pull -> pulls.add(pull(repo, pull)));
        }
        return page;
    }

    private static ObjectNode pull(Repo repo, Pull pull) {
        ObjectNode node = ForgeServer.NODES
                .objectNode()
                .put("number", pull.number)
                .put("title", pull.title)
                .put("body", pull.body)
                .put("url", "https://github.com/" + repo.slug + "/pull/" + pull.number)
                .put("mergedAt", pull.merged.isPresent() ? pull.mergedAt.toString() : null);
        node.putObject("mergeCommit").put("oid", pull.merged.orElse(null));
        String login = pull.author.replace("[bot]", "");
        node.putObject("author")
                .put("__typename", login.equals(pull.author) ? "User" : "Bot")
                .put("login", login);
        node.putObject("baseRepository").put("nameWithOwner", repo.slug.toString());
        ArrayNode labels = node.putObject("labels").putArray("nodes");
        pull.labels.forEach(label -> labels.addObject().put("name", label));
        return node;
    }

    private static ObjectNode discussions(Repo repo) {
        ObjectNode data = ForgeServer.NODES.objectNode();
        ObjectNode repository = data.putObject("repository").put("id", repo.slug.toString());
        repository
                .putObject("discussionCategories")
                .putArray("nodes")
                .addObject()
                .put("id", "C1")
                .put("name", "Announcements")
                .put("slug", "announcements");
        ArrayNode nodes = repository.putObject("discussions").putArray("nodes");
        repo.discussions.forEach(one -> nodes.add(discussion(one)));
        data.putObject("search").putArray("nodes");
        return data;
    }

    private static ObjectNode discussion(Repo.Discussion one) {
        ObjectNode node =
                ForgeServer.NODES.objectNode().put("title", one.title()).put("url", one.url());
        node.putObject("category").put("name", one.category()).put("slug", one.category());
        return node;
    }

    private ObjectNode discuss(JsonNode variables) {
        Repo repo = server.world.repository(Slug.of(variables.path("repository").asString("")));
        String url = "https://github.com/" + repo.slug + "/discussions/" + repo.number();
        repo.discussions.add(new Repo.Discussion(
                "Announcements",
                variables.path("title").asString(""),
                variables.path("body").asString(""),
                url));
        ObjectNode data = ForgeServer.NODES.objectNode();
        data.putObject("createDiscussion").putObject("discussion").put("url", url);
        return data;
    }
}
