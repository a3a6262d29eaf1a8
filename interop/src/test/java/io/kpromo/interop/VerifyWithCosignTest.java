// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `kpromo verify`, `attestations` and `sigcheck` beside cosign, with keys that either program made.
@Tag("interop")
class VerifyWithCosignTest {
    private static final String PASSWORD = "open sesame";
    private static final String RECORD = "https://k8s.io/promo-tools/promotion/v1";

    @TempDir
    private Path folder;

    private final SampleImage image = SampleImage.image().build();

    private String filled(Server server) throws IOException, InterruptedException {
        image.pushTo(URI.create("http://" + server.host()), "app", "1.0");
        return server.host() + "/app:1.0";
    }

    private Kpromo.Ended kpromo(String... words) throws IOException, InterruptedException {
        return Kpromo.at(folder).with("COSIGN_PASSWORD", PASSWORD).run(words);
    }

    private String cosign(String command, String reference, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(more));
        words.addAll(List.of("--allow-http-registry", reference));
        return new String(
                Foreign.program("cosign", folder)
                        .run(Map.of("COSIGN_PASSWORD", PASSWORD), words.toArray(String[]::new)),
                StandardCharsets.UTF_8);
    }

    private void cosignMakesAKey() throws IOException, InterruptedException {
        Foreign.program("cosign", folder)
                .run(Map.of("COSIGN_PASSWORD", PASSWORD), "generate-key-pair", "--output-key-prefix", "pair");
    }

    private void kpromoMakesAKey() throws IOException, InterruptedException {
        Kpromo.Ended made =
                kpromo("keys", "generate", "--output", folder.resolve("pair").toString());
        assertThat(made.exit()).as(made.story()).isZero();
    }

    private String key() {
        return folder.resolve("pair.key").toString();
    }

    private String publicKey() {
        return folder.resolve("pair.pub").toString();
    }

    @ParameterizedTest
    @EnumSource
    void whatKpromoRepairsCosignVerifies(Server.Kind kind) throws IOException, InterruptedException {
        try (Server server = kind.start(folder.resolve("server"), Optional.empty())) {
            String reference = filled(server);
            cosignMakesAKey();

            Kpromo.Ended signed = kpromo("sigcheck", "--key", key(), "--confirm", reference);

            assertThat(signed.exit()).as(signed.story()).isZero();
            assertThat(cosign("verify", reference, "--key=" + publicKey(), "--insecure-ignore-tlog=true"))
                    .contains(image.digest().toString());
            assertThat(cosign(
                            "verify",
                            reference,
                            "--key=" + publicKey(),
                            "--insecure-ignore-tlog=true",
                            "--private-infrastructure",
                            "--new-bundle-format=false"))
                    .contains(image.digest().toString());
            assertThat(cosign(
                            "verify-attestation",
                            reference,
                            "--key=" + publicKey(),
                            "--insecure-ignore-tlog=true",
                            "--type=" + RECORD))
                    .contains("payload");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCosignSignsInEitherFormKpromoVerifies(Server.Kind kind) throws IOException, InterruptedException {
        try (Server server = kind.start(folder.resolve("server"), Optional.empty())) {
            String reference = filled(server);
            kpromoMakesAKey();
            assertThat(kpromo("verify", "--key", publicKey(), reference).out()).contains("no signature was found");

            cosignSigns(reference, "--new-bundle-format=true");
            Kpromo.Ended bundle = kpromo("verify", "--key", publicKey(), reference);
            assertThat(bundle.exit()).as(bundle.story()).isZero();
            assertThat(bundle.out()).contains("(referrer sha256:");

            cosignSigns(reference, "--new-bundle-format=false");
            Kpromo.Ended tag = kpromo("verify", "--key", publicKey(), reference);
            assertThat(tag.exit()).as(tag.story()).isZero();
            assertThat(tag.out()).contains("(tag sha256-");
        }
    }

    private void cosignSigns(String reference, String form) throws IOException, InterruptedException {
        cosign("sign", reference, "--key=" + key(), "--tlog-upload=false", "--use-signing-config=false", form, "-y");
    }

    @ParameterizedTest
    @EnumSource
    void whatCosignAttestsKpromoListsAndItIsNoSignature(Server.Kind kind) throws IOException, InterruptedException {
        try (Server server = kind.start(folder.resolve("server"), Optional.empty())) {
            String reference = filled(server);
            kpromoMakesAKey();
            Path predicate = Files.writeString(folder.resolve("predicate.json"), "{\"builder\": \"nobody\"}");
            for (String form : List.of("--new-bundle-format=true", "--new-bundle-format=false")) {
                cosign(
                        "attest",
                        reference,
                        "--key=" + key(),
                        "--tlog-upload=false",
                        "--use-signing-config=false",
                        form,
                        "--type=https://example.com/attested" + form.length(),
                        "--predicate=" + predicate,
                        "-y");
            }

            Kpromo.Ended listed = kpromo("attestations", "--key", publicKey(), reference);
            assertThat(listed.exit()).as(listed.story()).isZero();
            assertThat(listed.out().lines().filter(line -> line.contains("https://example.com/attested")))
                    .hasSize(2)
                    .allMatch(line -> line.contains(": verified by key "));
            assertThat(listed.out()).contains(".att, layer 0)").contains("(referrer sha256:");
            assertThat(kpromo("verify", "--key", publicKey(), reference).out()).contains("no signature was found");
        }
    }
}
