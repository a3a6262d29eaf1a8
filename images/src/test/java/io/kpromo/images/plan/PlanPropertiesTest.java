// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import static io.kpromo.images.plan.Wishes.digest;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.plan.Decision.AddTag;
import io.kpromo.images.plan.Decision.Copy;
import io.kpromo.images.plan.Decision.Lost;
import io.kpromo.images.plan.Decision.Refused;
import io.kpromo.images.plan.Decision.Unreadable;
import io.kpromo.images.plan.Decision.UpToDate;
import io.kpromo.images.plan.Wishes.Named;
import io.kpromo.images.plan.Wishes.Wish;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.yaml.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What holds for every plan, whatever is wanted and whatever is there.
final class PlanPropertiesTest {
    private static final List<String> REGISTRIES =
            List.of("one.example.com/a", "two.example.com/a", "two.example.com/a/b");
    private static final int DIGESTS = 6;

    @Property(tries = 300)
    void theSameStatesGiveTheSamePlan(@ForAll("manifests") List<PromoterManifest> manifests, @ForAll Random chance) {
        DesiredState desired = wanted(manifests);
        Observation observed = observation(desired, chance);
        assertThat(Plan.between(desired, observed)).isEqualTo(Plan.between(desired, observed));
    }

    @Property(tries = 300)
    void theOrderOfManifestsDoesNotMatter(
            @ForAll("manifests") List<PromoterManifest> manifests, @ForAll Random chance) {
        DesiredState desired = wanted(manifests);
        List<PromoterManifest> shuffled = new ArrayList<>(manifests);
        Collections.shuffle(shuffled, chance);
        DesiredState again = wanted(shuffled);
        assertThat(again.repositories()).isEqualTo(desired.repositories());
        assertThat(again.duplicates()).isEqualTo(desired.duplicates());
    }

    @Property(tries = 300)
    void overlapsAreRefusedInAnyOrder(@ForAll("manifests") List<PromoterManifest> manifests, @ForAll Random chance) {
        List<PromoterManifest> shuffled = new ArrayList<>(manifests);
        Collections.shuffle(shuffled, chance);
        assertThat(refusal(shuffled)).isEqualTo(refusal(manifests));
    }

    @Property(tries = 300)
    void afterAPlanIsCarriedOutThereIsNothingLeftToWrite(
            @ForAll("manifests") List<PromoterManifest> manifests, @ForAll Random chance) {
        DesiredState desired = wanted(manifests);
        Observation observed = observation(desired, chance);
        Plan plan = Plan.between(desired, observed);
        carryOut(plan, observed);
        Plan next = Plan.between(desired, observed);
        assertThat(next.writes()).isFalse();
        assertThat(next.upToDate()).isEqualTo(plan.upToDate() + plan.edges(Copy.class) + plan.edges(AddTag.class));
        assertThat(next.refusals()).isEqualTo(plan.refusals());
    }

    @Property(tries = 300)
    void everyEdgeGetsOneDecision(@ForAll("manifests") List<PromoterManifest> manifests, @ForAll Random chance) {
        DesiredState desired = wanted(manifests);
        Plan plan = Plan.between(desired, observation(desired, chance));
        long decided = plan.upToDate();
        for (Decision decision : plan.decisions()) {
            decided += switch (decision) {
                case UpToDate _ -> 0; // counted above
                case AddTag add -> add.edges();
                case Copy copy -> copy.edges();
                case Lost lost -> lost.edges();
                case Unreadable unreadable -> unreadable.edges();
                case Refused refused -> refused.edges();
            };
        }
        assertThat(decided).isEqualTo(desired.edges());
    }

    @Property(tries = 300)
    void shardsAreTheWholeWithoutOverlap(
            @ForAll("manifests") List<PromoterManifest> manifests,
            @ForAll Random chance,
            @ForAll @IntRange(min = 1, max = 7) int count) {
        DesiredState desired = wanted(manifests);
        Observation observed = observation(desired, chance);
        Set<Decision> united = new HashSet<>();
        Set<Digest> digests = new HashSet<>();
        Set<String> tags = new HashSet<>();
        long upToDate = 0;
        long edges = 0;
        for (int i = 0; i < count; i++) {
            DesiredState shard = desired.shard(i, count);
            Plan plan = Plan.between(shard, observed);
            upToDate += plan.upToDate();
            edges += shard.edges();
            plan.decisions()
                    .forEach(decision -> assertThat(united.add(decision)).isTrue());
            Set<Digest> own = new HashSet<>();
            for (WantedRepository repository : shard.repositories()) {
                for (WantedContent content : repository.contents()) {
                    own.add(content.digest());
                    content.tags()
                            .forEach(tag -> assertThat(tags.add(repository.destination() + ":" + tag))
                                    .isTrue());
                }
            }
            assertThat(Collections.disjoint(digests, own)).isTrue();
            digests.addAll(own);
        }
        Plan whole = Plan.between(desired, observed);
        assertThat(united).isEqualTo(new HashSet<>(whole.decisions()));
        assertThat(upToDate).isEqualTo(whole.upToDate());
        assertThat(edges).isEqualTo(desired.edges());
    }

    @Property(tries = 300)
    void decisionsComeByDestinationAndDigest(
            @ForAll("manifests") List<PromoterManifest> manifests, @ForAll Random chance) {
        DesiredState desired = wanted(manifests);
        List<Decision> decisions =
                Plan.between(desired, observation(desired, chance)).decisions();
        for (int i = 1; i < decisions.size(); i++) {
            Decision before = decisions.get(i - 1);
            Decision here = decisions.get(i);
            int order = before.destination().compareTo(here.destination());
            assertThat(order).isNotPositive();
            if (order == 0) {
                assertThat(before.content().digest())
                        .isLessThanOrEqualTo(here.content().digest());
            }
        }
    }

    @Provide
    Arbitrary<List<PromoterManifest>> manifests() {
        Arbitrary<Wish> wish = Combinators.combine(
                        Arbitraries.integers().between(1, DIGESTS),
                        Arbitraries.of("t", "u", "v").list().uniqueElements().ofMaxSize(2))
                // A tag names its digest most of the time, so that many cases are free of overlaps.
                .as((number, tags) ->
                        new Wish(number, tags.stream().map(t -> t + number).toList()));
        Arbitrary<Wish> clash =
                Arbitraries.integers().between(1, DIGESTS).map(number -> new Wish(number, List.of("same")));
        Arbitrary<List<Wish>> wishes = Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(40, wish), net.jqwik.api.Tuple.of(1, clash))
                .list()
                .ofMaxSize(4)
                .uniqueElements(Wish::number);
        Arbitrary<Named> image =
                Combinators.combine(Arbitraries.of("x", "y", "b/x"), wishes).as(Named::new);
        Arbitrary<List<String>> destinations =
                Arbitraries.of(REGISTRIES).list().uniqueElements().ofMinSize(1).ofMaxSize(3);
        Arbitrary<PromoterManifest> manifest = Combinators.combine(
                        Arbitraries.of("gcr.io/s", "gcr.io/t"),
                        destinations,
                        image.list().ofMinSize(1).ofMaxSize(3))
                .as((source, to, images) -> Wishes.manifest("?", source, to, images.toArray(Named[]::new)));
        return manifest.list().ofMaxSize(4).map(PlanPropertiesTest::inFiles);
    }

    /// Each manifest in a file of its own: places tell them apart.
    private static List<PromoterManifest> inFiles(List<PromoterManifest> manifests) {
        List<PromoterManifest> named = new ArrayList<>();
        for (PromoterManifest manifest : manifests) {
            Named[] images = manifest.images().stream()
                    .map(image -> new Named(
                            image.name(),
                            image.entries().stream()
                                    .map(e -> new Wish(
                                            number(e.digest()),
                                            e.tags().stream().map(Tag::text).toList()))
                                    .toList()))
                    .toArray(Named[]::new);
            named.add(Wishes.manifest(
                    "m" + named.size(),
                    manifest.source().name().toString(),
                    manifest.destinations().stream()
                            .map(r -> r.name().toString())
                            .toList(),
                    images));
        }
        return named;
    }

    private static int number(Digest digest) {
        for (int i = 1; i <= DIGESTS; i++) {
            if (digest(i).equals(digest)) {
                return i;
            }
        }
        throw new AssertionError(digest);
    }

    private static DesiredState wanted(List<PromoterManifest> manifests) {
        Assume.that(refusal(manifests).isEmpty());
        return DesiredState.of(manifests);
    }

    private static String refusal(List<PromoterManifest> manifests) {
        try {
            DesiredState.of(manifests);
            return "";
        } catch (InvalidInputException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Registries that hold something: every tag has been asked for, and some digests.
    private static Observation observation(DesiredState desired, Random chance) {
        Observation observed = new Observation();
        for (WantedRepository repository : desired.repositories()) {
            Repository destination = repository.destination();
            for (WantedContent content : repository.contents()) {
                switch (chance.nextInt(3)) {
                    case 0 -> observed.present(destination, content.digest());
                    case 1 -> observed.missing(destination, content.digest());
                    default -> {}
                }
                for (Repository source : content.sources()) {
                    switch (chance.nextInt(3)) {
                        case 0 -> observed.present(source, content.digest());
                        case 1 -> observed.missing(source, content.digest());
                        default -> {}
                    }
                }
                for (Tag tag : content.tags()) {
                    switch (chance.nextInt(8)) {
                        case 0 -> observed.pointsTo(destination, tag, digest(99));
                        case 1 -> observed.unreadable(destination, tag, "no answer");
                        case 2, 3, 4 -> observed.pointsTo(destination, tag, content.digest());
                        default -> observed.absent(destination, tag);
                    }
                }
            }
        }
        return observed;
    }

    /// Does to the observed state what an execution without failures does to registries.
    private static void carryOut(Plan plan, Observation observed) {
        for (Decision decision : plan.decisions()) {
            if (decision instanceof Copy || decision instanceof AddTag) {
                observed.present(decision.destination(), decision.content().digest());
                for (Tag tag : decision.tags()) {
                    observed.pointsTo(
                            decision.destination(), tag, decision.content().digest());
                }
            }
        }
    }
}
