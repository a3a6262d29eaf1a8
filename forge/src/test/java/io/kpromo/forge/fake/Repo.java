// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Slug;
import io.kpromo.forge.WorkflowRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// One repository of a [World].
public final class Repo {
    /// @param branch that it ran on
    record Run(String branch, WorkflowRun run) {}

    record Discussion(String category, String title, String body, String url) {}

    final Slug slug;
    final Optional<Repo> parent;
    final Objects objects = new Objects();
    final TreeMap<String, String> refs = new TreeMap<>();
    final List<Pull> pulls = new CopyOnWriteArrayList<>();
    final List<Ticket> issues = new CopyOnWriteArrayList<>();
    final List<Published> releases = new CopyOnWriteArrayList<>();
    final List<Run> runs = new CopyOnWriteArrayList<>();
    final List<Discussion> discussions = new CopyOnWriteArrayList<>();
    private long numbers;

    Repo(Slug slug, Optional<Repo> parent) {
        this.slug = slug;
        this.parent = parent;
    }

    long number() {
        return ++numbers;
    }

    /// As it is now. Objects are shared: what nothing points to does not count.
    Repo copy() {
        Repo copy = new Repo(slug, parent);
        copy.become(this);
        return copy;
    }

    void become(Repo other) {
        objects.take(other.objects);
        refs.clear();
        refs.putAll(other.refs);
        replace(pulls, other.pulls.stream().map(Pull::copy).toList());
        replace(issues, other.issues.stream().map(Ticket::copy).toList());
        replace(releases, other.releases.stream().map(Published::copy).toList());
        replace(runs, other.runs);
        replace(discussions, other.discussions);
        numbers = other.numbers;
    }

    private static <T> void replace(List<T> list, List<T> by) {
        list.clear();
        list.addAll(by);
    }

    Pull open(World world, String title, String body, String author) {
        Pull pull = new Pull(number(), slug, title, body, author, world.now());
        pulls.add(pull);
        return pull;
    }

    Optional<Pull> pull(long number) {
        return pulls.stream().filter(pull -> pull.number == number).findFirst();
    }

    Optional<Ticket> issue(long number) {
        return issues.stream().filter(issue -> issue.number == number).findFirst();
    }

    Optional<Published> release(long id) {
        return releases.stream().filter(release -> release.id == id).findFirst();
    }

    /// A branch, a tag, a commit, or `HEAD`.
    Optional<String> resolve(String name) {
        for (String ref : List.of(name, "refs/" + name, "refs/heads/" + name, "refs/tags/" + name)) {
            if (refs.containsKey(ref)) {
                return Optional.of(peeled(refs.get(ref)));
            }
        }
        if (name.equals("HEAD")) {
            return Optional.of(at("refs/heads/main"));
        }
        return objects.commits.containsKey(name) ? Optional.of(name) : Optional.empty();
    }

    String at(String ref) {
        return Optional.ofNullable(refs.get(ref)).orElseThrow();
    }

    /// Through tags' own objects to a commit.
    String peeled(String id) {
        Objects.Tag tag = objects.tags.get(id);
        return tag == null ? id : peeled(tag.target());
    }

    /// A job ran, or stands so now.
    public void run(String branch, WorkflowRun run) {
        runs.removeIf(known -> known.run.id().equals(run.id()));
        runs.add(new Run(branch, run));
    }

    /// The names of its branches.
    public List<String> branches() {
        return refs.keySet().stream()
                .filter(ref -> ref.startsWith("refs/heads/"))
                .map(ref -> ref.substring("refs/heads/".length()))
                .toList();
    }

    /// What counts of it, for comparing before and after: branches, tags, numbers of everything.
    public Map<String, Object> census() {
        Map<String, Object> census = new TreeMap<>();
        census.put("refs", new ArrayList<>(refs.keySet()));
        census.put("pulls", pulls.size());
        census.put("issues", issues.size());
        census.put(
                "comments",
                issues.stream().mapToInt(issue -> issue.comments.size()).sum());
        census.put("releases", releases.size());
        census.put(
                "assets",
                releases.stream().mapToInt(release -> release.assets.size()).sum());
        census.put("discussions", discussions.size());
        return census;
    }
}
