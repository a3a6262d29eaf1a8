// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

import io.kpromo.forge.Comment;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Issue;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.CarefulIssues;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Issues, and comments (notes). GitLab's own notes on what was changed are left out.
final class GitLabIssues extends CarefulIssues {
    private final Project project;

    GitLabIssues(Project project) {
        super(project, Project.LONGEST_TEXT);
        this.project = project;
    }

    @Override
    public Optional<Issue> get(long number) throws InterruptedException {
        return project.api()
                .find(project.get(project.target("/issues/{}", number), "look up issue " + number))
                .map(GitLabIssues::issue);
    }

    @Override
    public List<Issue> titled(String title) throws InterruptedException {
        Target search = project.target("/issues")
                .with("search", title)
                .with("in", "title")
                .with("per_page", Project.PAGE);
        return project.pages().all(project.get(search, "look for an issue by its title"), GitLabIssues::issue).stream()
                .filter(issue -> issue.title().equals(title))
                .sorted(Comparator.comparingLong(Issue::number))
                .toList();
    }

    @Override
    protected Issue open(NewIssue issue) throws InterruptedException {
        ObjectNode body = Json.object().put("title", issue.title()).put("description", issue.body());
        if (!issue.labels().isEmpty()) {
            body.put("labels", String.join(",", issue.labels()));
        }
        for (String login : issue.assignees()) {
            body.withArray("assignee_ids").add(person(login));
        }
        return issue(project.api().send(project.once(Method.POST, project.target("/issues"), body, "open an issue")));
    }

    private long person(String login) throws InterruptedException {
        List<Long> found = new ArrayList<>();
        project.api()
                .send(Ask.get(Target.of("/users").with("username", login).toString(), "look up " + login))
                .forEach(user -> found.add(Json.number(user, "id")));
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new ForgeException(project.api().host() + " knows nobody called " + login));
    }

    @Override
    protected Issue reword(long number, String body) throws InterruptedException {
        return changed(number, Json.object().put("description", body), "change the text of issue ");
    }

    @Override
    public void close(long number) throws InterruptedException {
        changed(number, Json.object().put("state_event", "close"), "close issue ");
    }

    private Issue changed(long number, ObjectNode change, String what) throws InterruptedException {
        return issue(project.api()
                .send(project.set(Method.PUT, project.target("/issues/{}", number), change, what + number)));
    }

    @Override
    public List<Comment> comments(long number) throws InterruptedException {
        Target notes = project.target("/issues/{}/notes", number)
                .with("order_by", "created_at")
                .with("sort", "asc")
                .with("per_page", Project.PAGE);
        List<Comment> comments = new ArrayList<>();
        project.pages()
                .<JsonNode>each(project.get(notes, "read the comments on issue " + number), note -> note, note -> {
                    if (!note.path("system").asBoolean(false)) {
                        comments.add(comment(number, note));
                    }
                    return true;
                });
        return comments;
    }

    @Override
    protected Comment say(long number, String body) throws InterruptedException {
        Target notes = project.target("/issues/{}/notes", number);
        ObjectNode json = Json.object().put("body", body);
        return comment(
                number, project.api().send(project.once(Method.POST, notes, json, "comment on issue " + number)));
    }

    private Comment comment(long number, JsonNode json) {
        return new Comment(
                Json.text(json.path("author"), "username"),
                Json.textOrEmpty(json, "body"),
                project.page("/-/issues/" + number + "#note_" + Json.number(json, "id")));
    }

    private static Issue issue(JsonNode json) {
        return new Issue(
                Json.number(json, "iid"),
                Json.text(json, "title"),
                Json.textOrEmpty(json, "description"),
                Json.text(json, "state").equals("opened"),
                ForgePlace.web(json, "web_url"));
    }
}
