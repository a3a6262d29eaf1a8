// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Counts;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.Identity;
import io.kpromo.trust.sigstore.SampleBuilder;
import io.kpromo.trust.sigstore.SampleServices;
import io.kpromo.trust.sigstore.SigningServices;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.statement.VerificationSummary;
import io.kpromo.trust.statement.VerificationSummary.InputAttestation;
import io.kpromo.trust.store.Attachments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kpromo cip` where a policy takes the word of builders who sign with certificates: from staging to what a
/// consumer verifies.
class CipProvenanceTest {
    private static final Identity.Certificate PROMOTER =
            new Identity.Certificate("promoter@project.example", "https://id.project.example");
    private static final Set<Kind> READS =
            Set.of(Kind.HEAD_MANIFEST, Kind.GET_MANIFEST, Kind.REFERRERS, Kind.GET_BLOB, Kind.LIST_TAGS);

    @TempDir
    private Path folder;

    private Registry staging;
    private Registry mirror;
    private SampleBuilder builder;
    private Repository staged;
    private Repository promoted;
    private String key;

    private final SampleImage app = SampleImage.image()
            .platforms("linux/amd64", "linux/arm64")
            .layers(1)
            .layerSize(500)
            .seed(1)
            .build();
    private final List<Digest> platforms = Manifest.parse(app.root()).manifests().stream()
            .map(Descriptor::digest)
            .toList();

    @BeforeEach
    void open() throws Exception {
        staging = Registry.open(RegistryOptions.in(folder.resolve("staging")));
        mirror = Registry.open(RegistryOptions.in(folder.resolve("mirror")));
        builder = new SampleBuilder(folder, 1);
        staged = new Repository(staging.host(), "staging/app");
        promoted = new Repository(mirror.host(), "prod/app");
        app.pushTo(staging, "staging/app", "build-1");
        key = SignedApp.newKey(folder, "promoter").toString();
        assertThat(kpromo("keys", "public", "--key", key, "--output", folder.resolve("promoter") + "")
                        .code())
                .isZero();
    }

    @AfterEach
    void close() {
        builder.close();
        staging.close();
        mirror.close();
    }

    private String manifest(String policy, Map<String, SampleImage> images) throws Exception {
        StringBuilder yaml = new StringBuilder("registries:\n- name: %s/staging\n  src: true\n- name: %s/prod\n"
                .formatted(staging.host(), mirror.host()));
        yaml.append(policy).append("images:\n");
        images.forEach((name, image) ->
                yaml.append("- name: %s\n  dmap:\n    \"%s\": [\"1.0\"]\n".formatted(name, image.digest())));
        return Files.writeString(folder.resolve("m.yaml"), yaml).toString();
    }

    private Ran cip(String manifest, String... more) {
        List<String> words = new ArrayList<>(List.of("cip", "--manifest", manifest, "--confirm"));
        words.addAll(Arrays.asList(more));
        return kpromo(words.toArray(String[]::new));
    }

    private Ran withKey(String manifest, String... more) {
        List<String> words = new ArrayList<>(
                List.of("--key", key, "--trusted-root", builder.trustedRoot().toString(), "--verification-summaries"));
        words.addAll(Arrays.asList(more));
        return cip(manifest, words.toArray(String[]::new));
    }

    private Ran consumer(String command, Digest manifest, String... more) {
        List<String> words = new ArrayList<>(List.of(
                command,
                "--key",
                folder.resolve("promoter.pub").toString(),
                "--trusted-root",
                builder.trustedRoot().toString()));
        words.addAll(Arrays.asList(more));
        words.add(promoted.at(manifest).toString());
        return kpromo(words.toArray(String[]::new));
    }

    private VerificationSummary summary(Digest manifest) throws InterruptedException {
        return VerificationSummary.of(builder.statement(promoted, manifest, PredicateTypes.VERIFICATION_SUMMARY));
    }

    private InputAttestation input(Digest referrer) {
        return new InputAttestation(promoted.at(referrer).toString(), referrer);
    }

    @Test
    void whatAPolicyAcceptedIsCarriedByteForByteAndByARerunNotAgain() throws Exception {
        Digest whole = builder.attest(staged, app.digest(), SampleBuilder.BUILDER);
        Digest own = builder.attest(staged, platforms.getFirst(), SampleBuilder.BUILDER);
        Digest strangers = builder.attest(staged, app.digest(), SampleBuilder.STRANGER);
        String manifest = manifest(SampleBuilder.POLICY, Map.of("app", app));

        Ran first = withKey(manifest);

        assertThat(first.code()).as(first.err()).isZero();
        var there = mirror.folder().repository("prod/app");
        assertThat(there.referrers(app.digest())).contains(whole).doesNotContain(strangers);
        assertThat(there.referrers(platforms.getFirst())).contains(own);
        for (Digest carried : List.of(whole, own)) {
            byte[] bytes = staging.folder().contents().read(carried);
            assertThat(mirror.folder().contents().read(carried)).isEqualTo(bytes);
        }
        assertThat(mirror.audit()).isEmpty();

        staging.resetCounts();
        mirror.resetCounts();
        Ran second = withKey(manifest);
        assertThat(second.code()).isZero();
        assertThat(second.err()).contains("nothing to do");
        assertThat(staging.counts()).isEqualTo(Counts.none());
        assertThat(mirror.counts().byKind().keySet()).isSubsetOf(READS);
    }

    @Test
    void aConsumerVerifiesSummariesOfTheIndexAndOfItsPlatforms() throws Exception {
        Digest first = builder.attest(staged, platforms.getFirst(), SampleBuilder.BUILDER);
        Digest second = builder.attest(staged, platforms.getLast(), SampleBuilder.BUILDER);

        assertThat(withKey(manifest(SampleBuilder.POLICY, Map.of("app", app))).code())
                .isZero();

        assertThat(summary(app.digest()).levels())
                .containsExactly("SLSA_BUILD_LEVEL_3", "K8S_PROMOTION_MANIFEST_REVIEWED");
        assertThat(summary(app.digest()).inputs()).containsExactly(input(first), input(second));
        assertThat(summary(platforms.getLast()).inputs()).containsExactly(input(second));
        assertThat(consumer("verify", app.digest(), "--require=signature,record,vsa")
                        .code())
                .isZero();
        for (Digest platform : platforms) {
            assertThat(consumer("verify", platform, "--require=signature,vsa").code())
                    .isZero();
        }
        assertThat(consumer("attestations", platforms.getFirst()).out())
                .contains("verification summary")
                .contains(PredicateTypes.PROVENANCE_1)
                .contains("by builder@project.example (https://id.project.example)");
    }

    @Test
    void anImageThatNobodyListedHasAttestedIsLeftAloneAndTheOthersArePromoted() throws Exception {
        builder.attest(staged, app.digest(), SampleBuilder.BUILDER);
        SampleImage tool = SampleImage.image().seed(2).build();
        tool.pushTo(staging, "staging/tool", "build-1");
        builder.attest(new Repository(staging.host(), "staging/tool"), tool.digest(), SampleBuilder.STRANGER);
        String manifest = manifest(SampleBuilder.POLICY, Map.of("app", app, "tool", tool));

        Ran stopped = withKey(manifest, "--fail-fast");
        assertThat(stopped.code()).as(stopped.err()).isEqualTo(3);
        assertThat(mirror.folder().repositories()).isEmpty();

        Ran ran = withKey(manifest);
        assertThat(ran.code()).as(ran.err()).isEqualTo(3);
        assertThat(ran.err())
                .contains("/tool@" + tool.digest() + ": refused: ")
                .contains("is signed by stranger@project.example (https://id.project.example), who is not a listed");
        assertThat(mirror.folder().repositories()).containsExactly("prod/app");
        assertThat(summary(app.digest()).levels()).contains("SLSA_BUILD_LEVEL_3");
    }

    @Test
    void provenanceUnderTheTagOfCosign2MeetsAPolicyAsWell() throws Exception {
        Digest envelope = builder.attestByTag(staging, staged, app.digest());

        Ran ran = withKey(manifest(SampleBuilder.POLICY, Map.of("app", app)));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(summary(app.digest()).levels()).contains("SLSA_BUILD_LEVEL_3");
        assertThat(summary(app.digest()).inputs())
                .containsExactly(new InputAttestation(
                        staged.at(Attachments.attestationTag(app.digest())).toString(), envelope));
    }

    @Test
    void aKeyAsksForNobodysRootWhereNoPolicyTakesCertificates() throws Exception {
        builder.attest(staged, app.digest(), SampleBuilder.BUILDER);
        Path trace = folder.resolve("trace.jsonl");

        Ran ran = cip(manifest("", Map.of("app", app)), "--key", key, "--trace-requests", trace.toString());

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Files.readAllLines(trace))
                .isNotEmpty()
                .allMatch(line -> line.contains("127.0.0.1") || line.contains("localhost"));
    }

    @Test
    void withoutAKeyTheSameIsPromotedSignedAndSummedUpWithOneCertificate() throws Exception {
        Digest whole = builder.attest(staged, app.digest(), SampleBuilder.BUILDER);
        Path trace = folder.resolve("trace.jsonl");
        try (SampleServices services = SampleServices.of(builder.sigstore())) {
            Ran ran = keyless(services, "--verification-summaries", "--trace-requests", trace.toString());

            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(summary(app.digest()).levels()).contains("SLSA_BUILD_LEVEL_3");
            assertThat(summary(platforms.getFirst()).inputs()).containsExactly(input(whole));
            assertThat(Files.readAllLines(trace).stream().filter(line -> line.contains("SIGNING_CERTIFICATE")))
                    .hasSize(1);
            assertThat(kpromo(
                                    "verify",
                                    "--certificate-identity=" + PROMOTER.subject(),
                                    "--certificate-oidc-issuer=" + PROMOTER.issuer(),
                                    "--trusted-root=" + builder.trustedRoot(),
                                    "--require=signature,record,vsa",
                                    promoted + ":1.0")
                            .code())
                    .isZero();
            Ran again = keyless(services, "--verification-summaries");
            assertThat(again.err()).contains("nothing to do");
        }
    }

    @Test
    void whoCannotSignSummariesAsTheirAccountIsToldBeforeAnythingIsCopied() throws Exception {
        builder.attest(staged, app.digest(), SampleBuilder.BUILDER);
        try (SampleServices services = SampleServices.of(builder.sigstore())) {
            Ran ran = keyless(services, "--verification-summaries", "--summary-signer-account=vsa@project.example");

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("cannot sign summaries as vsa@project.example");
            assertThat(mirror.folder().repositories()).isEmpty();
        }
    }

    private Ran keyless(SampleServices services, String... more) throws Exception {
        SigningServices signing = services.signing();
        List<String> words = new ArrayList<>(List.of(
                "--identity-token",
                Files.writeString(
                                folder.resolve("token"),
                                SampleServices.token(PROMOTER).reveal())
                        .toString(),
                "--fulcio-url=" + signing.authority(),
                "--rekor-url=" + signing.logs().getFirst().address(),
                "--trusted-root=" + builder.trustedRoot(),
                "--certificate-identity=" + PROMOTER.subject(),
                "--certificate-oidc-issuer=" + PROMOTER.issuer()));
        words.addAll(Arrays.asList(more));
        return cip(manifest(SampleBuilder.POLICY, Map.of("app", app)), words.toArray(String[]::new));
    }

    @Test
    void otherOrganisationsCallThemselvesAsTheyLike() throws Exception {
        builder.attest(staged, app.digest(), SampleBuilder.BUILDER);

        Ran ran = withKey(
                manifest(SampleBuilder.POLICY, Map.of("app", app)),
                "--builder-id=https://example.org/promoter",
                "--verifier-id=https://example.org/verifier",
                "--reviewed-level=ORG_REVIEWED");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(summary(app.digest()).verifier().id()).isEqualTo("https://example.org/verifier");
        assertThat(summary(app.digest()).levels()).containsExactly("SLSA_BUILD_LEVEL_3", "ORG_REVIEWED");
        assertThat(PromotionRecord.of(builder.statement(promoted, app.digest(), PredicateTypes.PROMOTION_RECORD))
                        .builderId())
                .startsWith("https://example.org/promoter@");
    }
}
