// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `kpromo cip` with signing on, as users run it.
class CipSigningTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final Map<String, String> ENVIRONMENT = Map.of("COSIGN_PASSWORD", PASSWORD);

    @TempDir
    private Path folder;

    private Registry staging;
    private Registry mirror;
    private final SampleImage image =
            SampleImage.image().platforms("linux/amd64").layers(1).seed(1).build();

    @BeforeEach
    void open() throws IOException {
        staging = Registry.open(RegistryOptions.in(folder.resolve("staging")));
        mirror = Registry.open(RegistryOptions.in(folder.resolve("mirror")));
        image.pushTo(staging, "staging/app", "build-1");
        assertThat(kpromo(ENVIRONMENT, "keys", "generate", "--output", key("k")).code())
                .isZero();
    }

    @AfterEach
    void close() {
        staging.close();
        mirror.close();
    }

    private String key(String name) {
        return folder.resolve(name).toString();
    }

    private Ran cip(Map<String, String> environment, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("cip", "--manifest", manifest()));
        words.addAll(Arrays.asList(more));
        return kpromo(environment, words.toArray(String[]::new));
    }

    @Test
    void whatIsPromotedIsSignedAndASecondRunHasNothingToDo() throws IOException {
        Ran first = cip(ENVIRONMENT, "--confirm", "--key", key("k.key"));
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("done: 1 copied (edges); 1 signed (signatures and records)");

        Ran second = cip(ENVIRONMENT, "--confirm", "--key", key("k.key"));
        assertThat(second.code()).isZero();
        assertThat(second.err()).contains("nothing to do: 1 up to date (edges); 1 complete (signatures and records)");
    }

    @Test
    void aDryRunShowsWhatWouldBeSignedAndNeedsNoPassword() throws IOException {
        Ran ran = cip(Map.of(), "--key", key("k.key"));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err())
                .contains("sign " + mirror.host() + "/prod/app@" + image.digest()
                        + ": signature (tag), signature (bundle), promotion record")
                .contains("1 to sign (signatures and records)");
    }

    @Test
    void aMissingPasswordAWrongOneAndAMissingKeyAreFoundOutBeforeAnythingIsCopied() throws IOException {
        for (Ran ran : List.of(
                cip(Map.of(), "--confirm", "--key", key("k.key")),
                cip(Map.of("COSIGN_PASSWORD", "wrong"), "--confirm", "--key", key("k.key")),
                cip(ENVIRONMENT, "--confirm", "--key", key("none.key")))) {
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err().lines())
                    .last()
                    .asString()
                    .startsWith("error: ")
                    .contains(".key");
            assertThat(mirror.counts().total()).isZero();
        }
    }

    @Test
    void withoutAKeyAndWithoutATokenNothingIsCopiedAndALineSaysWhatToDo() throws IOException {
        Ran ran = cip(Map.of(), "--confirm");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no identity token here", "--key", "--sign=false");
        assertThat(mirror.folder().repositories()).isEmpty();
    }

    @Test
    void withSigningOffNothingIsSignedAndNothingIsRecorded() throws IOException {
        Ran ran = cip(Map.of(), "--confirm", "--sign=false");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).doesNotContain("signatures and records");
        assertThat(mirror.folder().repository("prod/app").tags()).containsExactly("1.0");
        assertThat(mirror.folder().repository("prod/app").referrers(image.digest()))
                .isEmpty();
    }

    @Test
    void onlyTheFormatThatIsAskedForIsWritten() throws IOException {
        cip(ENVIRONMENT, "--confirm", "--key", key("k.key"), "--signature-format", "bundle");
        assertThat(mirror.folder().repository("prod/app").tags()).containsExactly("1.0");
        cip(ENVIRONMENT, "--confirm", "--key", key("k.key"), "--signature-format", "tag");
        assertThat(mirror.folder().repository("prod/app").tags())
                .contains("sha256-" + image.digest().hex() + ".sig");
    }

    @Test
    void theIdentityMapSaysWhatSignaturesAreAbout() throws IOException {
        Path json = folder.resolve("r.json");
        cip(
                ENVIRONMENT,
                "--key",
                key("k.key"),
                "--identity-map",
                mirror.host() + "/prod=images.example.org",
                "--report-json",
                json.toString());
        JsonNode proof = JsonMapper.shared().readTree(Files.readString(json)).at("/proofs/images/0");
        assertThat(proof.at("/name").asString()).isEqualTo("images.example.org/app");
        assertThat(proof.at("/state").asString()).isEqualTo("to-sign");
        assertThat(proof.at("/pieces").size()).isEqualTo(3);
    }

    @Test
    void flagsOfSigningThatMakeNoSenseAreRefused() throws IOException {
        for (Ran ran : List.of(
                cip(Map.of(), "--signature-format", "jar"),
                cip(Map.of(), "--identity-map", "nothing"),
                cip(Map.of(), "--canonical-registry", "Not A Host"),
                cip(Map.of(), "--max-signature-ops", "0"),
                cip(Map.of(), "--certificate-identity-regexp", "("),
                cip(Map.of(), "--rekor-version", "3"),
                cip(Map.of(), "--summary-signer-account", "vsa@example.com"),
                cip(Map.of(), "--verification-summaries", "--summary-signer-account=a", "--key", key("k.key")),
                cip(Map.of(), "--builder-id", "promoter"),
                cip(Map.of(), "--builder-id", "https://example.org/promoter@v1"),
                cip(Map.of(), "--verifier-id", "not a URI"),
                cip(Map.of(), "--reviewed-level", "SLSA_BUILD_LEVEL_4"),
                cip(Map.of(), "--reviewed-level", "FAILED"),
                cip(ENVIRONMENT, "--key", key("k.key"), "--certificate-identity", "me"))) {
            assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        }
    }

    @Test
    void secretsAppearInNoOutputTraceReportOrRegistryAtAnyLogLevel() throws IOException {
        String token = "eyJhbGciOiJub25lIn0.c2VjcmV0LXRva2Vu.c2lnbmF0dXJl";
        Map<String, String> environment = Map.of("COSIGN_PASSWORD", PASSWORD, "SIGSTORE_ID_TOKEN", token);
        String[] traced = {
            "--confirm",
            "--log-level=trace",
            "--trace-requests",
            folder.resolve("trace.jsonl").toString(),
            "--report",
            folder.resolve("r.html").toString(),
            "--report-json",
            folder.resolve("r.json").toString()
        };
        StringBuilder all = new StringBuilder();
        for (String[] signer : new String[][] {
            {"--key", key("k.key")},
            {"--key", key("broken.key")},
            {"--fulcio-url", "http://" + mirror.host(), "--rekor-url", "http://" + mirror.host()}
        }) {
            Files.writeString(
                    folder.resolve("broken.key"),
                    Files.readString(folder.resolve("k.key")).replace('a', 'b'));
            Ran ran = cip(
                    environment,
                    Stream.of(signer, traced).flatMap(Arrays::stream).toArray(String[]::new));
            all.append(ran.out()).append(ran.err());
        }
        for (String file : List.of("trace.jsonl", "r.html", "r.json")) {
            all.append(Files.readString(folder.resolve(file)));
        }
        try (Stream<Path> files = Files.walk(folder.resolve("mirror"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        String keyText = Files.readAllLines(folder.resolve("k.key")).get(1);
        assertThat(all.toString())
                .isNotEmpty()
                .doesNotContain(PASSWORD)
                .doesNotContain(token)
                .doesNotContain("c2VjcmV0LXRva2Vu")
                .doesNotContain(keyText)
                .doesNotContain("PRIVATE KEY");
    }

    private String manifest() throws IOException {
        String text = """
                registries:
                - name: %s/staging
                  src: true
                - name: %s/prod
                images:
                - name: app
                  dmap:
                    "%s": ["1.0"]
                """.formatted(staging.host(), mirror.host(), image.digest());
        return Files.writeString(folder.resolve("m.yaml"), text).toString();
    }
}
