// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.oci.Digest;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromotionRecordTest {
    private static final Digest DIGEST = Digest.sha256("image".getBytes(StandardCharsets.UTF_8));
    private static final PromotionRecord FULL = new PromotionRecord(
            "registry.k8s.io/pause",
            DIGEST,
            Instant.parse("2026-11-01T10:00:00Z"),
            "https://k8s.io/promo-tools@v1",
            List.of("v2", "v1"),
            Optional.of("gcr.io/k8s-staging/pause"),
            Optional.of(new ManifestOrigin(
                    "images/pause.yaml", Optional.of("git+https://github.com/kubernetes/k8s.io"), Optional.of("abc"))),
            Optional.of(new PromotionRecord.Promoter("v1", "def")),
            Optional.of(new PromotionJob("promo", "postsubmit", "7", "p-7")));

    @Test
    void aRecordHasTheFieldsThatOthersRead() {
        String sha = "{\"sha256\":\"" + DIGEST.hex() + "\"}";

        assertThat(FULL.statement().predicate().toString())
                .isEqualTo(
                        "{\"srcRef\":\"gcr.io/k8s-staging/pause@" + DIGEST + "\","
                                + "\"dstRef\":\"registry.k8s.io/pause\",\"digest\":\"" + DIGEST + "\","
                                + "\"timestamp\":\"2026-11-01T10:00:00Z\",\"builderId\":\"https://k8s.io/promo-tools@v1\","
                                + "\"tags\":[\"v1\",\"v2\"],"
                                + "\"source\":{\"name\":\"gcr.io/k8s-staging/pause\",\"digest\":" + sha + "},"
                                + "\"destination\":{\"name\":\"registry.k8s.io/pause\",\"digest\":" + sha + "},"
                                + "\"manifest\":{\"name\":\"images/pause.yaml\","
                                + "\"uri\":\"git+https://github.com/kubernetes/k8s.io\",\"digest\":{\"gitCommit\":\"abc\"}},"
                                + "\"promoter\":{\"version\":\"v1\",\"gitCommit\":\"def\"},"
                                + "\"job\":{\"name\":\"promo\",\"type\":\"postsubmit\",\"buildId\":\"7\",\"prowJobId\":\"p-7\"}}");
        assertThat(FULL.statement().subjects()).containsExactly(Subject.of("registry.k8s.io/pause", DIGEST));
    }

    @Test
    void aRecordIsReadBack() {
        assertThat(PromotionRecord.of(Statement.parse(FULL.statement().json()))).isEqualTo(FULL);
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        PromotionRecord bare = new PromotionRecord(
                "registry.k8s.io/pause",
                DIGEST,
                Instant.parse("2026-11-01T10:00:00.9Z"),
                "",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(bare.statement().predicate().propertyNames())
                .containsExactly("dstRef", "digest", "timestamp", "destination");
        assertThat(bare.statement().predicate().path("timestamp").asString()).isEqualTo("2026-11-01T10:00:00Z");
    }

    @Test
    void aRecordOfAnOlderPromoterIsRead() {
        Statement old = new Statement(
                List.of(Subject.of("registry.k8s.io/pause", DIGEST)),
                PredicateTypes.PROMOTION_RECORD,
                JsonText.object()
                        .put("srcRef", "gcr.io/k8s-staging/pause:v1")
                        .put("dstRef", "registry.k8s.io/pause:v1")
                        .put("digest", DIGEST.toString())
                        .put("timestamp", "2025-07-15T16:30:00.25+02:00")
                        .put("builderId", "https://k8s.io/promo-tools@v4.0.8"));

        PromotionRecord read = PromotionRecord.of(old);

        assertThat(read.name()).isEqualTo("registry.k8s.io/pause");
        assertThat(read.time()).isEqualTo(Instant.parse("2025-07-15T14:30:00.25Z"));
        assertThat(read.source()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "digest    | sha256:00 | has no digest as digest",
                "timestamp | yesterday | has no time as timestamp: yesterday",
                "tags      | v1        | tags is not a list",
                "job       | x         | job is not an object",
            })
    void aMalformedRecordIsRefused(String field, String value, String said) {
        var predicate = JsonText.object()
                .put("digest", DIGEST.toString())
                .put("timestamp", "2026-11-01T10:00:00Z")
                .put(field, value);

        refused(new Statement(List.of(Subject.of("n", DIGEST)), PredicateTypes.PROMOTION_RECORD, predicate), said);
    }

    @Test
    void aRecordOfAnotherDigestThanItsStatementIsRefused() {
        Digest other = Digest.sha256(new byte[0]);

        refused(
                new Statement(
                        List.of(Subject.of("n", other)),
                        PredicateTypes.PROMOTION_RECORD,
                        FULL.statement().predicate()),
                "tells of another digest than its statement");
        refused(
                new Statement(
                        List.of(Subject.of("n", DIGEST)),
                        "https://example.com/p",
                        FULL.statement().predicate()),
                "has the predicate type https://example.com/p");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/kubernetes/k8s.io",
                "https://github.com/kubernetes/k8s.io.git",
                "https://x-access-token:ghs_secret@github.com/kubernetes/k8s.io/",
                "https://us%40er:se@cret@github.com/kubernetes/k8s.io?token=secret#secret",
                "git@github.com:kubernetes/k8s.io.git",
                "github.com:/kubernetes/k8s.io",
                "ssh://git@github.com:22/kubernetes/k8s.io.git",
                "git+https://github.com/kubernetes/k8s.io",
                "git://github.com/kubernetes/k8s.io"
            })
    void theRepositoryIsNamedWithoutCredentialsHoweverItWasCloned(String remote) {
        ManifestOrigin origin = ManifestOrigin.of("images.yaml", Optional.of(remote), "abc");

        assertThat(origin.uri()).contains("git+https://github.com/kubernetes/k8s.io");
        assertThat(origin.location()).contains("git+https://github.com/kubernetes/k8s.io#images.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/git/k8s.io.git", "../k8s.io", "file:///srv/git/k8s.io", ""})
    void aRepositoryOnThisMachineHasNoName(String remote) {
        assertThat(ManifestOrigin.of("images.yaml", Optional.of(remote), "abc").location())
                .isEmpty();
    }

    @Test
    void theJobIsProws() {
        assertThat(PromotionJob.of(Map.of("JOB_NAME", "promo", "BUILD_ID", "7")))
                .contains(new PromotionJob("promo", "", "7", ""));
        assertThat(PromotionJob.of(Map.of("BUILD_ID", "7"))).isEmpty();
    }

    private static void refused(Statement statement, String said) {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> PromotionRecord.of(statement))
                .withMessageContaining(said);
    }
}
