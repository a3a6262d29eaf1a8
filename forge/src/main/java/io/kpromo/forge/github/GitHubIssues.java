// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Comment;
import io.kpromo.forge.Issue;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.CarefulIssues;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Issues and comments. GitHub's search knows all issues, but new ones only after a while; so the newest hundred
/// are listed as well.
final class GitHubIssues extends CarefulIssues {
    private static final String SEARCH = "search";

    private final Place place;

    GitHubIssues(Place place) {
        super(place, Place.LONGEST_TEXT);
        this.place = place;
    }

    @Override
    public Optional<Issue> get(long number) throws InterruptedException {
        return place.api()
                .find(place.get(place.target("/issues/{}", number), "look up issue " + number))
                .map(GitHubIssues::issue);
    }

    @Override
    public List<Issue> titled(String title) throws InterruptedException {
        Map<Long, Issue> found = new TreeMap<>();
        JsonNode newest = place.api().send(newest("look for an issue by its title"));
        newest.forEach(issue -> keep(issue, title, found));
        // A page that is not full is the whole list.
        if (newest.size() >= Place.PAGE) {
            place.pages().<JsonNode>each(search(title), "items", issue -> issue, issue -> {
                keep(issue, title, found);
                return true;
            });
        }
        return found.values().stream()
                .sorted(Comparator.comparingLong(Issue::number))
                .toList();
    }

    private static void keep(JsonNode json, String title, Map<Long, Issue> found) {
        boolean issue = !json.has("pull_request");
        if (issue && Json.text(json, "title").equals(title)) {
            found.put(Json.number(json, "number"), issue(json));
        }
    }

    private Ask newest(String what) {
        Target list = place.target("/issues")
                .with("state", "all")
                .with("sort", "created")
                .with("direction", "desc")
                .with("per_page", Place.PAGE);
        return place.get(list, what);
    }

    private Ask search(String title) {
        Target search = Target.of("/search/issues")
                .with("q", place.searched(title, " is:issue"))
                .with("per_page", Place.PAGE);
        return place.get(search, "search for an issue by its title").counting(SEARCH);
    }

    @Override
    protected Issue open(NewIssue issue) throws InterruptedException {
        ObjectNode body = Json.object().put("title", issue.title()).put("body", issue.body());
        issue.labels().forEach(body.putArray("labels")::add);
        issue.assignees().forEach(body.putArray("assignees")::add);
        return issue(place.api().send(place.once(Method.POST, place.target("/issues"), body, "open an issue")));
    }

    @Override
    protected Issue reword(long number, String body) throws InterruptedException {
        return changed(number, Json.object().put("body", body), "change the text of issue ");
    }

    @Override
    public void close(long number) throws InterruptedException {
        changed(number, Json.object().put("state", "closed").put("state_reason", "completed"), "close issue ");
    }

    private Issue changed(long number, ObjectNode change, String what) throws InterruptedException {
        return issue(
                place.api().send(place.set(Method.PATCH, place.target("/issues/{}", number), change, what + number)));
    }

    @Override
    public List<Comment> comments(long number) throws InterruptedException {
        return place.pages()
                .all(
                        place.get(
                                place.target("/issues/{}/comments", number).with("per_page", Place.PAGE),
                                "read the comments on issue " + number),
                        GitHubIssues::comment);
    }

    @Override
    protected Comment say(long number, String body) throws InterruptedException {
        Target comments = place.target("/issues/{}/comments", number);
        ObjectNode json = Json.object().put("body", body);
        return comment(place.api().send(place.once(Method.POST, comments, json, "comment on " + number)));
    }

    private static Issue issue(JsonNode json) {
        return new Issue(
                Json.number(json, "number"),
                Json.text(json, "title"),
                Json.textOrEmpty(json, "body"),
                Json.text(json, "state").equals("open"),
                ForgePlace.web(json, "html_url"));
    }

    private static Comment comment(JsonNode json) {
        String author = Json.textOrEmpty(json.path("user"), "login");
        return new Comment(
                author.isEmpty() ? "ghost" : author, Json.textOrEmpty(json, "body"), ForgePlace.web(json, "html_url"));
    }
}
