// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.FileDecision.Copy;
import io.kpromo.files.plan.FileDecision.Missing;
import io.kpromo.files.plan.FileDecision.Refused;
import io.kpromo.files.plan.FileDecision.Unreadable;
import io.kpromo.files.plan.FileDecision.UpToDate;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Scheme;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Digest;
import io.kpromo.yaml.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// What follows from what is wanted and what was seen.
class FilePlanTest {
    private static final Base SOURCE = Base.parse("gs://staging");
    private static final Base PROD = Base.parse("s3://prod");
    private static final FileName NAME = new FileName("kubectl");
    private static final Digest WANTED = Digest.sha256("wanted".getBytes(UTF_8));
    private static final Digest OTHER = Digest.sha256("other".getBytes(UTF_8));
    private static final FileEdge EDGE = new FileEdge(SOURCE, PROD, NAME, WANTED, new Place("files.yaml", 2, 9));
    private static final Base MIRROR = Base.parse("gs://mirror");
    private static final FileEdge FROM_MIRROR = new FileEdge(MIRROR, PROD, NAME, WANTED, new Place("other.yaml", 7, 9));
    private static final Sight ABSENT = new Sight.Absent();

    @Test
    void whatIsMissingIsCopied() {
        assertThat(decide(ABSENT, file("a"), false)).isEqualTo(new Copy(EDGE, stored("a"), Optional.empty()));
    }

    @Test
    void whatIsNowhereIsMissing() {
        assertThat(decide(ABSENT, ABSENT, false)).isEqualTo(new Missing(EDGE));
    }

    @Test
    void theRecordedSumDecides() {
        Sight right = recorded(WANTED, "x");
        assertThat(decide(right, ABSENT, false)).isInstanceOf(UpToDate.class);
        assertThat(decide(recorded(OTHER, "x"), file("x"), false))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused)
                                .hasToString("files.yaml:2:9: refused: s3://prod/kubectl has other content than"
                                        + " the manifest wants: it is " + OTHER + ", wanted is " + WANTED
                                        + "; files that were promoted do not change, use a new name, or --overwrite"));
    }

    @Test
    void ofAFileOfAReleaseNoManifestIsSaidToWantAnything() {
        Base release = new Base(Scheme.GITHUB, "github.com", "o/r");
        FileEdge edge = new FileEdge(release, PROD, NAME, WANTED, Place.of("o/r"));
        assertThat(new Refused(edge, "it is another"))
                .hasToString("o/r: refused: s3://prod/kubectl has other content than the release on GitHub has: it is"
                        + " another; files that were promoted do not change, see which of the two was changed, or"
                        + " --overwrite");
    }

    @Test
    void withoutARecordSizeAndSumsOfTheSourceDecide() {
        assertThat(decide(file("a"), file("a"), false)).isInstanceOf(UpToDate.class);
        assertThat(decide(file("a"), file("b"), false)).isInstanceOf(Refused.class);
        assertThat(decide(file("a"), file("ab"), false))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo("it has 1 bytes, the source has 2"));
    }

    @Test
    void whereNothingTellsNothingIsWritten() {
        Sight bare = new Sight.Present(new StoredFile(1, Optional.empty(), Sums.none(), "1"));
        assertThat(decide(bare, file("a"), true)).isInstanceOf(Unreadable.class);
        assertThat(decide(file("a"), ABSENT, true)).isInstanceOf(Unreadable.class);
        assertThat(decide(new Sight.Unseen("403"), file("a"), true)).isEqualTo(new Unreadable(EDGE, "403"));
        assertThat(decide(ABSENT, new Sight.Unseen("403"), true)).isEqualTo(new Unreadable(EDGE, "403"));
    }

    @Test
    void otherContentIsReplacedOnlyWhenToldTo() {
        Sight other = recorded(OTHER, "x");
        assertThat(decide(other, file("a"), true))
                .isEqualTo(new Copy(EDGE, stored("a"), Optional.of(((Sight.Present) other).file())));
        assertThat(decide(other, ABSENT, true)).isInstanceOf(Refused.class);
    }

    private static FileDecision ofTwo(Sight there, Sight first, Sight second) {
        ObservedFiles seen = new ObservedFiles();
        seen.saw(PROD, NAME, there);
        seen.saw(SOURCE, NAME, first);
        seen.saw(MIRROR, NAME, second);
        List<FileDecision> decisions = FilePlan.between(new DesiredFiles(List.of(EDGE, FROM_MIRROR)), seen, false)
                .decisions();
        assertThat(decisions).hasSize(1);
        return decisions.getFirst();
    }

    @Test
    void ofSeveralSourcesTheFirstThatHasTheFileGivesIt() {
        assertThat(ofTwo(ABSENT, file("a"), file("b"))).isEqualTo(new Copy(EDGE, stored("a"), Optional.empty()));
        assertThat(ofTwo(ABSENT, ABSENT, file("b"))).isEqualTo(new Copy(FROM_MIRROR, stored("b"), Optional.empty()));
        assertThat(ofTwo(ABSENT, recorded(OTHER, "a"), file("b")))
                .as("the first says itself that it has another")
                .isEqualTo(new Copy(FROM_MIRROR, stored("b"), Optional.empty()));
        assertThat(ofTwo(ABSENT, new Sight.Unseen("403"), file("b")))
                .isEqualTo(new Copy(FROM_MIRROR, stored("b"), Optional.empty()));
        assertThat(ofTwo(recorded(WANTED, "x"), ABSENT, ABSENT)).isInstanceOf(UpToDate.class);
        assertThat(ofTwo(file("b"), ABSENT, file("b"))).isInstanceOf(UpToDate.class);
    }

    @Test
    void whereNoneOfThemHasTheFileItIsSaidOfTheFirstUnlessOneCouldNotBeAsked() {
        assertThat(ofTwo(ABSENT, ABSENT, ABSENT)).isEqualTo(new Missing(EDGE));
        assertThat(ofTwo(ABSENT, ABSENT, new Sight.Unseen("403"))).isEqualTo(new Unreadable(FROM_MIRROR, "403"));
        assertThat(ofTwo(ABSENT, recorded(OTHER, "a"), ABSENT)).isInstanceOf(Copy.class);
    }

    @Property
    void everyEdgeGetsItsDecisionInItsOrderAndTheSameAgain(
            @ForAll("worlds") List<World> worlds, @ForAll boolean overwrite) {
        DesiredFiles desired = desired(worlds);
        FilePlan plan = FilePlan.between(desired, observed(worlds), overwrite);
        assertThat(plan.decisions().stream().map(FileDecision::edge)).isEqualTo(desired.edges());
        assertThat(FilePlan.between(desired, observed(worlds), overwrite)).isEqualTo(plan);
    }

    @Property
    void nothingThatIsThereIsReplacedUnlessToldTo(@ForAll("worlds") List<World> worlds) {
        FilePlan plan = FilePlan.between(desired(worlds), observed(worlds), false);
        assertThat(plan.all(Copy.class)).allMatch(copy -> copy.replaced().isEmpty());
    }

    @Property
    void nothingIsCalledRightThatIsRecordedOtherwise(@ForAll("worlds") List<World> worlds, @ForAll boolean overwrite) {
        FilePlan plan = FilePlan.between(desired(worlds), observed(worlds), overwrite);
        assertThat(plan.all(UpToDate.class))
                .allMatch(file -> file.seen().sha256().orElse(WANTED).equals(WANTED));
    }

    @Property
    void whatWasCarriedOutIsUpToDateAfterwards(@ForAll("worlds") List<World> worlds, @ForAll boolean overwrite) {
        DesiredFiles desired = desired(worlds);
        ObservedFiles seen = observed(worlds);
        FilePlan plan = FilePlan.between(desired, seen, overwrite);
        plan.all(Copy.class).forEach(copy -> seen.saw(PROD, copy.edge().name(), recorded(WANTED, "done")));
        FilePlan next = FilePlan.between(desired, seen, overwrite);
        assertThat(next.count(Copy.class)).isZero();
        assertThat(next.count(UpToDate.class)).isEqualTo(plan.count(UpToDate.class) + plan.count(Copy.class));
    }

    record World(Sight there, Sight source) {}

    @Provide
    Arbitrary<List<World>> worlds() {
        Arbitrary<Sight> sights = Arbitraries.of(
                ABSENT,
                file("a"),
                file("b"),
                file("ab"),
                recorded(WANTED, "a"),
                recorded(OTHER, "a"),
                new Sight.Unseen("503"));
        return Combinators.combine(sights, sights).as(World::new).list().ofMaxSize(20);
    }

    private static DesiredFiles desired(List<World> worlds) {
        List<FileEdge> edges = new ArrayList<>();
        for (int i = 0; i < worlds.size(); i++) {
            edges.add(new FileEdge(SOURCE, PROD, new FileName("f" + i), WANTED, EDGE.place()));
        }
        return new DesiredFiles(edges);
    }

    private static ObservedFiles observed(List<World> worlds) {
        ObservedFiles seen = new ObservedFiles();
        for (int i = 0; i < worlds.size(); i++) {
            FileName name = new FileName("f" + i);
            seen.saw(PROD, name, worlds.get(i).there());
            seen.saw(SOURCE, name, worlds.get(i).source());
        }
        return seen;
    }

    private static FileDecision decide(Sight there, Sight source, boolean overwrite) {
        ObservedFiles seen = new ObservedFiles();
        seen.saw(PROD, NAME, there);
        seen.saw(SOURCE, NAME, source);
        return FilePlan.between(new DesiredFiles(List.of(EDGE)), seen, overwrite)
                .decisions()
                .getFirst();
    }

    private static Sight file(String content) {
        return new Sight.Present(stored(content));
    }

    private static StoredFile stored(String content) {
        return new StoredFile(
                content.length(), Optional.empty(), new Sums(Optional.of("md5 of " + content), Optional.empty()), "1");
    }

    private static Sight recorded(Digest sha256, String content) {
        StoredFile file = stored(content);
        return new Sight.Present(new StoredFile(file.size(), Optional.of(sha256), file.sums(), "1"));
    }
}
