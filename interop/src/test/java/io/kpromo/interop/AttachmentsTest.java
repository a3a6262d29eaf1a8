// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Host;
import io.kpromo.oci.Repository;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.key.KeySignatory;
import io.kpromo.trust.key.KeyVerifier;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.store.AttachedBundle;
import io.kpromo.trust.store.AttachedPayload;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.Loaded;
import io.kpromo.trust.store.Looked;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.store.StoreLimits;
import io.kpromo.trust.verify.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;

/// What we attach to images, other programs find and verify, on registries with the referrers API (ours) and
/// without (the others); what they attach, we find and keep.
@Tag("interop")
class AttachmentsTest {
    private static final String PASSWORD = "not much of a secret";
    private static final String NAME = "registry.example/app";

    @TempDir
    private Path folder;

    private final SampleImage image = SampleImage.image().build();
    private final Registries client = new Registries(HttpTransport.open(TransportOptions.standard()));
    private final Attachments attachments =
            new Attachments(client, new BlobIndex(), StoreLimits.standard(), InstantSource.system());
    private Path key;
    private Path publicKey;
    private Signatory signatory;

    @BeforeEach
    void makeAKey() {
        key = folder.resolve("test.key");
        publicKey = folder.resolve("test.pub");
        Keys.generate(Secret.of(PASSWORD), new SecureRandom()).write(key, publicKey);
        signatory = new KeySignatory(Keys.read(key, () -> Optional.of(Secret.of(PASSWORD))));
    }

    @AfterEach
    void close() {
        signatory.close();
        client.close();
    }

    /// A registry with the image.
    private Repository filled(Server server) throws IOException, InterruptedException {
        image.pushTo(URI.create("http://" + server.host()), "app", "1.0");
        return new Repository(new Host(server.host()), "app");
    }

    private String reference(Repository app) {
        return app.at(image.digest()).toString();
    }

    private void signTag(Repository app) throws InterruptedException {
        attachments.appendSignatures(
                app,
                image.digest(),
                List.of(signatory
                        .sign(new SimpleSigning(NAME, image.digest(), Map.of("by", "kpromo")))
                        .orElseThrow()));
    }

    private AttachedBundle attach(Repository app, String predicateType) throws InterruptedException {
        Statement statement = new Statement(
                List.of(Subject.of(NAME, image.digest())), predicateType, JsonNodeFactory.instance.objectNode());
        return attachments.attach(app, image.root().descriptor(), signatory.sign(statement), signatory.identity());
    }

    private String cosign(String... arguments) throws IOException, InterruptedException {
        return new String(
                Foreign.program("cosign", folder).run(Map.of("COSIGN_PASSWORD", PASSWORD), arguments),
                StandardCharsets.UTF_8);
    }

    private String cosignVerifiesTheTag(Repository app) throws IOException, InterruptedException {
        return cosign(
                "verify",
                "--key=" + publicKey,
                "--insecure-ignore-tlog=true",
                "--private-infrastructure",
                "--new-bundle-format=false",
                "--allow-http-registry",
                reference(app));
    }

    private void cosignSignsTheTag(Repository app) throws IOException, InterruptedException {
        cosign(
                "sign",
                "--key=" + key,
                "--tlog-upload=false",
                "--new-bundle-format=false",
                "--use-signing-config=false",
                "--allow-http-registry",
                "-y",
                reference(app));
    }

    private String orasDiscovers(Repository app) throws IOException, InterruptedException {
        return Foreign.program("oras", folder).text("discover", "--plain-http", "--format", "json", reference(app));
    }

    private void orasAttaches(Repository app, String type) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("file.txt"), type);
        Foreign.program("oras", folder)
                .text("attach", "--plain-http", "--artifact-type", type, reference(app), "file.txt:text/plain");
    }

    @ParameterizedTest
    @EnumSource
    void orasAndRegctlListWhatWeAttach(Server.Kind kind) throws IOException, InterruptedException {
        try (Server server = kind.start(folder.resolve("server"), Optional.empty())) {
            Repository app = filled(server);
            AttachedBundle signature = attach(app, PredicateTypes.SIGNATURE);
            AttachedBundle record = attach(app, PredicateTypes.PROMOTION_RECORD);

            assertThat(orasDiscovers(app))
                    .contains(signature.digest().toString())
                    .contains(record.digest().toString())
                    .contains(PredicateTypes.PROMOTION_RECORD)
                    .contains(signatory.identity().toString());
            assertThat(Foreign.program("regctl", folder)
                            .text(
                                    "artifact",
                                    "list",
                                    "--host",
                                    "reg=" + server.host() + ",tls=disabled",
                                    "--format",
                                    "raw-body",
                                    reference(app)))
                    .contains(signature.digest().toString())
                    .contains(record.digest().toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatOrasAttachesStaysListedWhenWeAttachAndTheOtherWayRound(Server.Kind kind)
            throws IOException, InterruptedException {
        try (Server server = kind.start(folder.resolve("server"), Optional.empty())) {
            Repository app = filled(server);
            orasAttaches(app, "application/x-first");
            AttachedBundle signature = attach(app, PredicateTypes.SIGNATURE);
            orasAttaches(app, "application/x-last");

            assertThat(orasDiscovers(app))
                    .contains("application/x-first")
                    .contains(signature.digest().toString())
                    .contains("application/x-last");
            assertThat(attachments.look(app, image.digest()).bundles().all()).containsExactly(signature);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cosignVerifiesBothOfOurForms(Server.Kind kind) throws IOException, InterruptedException {
        try (Server server = kind.start(folder.resolve("server"), Optional.empty())) {
            Repository app = filled(server);
            signTag(app);
            attach(app, PredicateTypes.SIGNATURE);

            assertThat(cosignVerifiesTheTag(app)).contains(NAME).contains("\"by\":\"kpromo\"");
            assertThat(cosign(
                            "verify",
                            "--key=" + publicKey,
                            "--insecure-ignore-tlog=true",
                            "--allow-http-registry",
                            reference(app)))
                    .contains(PredicateTypes.SIGNATURE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void signaturesOfBothProgramsUnderOneTagStayAndVerify(Server.Kind kind) throws IOException, InterruptedException {
        try (Server server = kind.start(folder.resolve("server"), Optional.empty())) {
            Repository app = filled(server);
            cosignSignsTheTag(app);
            signTag(app);
            assertThat(cosignVerifiesTheTag(app)).contains(NAME).contains(server.host() + "/app");
            cosignSignsTheTag(app);
            signTag(app);

            assertThat(cosignVerifiesTheTag(app)).contains(NAME).contains(server.host() + "/app");
            // cosign does not repeat a signature of its own that is there.
            assertAllVerify(app, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cosignSignsOnTopOfOurs(Server.Kind kind) throws IOException, InterruptedException {
        try (Server server = kind.start(folder.resolve("server"), Optional.empty())) {
            Repository app = filled(server);
            signTag(app);
            cosignSignsTheTag(app);

            assertThat(cosignVerifiesTheTag(app)).contains(NAME).contains(server.host() + "/app");
            assertAllVerify(app, 2);
        }
    }

    private void assertAllVerify(Repository app, int count) throws InterruptedException {
        Looked looked = attachments.look(app, image.digest());
        assertThat(looked.findings()).isEmpty();
        assertThat(looked.payloads().all()).hasSize(count);
        KeyVerifier verifier = KeyVerifier.of(Keys.publicKeys(publicKey));
        for (AttachedPayload layer : looked.payloads().all()) {
            assertThat(attachments.payload(layer))
                    .isInstanceOfSatisfying(
                            Loaded.Whole.class,
                            whole -> assertThat(verifier.verify((SignedPayload) whole.value()))
                                    .isInstanceOf(Verdict.Verified.class));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBundleThatCosignWritesIsFoundAndVerified(Server.Kind kind) throws IOException, InterruptedException {
        try (Server server = kind.start(folder.resolve("server"), Optional.empty())) {
            Repository app = filled(server);
            attach(app, PredicateTypes.PROMOTION_RECORD);
            cosign(
                    "sign",
                    "--key=" + key,
                    "--tlog-upload=false",
                    "--use-signing-config=false",
                    "--allow-http-registry",
                    "-y",
                    reference(app));

            Looked looked = attachments.look(app, image.digest());

            assertThat(looked.findings()).isEmpty();
            assertThat(looked.bundles().all()).hasSize(2);
            for (AttachedBundle bundle : looked.bundles().all()) {
                KeyVerifier verifier = KeyVerifier.of(Keys.publicKeys(publicKey));
                assertThat(attachments.load(bundle))
                        .isInstanceOfSatisfying(
                                Loaded.Whole.class,
                                whole -> assertThat(verifier.verify((Bundle) whole.value()))
                                        .isInstanceOf(Verdict.Verified.class));
            }
        }
    }
}
