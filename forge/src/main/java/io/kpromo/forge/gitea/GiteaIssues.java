// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.Comment;
import io.kpromo.forge.Issue;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.api.CarefulIssues;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Issues and comments. Gitea's search may learn of an issue a little later, so the newest ones are listed as well.
final class GiteaIssues extends CarefulIssues {
    private final GiteaPlace place;

    GiteaIssues(GiteaPlace place) {
        super(place, Integer.MAX_VALUE);
        this.place = place;
    }

    @Override
    public Optional<Issue> get(long number) throws InterruptedException {
        return place.api()
                .find(place.get(place.target("/issues/{}", number), "look up issue " + number))
                .map(GiteaIssues::issue);
    }

    @Override
    public List<Issue> titled(String title) throws InterruptedException {
        Map<Long, Issue> found = new TreeMap<>();
        Target newest = list();
        place.api()
                .send(place.get(newest, "look for an issue by its title"))
                .forEach(json -> keep(issue(json), title, found));
        place.pages()
                .each(
                        place.get(list().with("q", title), "search for an issue by its title"),
                        GiteaIssues::issue,
                        issue -> {
                            keep(issue, title, found);
                            return true;
                        });
        return List.copyOf(found.values());
    }

    private Target list() {
        return place.target("/issues")
                .with("state", "all")
                .with("type", "issues")
                .with("limit", GiteaPlace.PAGE);
    }

    private static void keep(Issue issue, String title, Map<Long, Issue> found) {
        if (issue.title().equals(title)) {
            found.put(issue.number(), issue);
        }
    }

    @Override
    protected Issue open(NewIssue issue) throws InterruptedException {
        ObjectNode body = Json.object().put("title", issue.title()).put("body", issue.body());
        issue.assignees().forEach(body.putArray("assignees")::add);
        if (!issue.labels().isEmpty()) {
            Map<String, Long> known = labels();
            for (String label : issue.labels()) {
                Optional.ofNullable(known.get(label)).ifPresent(body.withArray("labels")::add);
            }
        }
        return issue(place.api().send(place.once(Method.POST, place.target("/issues"), body, "open an issue")));
    }

    /// Gitea wants numbers of labels; those that it does not know are left out, as GitHub does it.
    private Map<String, Long> labels() throws InterruptedException {
        Map<String, Long> known = new TreeMap<>();
        Target list = place.target("/labels").with("limit", GiteaPlace.PAGE);
        place.pages().<JsonNode>each(place.get(list, "list labels"), json -> json, json -> {
            known.put(Json.text(json, "name"), Json.number(json, "id"));
            return true;
        });
        return known;
    }

    @Override
    protected Issue reword(long number, String body) throws InterruptedException {
        return changed(number, Json.object().put("body", body), "change the text of issue ");
    }

    @Override
    public void close(long number) throws InterruptedException {
        changed(number, Json.object().put("state", "closed"), "close issue ");
    }

    private Issue changed(long number, ObjectNode change, String what) throws InterruptedException {
        return issue(
                place.api().send(place.set(Method.PATCH, place.target("/issues/{}", number), change, what + number)));
    }

    /// All in one answer.
    @Override
    public List<Comment> comments(long number) throws InterruptedException {
        return place.pages()
                .all(
                        place.get(place.target("/issues/{}/comments", number), "read the comments on issue " + number),
                        GiteaIssues::comment);
    }

    @Override
    protected Comment say(long number, String body) throws InterruptedException {
        Target comments = place.target("/issues/{}/comments", number);
        ObjectNode json = Json.object().put("body", body);
        return comment(place.api().send(place.once(Method.POST, comments, json, "comment on issue " + number)));
    }

    private static Comment comment(JsonNode json) {
        return new Comment(
                Json.text(json.path("user"), "login"),
                Json.textOrEmpty(json, "body"),
                ForgePlace.web(json, "html_url"));
    }

    private static Issue issue(JsonNode json) {
        return new Issue(
                Json.number(json, "number"),
                Json.text(json, "title"),
                Json.textOrEmpty(json, "body"),
                Json.text(json, "state").equals("open"),
                ForgePlace.web(json, "html_url"));
    }
}
