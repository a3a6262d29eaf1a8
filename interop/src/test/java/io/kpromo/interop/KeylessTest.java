// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.Identity;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.sigstore.KeylessSignatory;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.store.Attached;
import io.kpromo.trust.store.AttachedBundle;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.Loaded;
import io.kpromo.trust.store.StoreLimits;
import io.kpromo.trust.verify.CertificateVerifier;
import io.kpromo.trust.verify.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keyless signatures on a Sigstore of others' programs: what kpromo signs, cosign verifies, and the other way
/// round.
@Tag("interop")
class KeylessTest {
    private static final String EMAIL = "release@project.example";
    private static final String NAME = "registry.example/app";
    private static final SampleImage IMAGE = SampleImage.image()
            .platforms("linux/amd64")
            .layers(1)
            .layerSize(1000)
            .build();

    @TempDir
    private Path folder;

    private final HttpTransport transport = HttpTransport.open(TransportOptions.standard());

    @AfterEach
    void close() {
        transport.close();
    }

    /// All that a test needs.
    private record Lab(PrivateSigstore sigstore, Registry registry, Foreign cosign, Attachments attachments)
            implements AutoCloseable {
        Repository repository() {
            return Repository.parse(registry.host() + "/prod/app");
        }

        String image() {
            return repository() + "@" + IMAGE.digest();
        }

        /// Runs cosign on the image as somebody who trusts this Sigstore.
        String verify(String command, String email, String... more) throws Exception {
            List<String> arguments = new ArrayList<>(List.of(
                    command,
                    "--trusted-root",
                    sigstore.trustedRoot().toString(),
                    "--certificate-identity",
                    email,
                    "--certificate-oidc-issuer",
                    sigstore.issuerUrl(),
                    "--allow-http-registry"));
            if (!sigstore.hasCertificateLog()) {
                arguments.add("--insecure-ignore-sct");
            }
            arguments.addAll(List.of(more));
            arguments.add(image());
            return cosign.text(arguments.toArray(String[]::new));
        }

        void sign(String command, String... more) throws Exception {
            List<String> arguments = new ArrayList<>(List.of(
                    command,
                    "--identity-token",
                    sigstore.tokenFile(EMAIL).toString(),
                    "--trusted-root",
                    sigstore.trustedRoot().toString(),
                    "--signing-config",
                    sigstore.signingConfig().toString(),
                    "--allow-http-registry",
                    "--yes"));
            arguments.addAll(List.of(more));
            arguments.add(image());
            cosign.text(arguments.toArray(String[]::new));
        }

        Verdict verdictOfTheOnlyBundle(String predicateType) throws Exception {
            Attached<AttachedBundle> found =
                    attachments.look(repository(), IMAGE.digest()).bundles();
            assertThat(found.all()).hasSize(1);
            assertThat(attachments.load(found.all().getFirst())).isInstanceOf(Loaded.Whole.class);
            Bundle bundle = ((Loaded.Whole<Bundle>) attachments.load(found.all().getFirst())).value();
            Statement statement = Statement.in(bundle.envelope());
            assertThat(statement.predicateType()).isEqualTo(predicateType);
            assertThat(statement.isAbout(IMAGE.digest())).isTrue();
            return CertificateVerifier.of(sigstore.root()).verify(bundle);
        }

        @Override
        public void close() {
            registry.close();
            sigstore.close();
        }
    }

    private Lab lab(boolean certificateLog) throws Exception {
        Foreign cosign = Foreign.program("cosign", folder);
        PrivateSigstore sigstore = PrivateSigstore.start(folder.resolve("sigstore"), certificateLog);
        Registry registry = Registry.open(RegistryOptions.in(folder.resolve("registry")));
        IMAGE.pushTo(registry, "prod/app", "1.0");
        Attachments attachments =
                new Attachments(new Registries(transport), new BlobIndex(), StoreLimits.standard(), Clock.systemUTC());
        return new Lab(sigstore, registry, cosign, attachments);
    }

    private KeylessSignatory signatory(Lab lab, boolean bareTags) throws Exception {
        return KeylessSignatory.of(
                transport, lab.sigstore.services(), lab.sigstore.tokens(EMAIL), bareTags, Clock.systemUTC());
    }

    private static Statement statement(String predicateType) {
        return new Statement(List.of(Subject.of(NAME, IMAGE.digest())), predicateType, JsonText.object());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatKpromoSignsCosignVerifies(boolean certificateLog) throws Exception {
        try (Lab lab = lab(certificateLog);
                KeylessSignatory signatory = signatory(lab, false)) {
            Bundle bundle = signatory.sign(statement(PredicateTypes.SIGNATURE));
            assertThat(CertificateVerifier.of(lab.sigstore.root()).verify(bundle))
                    .isInstanceOfSatisfying(
                            Verdict.Verified.class,
                            verified -> assertThat(verified.signer())
                                    .isEqualTo(new Identity.Certificate(EMAIL, lab.sigstore.issuerUrl())));
            lab.attachments.attach(lab.repository(), IMAGE.root().descriptor(), bundle, signatory.identity());

            assertThat(lab.verify("verify", EMAIL)).contains(IMAGE.digest().toString());
            assertThatThrownBy(() -> lab.verify("verify", "x" + EMAIL)).isInstanceOf(AssertionError.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatKpromoRecordsCosignVerifies(boolean certificateLog) throws Exception {
        try (Lab lab = lab(certificateLog);
                KeylessSignatory signatory = signatory(lab, false)) {
            Bundle bundle = signatory.sign(statement(PredicateTypes.PROMOTION_RECORD));
            lab.attachments.attach(lab.repository(), IMAGE.root().descriptor(), bundle, signatory.identity());

            lab.verify("verify-attestation", EMAIL, "--type", PredicateTypes.PROMOTION_RECORD);
            assertThatThrownBy(() ->
                            lab.verify("verify-attestation", EMAIL, "--type", PredicateTypes.VERIFICATION_SUMMARY))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTagFormWithATimestampVerifiesWithoutTheLog(boolean certificateLog) throws Exception {
        try (Lab lab = lab(certificateLog);
                KeylessSignatory signatory = signatory(lab, true)) {
            var signed = signatory
                    .sign(new SimpleSigning(NAME, IMAGE.digest(), Map.of()))
                    .orElseThrow();
            lab.attachments.appendSignatures(lab.repository(), IMAGE.digest(), List.of(signed));

            assertThat(CertificateVerifier.of(lab.sigstore.root()).withoutLog().verify(signed))
                    .isInstanceOf(Verdict.Verified.class);
            lab.verify("verify", EMAIL, "--new-bundle-format=false", "--insecure-ignore-tlog");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCosignSignsKpromoVerifies(boolean certificateLog) throws Exception {
        try (Lab lab = lab(certificateLog)) {
            lab.sign("sign");

            assertThat(lab.verdictOfTheOnlyBundle(PredicateTypes.SIGNATURE))
                    .isInstanceOfSatisfying(Verdict.Verified.class, verified -> {
                        assertThat(verified.signer())
                                .isEqualTo(new Identity.Certificate(EMAIL, lab.sigstore.issuerUrl()));
                        assertThat(verified.signedAt()).isPresent();
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCosignAttestsKpromoVerifies(boolean certificateLog) throws Exception {
        try (Lab lab = lab(certificateLog)) {
            Path predicate = Files.writeString(folder.resolve("predicate.json"), "{\"a\":1}");
            lab.sign("attest", "--type", "https://example.org/check/v1", "--predicate", predicate.toString());

            assertThat(lab.verdictOfTheOnlyBundle("https://example.org/check/v1"))
                    .isInstanceOf(Verdict.Verified.class);
        }
    }

    @Test
    void anotherSigstoreKnowsNothingOfTheseSignatures() throws Exception {
        try (Lab lab = lab(true);
                PrivateSigstore other = PrivateSigstore.start(folder.resolve("other"), true);
                KeylessSignatory signatory = signatory(lab, false)) {
            Bundle bundle = signatory.sign(statement(PredicateTypes.SIGNATURE));

            assertThat(CertificateVerifier.of(other.root()).verify(bundle)).isInstanceOf(Verdict.Unverifiable.class);
        }
    }
}
