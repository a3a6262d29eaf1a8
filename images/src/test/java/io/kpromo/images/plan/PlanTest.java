// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import static io.kpromo.images.plan.Wishes.desired;
import static io.kpromo.images.plan.Wishes.digest;
import static io.kpromo.images.plan.Wishes.image;
import static io.kpromo.images.plan.Wishes.manifest;
import static io.kpromo.images.plan.Wishes.repository;
import static io.kpromo.images.plan.Wishes.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.plan.Decision.AddTag;
import io.kpromo.images.plan.Decision.Copy;
import io.kpromo.images.plan.Decision.Lost;
import io.kpromo.images.plan.Decision.Refused;
import io.kpromo.images.plan.Decision.TagMove;
import io.kpromo.images.plan.Decision.Unreadable;
import io.kpromo.images.plan.Decision.UpToDate;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The table of image-promotion.md, "Edges", row by row.
final class PlanTest {
    private static final Repository SOURCE = repository("gcr.io/s/foo");
    private static final Repository MIRROR = repository("gcr.io/d/foo");
    private static final Tag X = new Tag("x");
    private static final Tag Y = new Tag("y");

    private final Observation observed = new Observation();
    private final DesiredState tagged = wanting(wish(1, "x"));
    private final DesiredState untagged = wanting(wish(1));

    @Test
    void aTagThatPointsToTheDigestIsUpToDate() {
        observed.pointsTo(MIRROR, X, digest(1));
        Plan plan = Plan.between(tagged, observed);
        assertThat(plan.decisions()).isEmpty();
        assertThat(plan.upToDate()).isEqualTo(1);
        assertThat(plan.edges(UpToDate.class)).isEqualTo(1);
        assertThat(plan.writes()).isFalse();
    }

    @Test
    void anUntaggedDigestThatIsThereIsUpToDate() {
        observed.present(MIRROR, digest(1)).present(SOURCE, digest(1));
        Plan plan = Plan.between(untagged, observed);
        assertThat(plan.decisions()).isEmpty();
        assertThat(plan.upToDate()).isEqualTo(1);
    }

    @Test
    void anUntaggedDigestThatTheSourceLostIsUpToDateAndTold() {
        observed.present(MIRROR, digest(1)).missing(SOURCE, digest(1));
        Plan plan = Plan.between(untagged, observed);
        assertThat(plan.decisions()).containsExactly(new UpToDate(MIRROR, content(untagged), List.of(), true));
        assertThat(plan.upToDate()).isEqualTo(1);
        assertThat(plan.writes()).isFalse();
    }

    @Test
    void whatNeitherSideHoldsIsLost() {
        observed.absent(MIRROR, X).missing(MIRROR, digest(1)).missing(SOURCE, digest(1));
        assertThat(Plan.between(tagged, observed).decisions())
                .containsExactly(new Lost(MIRROR, content(tagged), List.of(X)));
        assertThat(Plan.between(untagged, observed).decisions())
                .containsExactly(new Lost(MIRROR, content(untagged), List.of()));
    }

    @Test
    void aTagThatPointsElsewhereIsRefused() {
        observed.pointsTo(MIRROR, X, digest(2)).present(SOURCE, digest(1));
        Plan plan = Plan.between(tagged, observed);
        assertThat(plan.refusals()).containsExactly(new Refused(MIRROR, content(tagged), new TagMove(X, digest(2))));
        assertThat(plan.decisions()).hasSize(1);
        assertThat(plan.refusals().getFirst())
                .hasToString("m:2:80: tag move refused: gcr.io/d/foo:x points to " + digest(2) + ", the manifest wants "
                        + digest(1) + "; promoted tags do not move, use a new tag");
    }

    @Test
    void aTagMoveIsRefusedAlsoWhereTheSourceLostTheDigest() {
        observed.pointsTo(MIRROR, X, digest(2)).missing(SOURCE, digest(1));
        assertThat(Plan.between(tagged, observed).refusals()).hasSize(1);
    }

    @Test
    void onlyTheTagIsAddedWhereTheDigestIsThere() {
        observed.absent(MIRROR, X).present(MIRROR, digest(1)).present(SOURCE, digest(1));
        assertThat(Plan.between(tagged, observed).decisions())
                .containsExactly(new AddTag(MIRROR, content(tagged), List.of(X)));
    }

    @Test
    void theTagIsAddedAlsoWhereTheSourceLostTheDigest() {
        observed.absent(MIRROR, X).present(MIRROR, digest(1)).missing(SOURCE, digest(1));
        assertThat(Plan.between(tagged, observed).decisions())
                .containsExactly(new AddTag(MIRROR, content(tagged), List.of(X)));
    }

    @Test
    void whatIsMissingIsCopiedAndTagged() {
        observed.absent(MIRROR, X).missing(MIRROR, digest(1)).present(SOURCE, digest(1));
        assertThat(Plan.between(tagged, observed).decisions())
                .containsExactly(new Copy(MIRROR, content(tagged), List.of(X), SOURCE));
        assertThat(Plan.between(untagged, observed).decisions())
                .containsExactly(new Copy(MIRROR, content(untagged), List.of(), SOURCE));
    }

    @Test
    void whatNobodyAskedTheSourceIsFoundOutByTheCopy() {
        observed.absent(MIRROR, X);
        assertThat(Plan.between(tagged, observed).decisions())
                .containsExactly(new Copy(MIRROR, content(tagged), List.of(X), SOURCE));
    }

    @Test
    void aTagInPlaceProvesThatTheDigestIsThere() {
        DesiredState both = wanting(wish(1, "x", "y"));
        ObservedState state = new Observation().pointsTo(MIRROR, X, digest(1)).absent(MIRROR, Y);
        Plan plan = Plan.between(both, state);
        assertThat(plan.decisions()).containsExactly(new AddTag(MIRROR, content(both), List.of(Y)));
        assertThat(plan.upToDate()).isEqualTo(1);
    }

    @Test
    void oneTagMayMoveWhileAnotherIsAbsent() {
        DesiredState both = wanting(wish(1, "x", "y"));
        observed.pointsTo(MIRROR, X, digest(2)).absent(MIRROR, Y).missing(MIRROR, digest(1));
        assertThat(Plan.between(both, observed).decisions())
                .containsExactly(
                        new Refused(MIRROR, content(both), new TagMove(X, digest(2))),
                        new Copy(MIRROR, content(both), List.of(Y), SOURCE));
    }

    @Test
    void aTagThatCouldNotBeReadIsNeverWritten() {
        observed.unreadable(MIRROR, X, "503 from gcr.io");
        assertThat(Plan.between(tagged, observed).decisions())
                .containsExactly(new Unreadable(MIRROR, content(tagged), List.of(X), "503 from gcr.io"));
    }

    @Test
    void aTagThatNobodyAskedForIsNotAbsent() {
        assertThat(Plan.between(tagged, observed).decisions())
                .containsExactly(new Unreadable(MIRROR, content(tagged), List.of(X), "gcr.io/d/foo was not read"));
        observed.absent(MIRROR, Y);
        assertThat(Plan.between(tagged, observed).decisions())
                .containsExactly(new Unreadable(MIRROR, content(tagged), List.of(X), "gcr.io/d/foo:x was not read"));
    }

    @Test
    void aRepositoryThatCouldNotBeReadTakesItsEdgesWithIt() {
        observed.unreadable(MIRROR, "503 from gcr.io");
        assertThat(Plan.between(tagged, observed).decisions())
                .containsExactly(new Unreadable(MIRROR, content(tagged), List.of(X), "503 from gcr.io"));
        assertThat(Plan.between(untagged, observed).decisions())
                .containsExactly(new Unreadable(MIRROR, content(untagged), List.of(), "503 from gcr.io"));
    }

    @Test
    void inACompleteListingWhatIsNotListedIsNotThere() {
        observed.complete(MIRROR).complete(SOURCE);
        assertThat(Plan.between(tagged, observed).decisions())
                .containsExactly(new Lost(MIRROR, content(tagged), List.of(X)));
    }

    @Test
    void theFirstSourceThatHoldsItIsTaken() {
        DesiredState two = desired(
                manifest("a", "gcr.io/s", List.of("gcr.io/d"), image("foo", wish(1, "x"))),
                manifest("b", "gcr.io/t", List.of("gcr.io/d"), image("foo", wish(1, "y"))));
        observed.absent(MIRROR, X).absent(MIRROR, Y);
        assertThat(copySource(two)).isEqualTo(SOURCE);
        observed.present(repository("gcr.io/t/foo"), digest(1));
        assertThat(copySource(two)).isEqualTo(repository("gcr.io/t/foo"));
        observed.missing(repository("gcr.io/t/foo"), digest(1));
        assertThat(copySource(two)).isEqualTo(SOURCE);
        observed.missing(SOURCE, digest(1));
        assertThat(Plan.between(two, observed).decisions()).hasOnlyElementsOfType(Lost.class);
    }

    private Repository copySource(DesiredState desired) {
        return Plan.between(desired, observed)
                .all(Copy.class)
                .findFirst()
                .orElseThrow()
                .source();
    }

    private static DesiredState wanting(Wishes.Wish... wishes) {
        return desired(manifest("m", "gcr.io/s", List.of("gcr.io/d"), image("foo", wishes)));
    }

    private static WantedContent content(DesiredState desired) {
        return desired.repositories().getFirst().contents().getFirst();
    }
}
