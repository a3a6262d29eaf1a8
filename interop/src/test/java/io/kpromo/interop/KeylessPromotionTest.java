// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A promotion that signs without a key of its own, on a Sigstore of others' programs.
@Tag("interop")
class KeylessPromotionTest {
    private static final String EMAIL = "release@project.example";

    /// Two images, each an index and two platforms.
    private static final int SIGNED = 2 * 3;

    private static final int RECORDED = 2;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signsWhatItPromotesForCosignToVerifyAndARerunSignsNothing(boolean certificateLog, @TempDir Path folder)
            throws Exception {
        Foreign cosign = Foreign.program("cosign", folder);
        try (PrivateSigstore sigstore = PrivateSigstore.start(folder.resolve("sigstore"), certificateLog);
                Stage stage = Stage.open(folder, Stage.images(2))) {
            promoteTwice(folder, sigstore, stage, "both", SIGNED + RECORDED);
            for (String image : new String[] {"image-0", "image-1"}) {
                for (String command : new String[] {"verify", "verify-attestation"}) {
                    cosign.text(
                            command,
                            "--trusted-root",
                            sigstore.trustedRoot().toString(),
                            "--certificate-identity",
                            EMAIL,
                            "--certificate-oidc-issuer",
                            sigstore.issuerUrl(),
                            "--allow-http-registry",
                            "--insecure-ignore-sct=" + !certificateLog,
                            command.equals("verify")
                                    ? "--check-claims=true"
                                    : "--type=https://k8s.io/promo-tools/promotion/v1",
                            stage.mirrors().getFirst().host() + "/prod/" + image + ":1.0");
                }
            }
        }
    }

    @Test
    void tagsWithATimestampAloneAreNotSignedAgainByARerun(@TempDir Path folder) throws Exception {
        try (PrivateSigstore sigstore = PrivateSigstore.start(folder.resolve("sigstore"), true);
                Stage stage = Stage.open(folder, Stage.images(2))) {
            // Signatures under tags have a timestamp instead.
            promoteTwice(folder, sigstore, stage, "tag", RECORDED);
        }
    }

    private static void promoteTwice(Path folder, PrivateSigstore sigstore, Stage stage, String format, int logged)
            throws Exception {
        Path token = sigstore.tokenFile(EMAIL);
        Path trace = folder.resolve("trace");
        String[] promotion = {
            "cip",
            "--manifest",
            stage.manifest().toString(),
            "--confirm",
            "--signature-format",
            format,
            "--trusted-root",
            sigstore.trustedRoot().toString(),
            "--signing-config",
            sigstore.signingConfig().toString(),
            "--identity-token",
            token.toString(),
            "--certificate-identity",
            EMAIL,
            "--certificate-oidc-issuer",
            sigstore.issuerUrl(),
            "--trace-requests",
            trace.toString()
        };
        Kpromo.Ended first = Kpromo.at(folder).run(promotion);
        assertThat(first.exit()).as(first.story()).isZero();
        assertThat(first.story() + Files.readString(trace)).doesNotContain(Files.readString(token));
        assertThat(Files.readAllLines(trace).stream().filter(line -> line.contains("SIGNING_CERTIFICATE")))
                .hasSize(1);
        assertThat(Files.readAllLines(trace).stream().filter(line -> line.contains("LOG_ENTRY")))
                .as("one for each signature and each record")
                .hasSize(logged);

        stage.resetCounts();
        Kpromo.Ended second = Kpromo.at(folder).run(promotion);
        assertThat(second.exit()).as(second.story()).isZero();
        stage.assertNothingWritten("a rerun");
        assertThat(Files.readString(trace)).doesNotContain("LOG_ENTRY").doesNotContain("SIGNING_CERTIFICATE");
    }
}
