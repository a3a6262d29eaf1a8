// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.MergedPullRequest;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Merge requests. They tell the project that their branch is in by its number only.
final class MergeRequests implements PullRequests {
    private record Merged(Instant when, MergedPullRequest request) {}

    private final Project project;

    MergeRequests(Project project) {
        this.project = project;
    }

    @Override
    public Optional<PullRequest> get(long number) throws InterruptedException {
        Optional<JsonNode> found = project.api()
                .find(project.get(project.target("/merge_requests/{}", number), "look up merge request " + number));
        return found.isEmpty() ? Optional.empty() : Optional.of(read(found.get(), head(found.get())));
    }

    private Slug head(JsonNode json) throws InterruptedException {
        Target source = Target.of("/projects/{}", json.path("source_project_id").asLong(0));
        if (json.path("source_project_id").equals(json.path("target_project_id"))) {
            return project.slug();
        }
        return project.api()
                .find(project.get(source, "look up the project of a merge request's branch"))
                .map(facts -> Slug.of(Json.text(facts, "path_with_namespace")))
                // A fork that is gone, or hidden.
                .orElseGet(() -> new Slug("gone", project.slug().name()));
    }

    @Override
    public Optional<PullRequest> of(Slug headRepository, RefName headBranch) throws InterruptedException {
        return newest(
                headRepository, headBranch, project.target("/merge_requests").with("state", "all"));
    }

    private Optional<PullRequest> newest(Slug headRepository, RefName headBranch, Target list)
            throws InterruptedException {
        Optional<JsonNode> head = new Project(project.api(), headRepository).facts();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        long id = Json.number(head.get(), "id");
        List<PullRequest> found = new ArrayList<>();
        Target sorted = list.with("source_branch", headBranch)
                .with("order_by", "created_at")
                .with("sort", "desc")
                .with("per_page", Project.PAGE);
        project.pages()
                .<JsonNode>each(
                        project.get(sorted, "look for the merge request of " + headRepository + ":" + headBranch),
                        json -> json,
                        json -> {
                            if (json.path("source_project_id").asLong(-1) == id) {
                                found.add(read(json, headRepository));
                            }
                            return found.isEmpty();
                        });
        return found.stream().findFirst();
    }

    @Override
    public PullRequest create(NewPullRequest request) throws InterruptedException {
        ObjectNode body = Json.object()
                .put("source_branch", request.headBranch().text())
                .put("target_branch", request.base().text())
                .put("title", request.title())
                .put("description", project.checked("the merge request", request.body(), Project.LONGEST_TEXT));
        Project head = new Project(project.api(), request.headRepository());
        if (!request.headRepository().equals(project.slug())) {
            body.put("target_project_id", project.id()).put("allow_collaboration", true);
        }
        Ask make = head.once(
                Method.POST,
                head.target("/merge_requests"),
                body,
                "open a merge request to " + project + " from " + request.headBranch());
        return new Once<>(() -> read(project.api().send(make), request.headRepository()), () -> open(request))
                .madeOrThere(refused -> refused.status() == 409);
    }

    @Override
    public Optional<PullRequest> open(NewPullRequest request) throws InterruptedException {
        Target list = project.target("/merge_requests").with("state", "opened").with("target_branch", request.base());
        return newest(request.headRepository(), request.headBranch(), list);
    }

    @Override
    public PullRequest update(long number, String title, String body) throws InterruptedException {
        ObjectNode change = Json.object()
                .put("title", title)
                .put("description", project.checked("merge request " + number, body, Project.LONGEST_TEXT));
        JsonNode json = project.api()
                .send(project.set(
                        Method.PUT,
                        project.target("/merge_requests/{}", number),
                        change,
                        "change the text of merge request " + number));
        return read(json, head(json));
    }

    /// The commits of the range, and the merge requests that were touched since the oldest of them.
    @Override
    public List<MergedPullRequest> merged(String from, String to) throws InterruptedException {
        List<SourceCommit> commits = new GitLabSources(project).between(from, to);
        if (commits.isEmpty()) {
            return List.of();
        }
        Set<CommitId> range = new HashSet<>();
        commits.forEach(commit -> range.add(commit.id()));
        Instant oldest =
                commits.stream().map(SourceCommit::when).min(Instant::compareTo).orElseThrow();
        Target list = project.target("/merge_requests")
                .with("state", "merged")
                .with("updated_after", oldest)
                .with("per_page", Project.PAGE);
        return project.pages().all(project.get(list, "list merge requests"), MergeRequests::merged).stream()
                .filter(found -> range.contains(found.request.mergeCommit()))
                .sorted(Comparator.comparing(Merged::when))
                .map(Merged::request)
                .toList();
    }

    /// By what it came into the branch: a merge, a squashed commit, or its last commit where nothing was added.
    private static Merged merged(JsonNode json) {
        String commit = "";
        for (String by : new String[] {"merge_commit_sha", "squash_commit_sha", "sha"}) {
            commit = commit.isEmpty() ? Json.textOrEmpty(json, by) : commit;
        }
        List<String> labels = new ArrayList<>();
        json.path("labels").forEach(label -> labels.add(label.asString("")));
        return new Merged(
                OffsetDateTime.parse(Json.text(json, "merged_at")).toInstant(),
                new MergedPullRequest(
                        Json.number(json, "iid"),
                        Json.text(json, "title"),
                        Json.textOrEmpty(json, "description"),
                        Json.text(json.path("author"), "username"),
                        labels,
                        new CommitId(commit),
                        ForgePlace.web(json, "web_url")));
    }

    private static PullRequest read(JsonNode json, Slug head) {
        return new PullRequest(
                Json.number(json, "iid"),
                Json.text(json, "title"),
                Json.textOrEmpty(json, "description"),
                state(Json.text(json, "state")),
                head,
                new RefName(Json.text(json, "source_branch")),
                ForgePlace.web(json, "web_url"));
    }

    private static PullRequest.State state(String state) {
        return switch (state) {
            // Locked while it is being merged.
            case "opened", "locked" -> PullRequest.State.OPEN;
            case "merged" -> PullRequest.State.MERGED;
            case "closed" -> PullRequest.State.CLOSED;
            default -> throw new ForgeException("GitLab's answer has a merge request that is " + state);
        };
    }
}
