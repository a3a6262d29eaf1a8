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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.oci.Tag;
import io.kpromo.yaml.InvalidInputException;
import io.kpromo.yaml.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/// From manifests to edges, and when edges overlap.
final class DesiredStateTest {
    private static final List<String> MIRRORS = List.of("us.example.com/prod", "eu.example.com/prod");

    @Test
    void everyTagOfEveryDestinationIsAnEdgeAndSoIsADigestWithoutTags() {
        DesiredState state = desired(manifest(
                "m", "gcr.io/s", MIRRORS, image("foo", wish(1, "b", "a"), wish(2)), image("x/y", wish(1, "c"))));
        assertThat(state.edges()).isEqualTo(8);
        assertThat(state.contents()).isEqualTo(6);
        assertThat(state.repositories())
                .extracting(r -> r.destination().toString())
                .containsExactly(
                        "eu.example.com/prod/foo",
                        "eu.example.com/prod/x/y",
                        "us.example.com/prod/foo",
                        "us.example.com/prod/x/y");
        WantedContent content = content(state, "eu.example.com/prod/foo", 1);
        assertThat(content.tags()).containsExactly(new Tag("a"), new Tag("b"));
        assertThat(content.sources()).containsExactly(repository("gcr.io/s/foo"));
        assertThat(content.placeOf(new Tag("a"))).hasToString("m:2:81");
    }

    @Test
    void destinationsThatWantTheSameShareOneList() {
        DesiredState state = desired(
                manifest("m", "gcr.io/s", MIRRORS, image("foo", wish(1, "a"))),
                manifest("n", "gcr.io/t", MIRRORS, image("foo", wish(2, "b"))));
        assertThat(state.repositories()).hasSize(2);
        assertThat(state.repositories().getFirst().contents())
                .hasSize(2)
                .isSameAs(state.repositories().getLast().contents());
        DesiredState half = state.keeping(digest(1)::equals);
        assertThat(half.repositories().getFirst().contents())
                .hasSize(1)
                .isSameAs(half.repositories().getLast().contents());
    }

    @Test
    void differentDigestsOnOneTagAreRefusedWithEveryParty() {
        PromoterManifest a = manifest("a.yaml", "gcr.io/s", MIRRORS, image("foo", wish(1, "x", "y")));
        PromoterManifest b = manifest("b.yaml", "gcr.io/t", MIRRORS, image("foo", wish(2, "x")));
        PromoterManifest c = manifest("c.yaml", "gcr.io/u", MIRRORS, image("foo", wish(3, "x"), wish(1)));
        assertThatThrownBy(() -> desired(c, a, b))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "c.yaml:2:80: overlapping edges: eu.example.com/prod/foo:x (and in 1 other repository) would point to"
                                + " different digests: " + digest(1) + " from gcr.io/s/foo (a.yaml:2:80), " + digest(2)
                                + " from gcr.io/t/foo (b.yaml:2:80), " + digest(3)
                                + " from gcr.io/u/foo (c.yaml:2:80); a tag points to one digest, keep one of them");
    }

    @Test
    void oneTagOnTwoDigestsOfOneImageIsRefused() {
        assertThatThrownBy(() ->
                        desired(manifest("a", "gcr.io/s", MIRRORS, image("foo", wish(1, "x"), wish(2, "x", "z")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("a:3:80: overlapping edges: eu.example.com/prod/foo:x");
    }

    @Test
    void destinationsMeetBelowDifferentPaths() {
        PromoterManifest a = manifest("a", "gcr.io/s", List.of("gcr.io/d"), image("sub/foo", wish(1, "x")));
        PromoterManifest b = manifest("b", "gcr.io/s", List.of("gcr.io/d/sub"), image("foo", wish(2, "x")));
        assertThatThrownBy(() -> desired(a, b))
                .hasMessageContaining("overlapping edges: gcr.io/d/sub/foo:x would point");
    }

    @Test
    void theSameTagInDifferentRepositoriesDoesNotOverlap() {
        assertThat(desired(manifest("a", "gcr.io/s", MIRRORS, image("foo", wish(1, "x")), image("bar", wish(2, "x"))))
                        .edges())
                .isEqualTo(4);
    }

    @Test
    void theSameEdgeFromSeveralManifestsIsKeptOnceAndTheRestTold() {
        PromoterManifest a = manifest("a", "gcr.io/s", MIRRORS, image("foo", wish(1, "x"), wish(2)));
        PromoterManifest b = manifest("b", "gcr.io/t", MIRRORS, image("foo", wish(2), wish(1, "y", "x")));
        DesiredState state = desired(b, a);
        assertThat(state.duplicates())
                .extracting(Problem::toString)
                .containsExactly(
                        "b:2:5: eu.example.com/prod/foo@" + digest(2)
                                + " (and in 1 other repository) is wanted here once more; kept is a:3:5",
                        "b:3:81: eu.example.com/prod/foo:x (and in 1 other repository) is wanted here once more; kept is a:2:80");
        assertThat(state.edges()).isEqualTo(6);
        WantedContent content = content(state, "us.example.com/prod/foo", 1);
        assertThat(content.tags()).containsExactly(new Tag("x"), new Tag("y"));
        assertThat(content.sources()).containsExactly(repository("gcr.io/s/foo"), repository("gcr.io/t/foo"));
        assertThat(content.place()).hasToString("a:2:5");
    }

    @Test
    void aDestinationThatIsNamedTwiceIsOne() {
        DesiredState state =
                desired(manifest("a", "gcr.io/s", List.of("gcr.io/d", "gcr.io/d"), image("foo", wish(1, "x"))));
        assertThat(state.edges()).isEqualTo(1);
        assertThat(state.duplicates()).isEmpty();
    }

    @Test
    void onlyDestinationsBelowAPathAreKeptByWholeComponents() {
        DesiredState state = desired(manifest(
                "a",
                "gcr.io/s",
                List.of("gcr.io/prod", "gcr.io/production", "gcr.io/prod/more", "eu.gcr.io/prod"),
                image("foo", wish(1))));
        assertThat(state.within(RegistryName.parse("gcr.io/prod")).repositories())
                .extracting(r -> r.destination().path())
                .containsExactly("prod/foo", "prod/more/foo");
        assertThat(state.within(RegistryName.parse("gcr.io")).repositories()).hasSize(3);
        assertThat(state.within(RegistryName.parse("gcr.io/nothing")).isEmpty()).isTrue();
    }

    @Test
    void aFilterMayLeaveAnImageWithoutDigests() {
        DesiredState state = desired(manifest("a", "gcr.io/s", MIRRORS, image("foo", wish(1)), image("bar", wish(2))));
        assertThat(state.keeping(digest(2)::equals).repositories())
                .extracting(r -> r.destination().path())
                .containsExactly("prod/bar", "prod/bar");
        assertThat(state.keeping(d -> false).isEmpty()).isTrue();
    }

    @Test
    void shardsHaveBounds() {
        DesiredState state = desired(manifest("a", "gcr.io/s", MIRRORS, image("foo", wish(1))));
        assertThat(state.shard(0, 1)).isSameAs(state);
        for (int[] wrong : new int[][] {{-1, 2}, {2, 2}, {0, 0}}) {
            assertThatThrownBy(() -> state.shard(wrong[0], wrong[1])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static WantedContent content(DesiredState state, String repository, int number) {
        return state.repositories().stream()
                .filter(r -> r.destination().equals(repository(repository)))
                .flatMap(r -> r.contents().stream())
                .filter(c -> c.digest().equals(digest(number)))
                .findFirst()
                .orElseThrow();
    }
}
