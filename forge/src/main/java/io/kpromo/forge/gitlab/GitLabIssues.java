// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

import io.kpromo.forge.Comment;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Issue;
import io.kpromo.forge.Issues;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.LostAnswerException;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Issues, and comments (notes). GitLab's own notes on what was changed are left out.
final class GitLabIssues implements Issues {
    private final Project project;

    GitLabIssues(Project project) {
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

    private Optional<Issue> open(String title) throws InterruptedException {
        return titled(title).stream().filter(Issue::open).findFirst();
    }

    @Override
    public Issue create(NewIssue issue) throws InterruptedException {
        ObjectNode body = Json.object()
                .put("title", issue.title())
                .put("description", Project.checked("the issue", issue.body()));
        Optional<Issue> there = open(issue.title());
        if (there.isPresent()) {
            return there.get();
        }
        if (!issue.labels().isEmpty()) {
            body.put("labels", String.join(",", issue.labels()));
        }
        for (String login : issue.assignees()) {
            body.withArray("assignee_ids").add(person(login));
        }
        try {
            return issue(
                    project.api().send(project.once(Method.POST, project.target("/issues"), body, "open an issue")));
        } catch (LostAnswerException lost) {
            return open(issue.title()).orElseThrow(() -> lost);
        }
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

    /// GitLab has no "change if unchanged": between look and change there is a moment.
    @Override
    public Issue update(Issue asRead, String body) throws InterruptedException {
        Issue now = get(asRead.number())
                .orElseThrow(() -> new ForgeException(project.why("issue " + asRead.number()) + " is gone"));
        if (!now.body().equals(asRead.body())) {
            throw new ConflictException(project.why("issue " + asRead.number()) + " was changed by somebody else");
        }
        String checked = Project.checked("issue " + asRead.number(), body);
        return changed(asRead.number(), Json.object().put("description", checked), "change the text of issue ");
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
    public Comment comment(long number, String body) throws InterruptedException {
        ObjectNode json = Json.object().put("body", Project.checked("the comment", body));
        try {
            return comment(
                    number,
                    project.api()
                            .send(project.once(
                                    Method.POST,
                                    project.target("/issues/{}/notes", number),
                                    json,
                                    "comment on issue " + number)));
        } catch (LostAnswerException lost) {
            return comments(number).reversed().stream()
                    .filter(comment -> comment.body().strip().equals(body.strip()))
                    .findFirst()
                    .orElseThrow(() -> lost);
        }
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
                Project.web(Json.text(json, "web_url")));
    }
}
