// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.RefName;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.Sources;
import io.kpromo.forge.git.GitRepository;
import io.kpromo.release.version.Succession;
import io.kpromo.release.version.Version;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts the tag of the version on what is checked out, in the forge's repository.
///
/// Where git is set up to sign tags, the tag is made here, signed, and pushed; elsewhere the forge makes it. Either
/// way it is annotated.
final class TagStep implements Step {
    private static final int SHOWN = 5;

    private final ThisRelease release;
    private final Means means;
    private final StagedImages images;

    TagStep(ThisRelease release, Means means, StagedImages images) {
        this.release = release;
        this.means = means;
        this.images = images;
    }

    @Override
    public String id() {
        return "tag";
    }

    @Override
    public String title() {
        return "Tag";
    }

    @Override
    public List<String> boxes() {
        return List.of("Tag", "Tagging");
    }

    @Override
    public Optional<String> here() {
        return means.git()
                .map(git -> git.tag(release.tag())
                        .map(commit -> "here the tag " + release.tag() + " is on " + commit.brief())
                        .orElse("there is no tag " + release.tag() + " here"));
    }

    @Override
    public Standing look() throws InterruptedException {
        Optional<CommitId> there = sources().tag(release.tag());
        if (there.isPresent()) {
            return existing(there.get());
        }
        if (means.git().isEmpty()) {
            return new Standing.Blocked(
                    "there is no git repository around " + release.root(),
                    "run this in a clone of " + release.config().repository());
        }
        GitRepository git = means.git().get();
        Optional<CommitId> head = git.head();
        if (head.isEmpty()) {
            return new Standing.Blocked(
                    "nothing was ever committed to " + git.folder(), "commit what is to be released");
        }
        Optional<Standing> wrong = objection(git, head.get());
        return wrong.isPresent() ? wrong.get() : ready(git, head.get());
    }

    @Override
    public Standing perform() throws InterruptedException {
        Standing standing = look();
        if (!(standing instanceof Standing.Ready)) {
            return standing;
        }
        GitRepository git = means.git().orElseThrow();
        CommitId head = git.head().orElseThrow();
        if (git.signsTags() && git.tag(release.tag()).isEmpty()) {
            Author tagger = means.author()
                    .orElseThrow(() -> new ForgeException("nobody is known to sign the tag; run git"
                            + " config user.name and git config user.email"));
            git.createTag(release.tag(), head, message(), tagger, means.time().now());
        }
        if (git.tag(release.tag()).isPresent()) {
            means.pushing().push(git, release.tag());
        } else {
            sources().createTag(release.tag(), head, message(), means.author());
        }
        return look();
    }

    private String message() {
        return release.config().repository().name() + " " + release.version();
    }

    /// A tag that is there is done when it is part of what is checked out or of the branch; else somebody tagged
    /// something else.
    private Standing existing(CommitId there) throws InterruptedException {
        Optional<CommitId> here = means.git().flatMap(git -> git.tag(release.tag()));
        if (here.isPresent() && !here.get().equals(there)) {
            return new Standing.Blocked(
                    "tag " + release.tag() + " is on " + there.brief() + " in "
                            + release.config().repository() + ", and here on "
                            + here.get().brief(),
                    "find out which is right; git tag --delete " + release.tag() + " removes the one here");
        }
        if (isElsewhere(there)) {
            return new Standing.Blocked(
                    "tag " + release.tag() + " of " + release.config().repository() + " is on " + there.brief()
                            + ", which is not part of what is checked out here",
                    "check out what was tagged, or release another version");
        }
        return new Standing.Done(release.tag() + " on " + there.brief(), page());
    }

    private boolean isElsewhere(CommitId tagged) {
        return means.git()
                .filter(git -> git.has(tagged))
                .flatMap(git -> git.head()
                        .map(head -> !git.between(head.hex(), tagged.hex()).isEmpty()))
                .orElse(false);
    }

    private Optional<Standing> objection(GitRepository git, CommitId head) throws InterruptedException {
        List<String> changes = List.copyOf(git.changes());
        if (!changes.isEmpty()) {
            String more = changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : "";
            return blocked(
                    "there are changes that are not committed: "
                            + changes.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more,
                    "commit them, or take them back");
        }
        Optional<CommitId> here = git.tag(release.tag());
        if (here.isPresent() && !here.get().equals(head)) {
            return blocked(
                    "tag " + release.tag() + " is here on " + here.get().brief() + " already, and " + head.brief()
                            + " is checked out",
                    "check out " + release.tag() + ", or remove it with git tag --delete " + release.tag());
        }
        RefName branch = release.config().branch();
        Optional<CommitId> tip = sources().branch(branch);
        if (tip.isEmpty() || !isPart(git, head, tip.get())) {
            return blocked(
                    head.brief() + " is checked out, which is not in " + branch + " of "
                            + release.config().repository(),
                    "push it, or check out what is to be released (git pull)");
        }
        return Succession.of(release.version(), versions(git))
                .objection()
                .map(why -> new Standing.Blocked(why, "name the version that follows"));
    }

    private static boolean isPart(GitRepository git, CommitId commit, CommitId tip) {
        return commit.equals(tip)
                || (git.has(tip) && git.between(tip.hex(), commit.hex()).isEmpty());
    }

    private static Optional<Standing> blocked(String why, String advice) {
        return Optional.of(new Standing.Blocked(why, advice));
    }

    private Set<Version> versions(GitRepository git) throws InterruptedException {
        TreeSet<Version> versions = new TreeSet<>();
        List<RefName> tags = new ArrayList<>(sources().tags());
        tags.addAll(git.tags());
        for (RefName tag : tags) {
            // A tag here that was not pushed yet is the one that is being made.
            Version.parse(tag.text())
                    .filter(version -> !tag.equals(release.tag()))
                    .ifPresent(versions::add);
        }
        return versions;
    }

    private Standing ready(GitRepository git, CommitId head) throws InterruptedException {
        List<String> would = new ArrayList<>();
        boolean signed = git.signsTags();
        if (git.tag(release.tag()).isPresent()) {
            would.add("push tag " + release.tag() + ", which is here on " + head.brief());
        } else {
            would.add("put the annotated " + (signed ? "and signed " : "") + "tag " + release.tag() + " on "
                    + head.brief() + " in " + release.config().repository());
        }
        if (!images.images().isEmpty()) {
            would.add("let the image be tagged " + images.next() + ", the next free one in staging");
        }
        return new Standing.Ready(would);
    }

    private URI page() throws InterruptedException {
        URI web = sources().facts().map(RepositoryFacts::web).orElseThrow();
        String base = web.toString().replaceFirst("/+$", "");
        return URI.create(base + "/releases/tag/" + release.tag().text().replace("+", "%2B"));
    }

    private Sources sources() {
        return means.forge().sources(release.config().repository());
    }
}
