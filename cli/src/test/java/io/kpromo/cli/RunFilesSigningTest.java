// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunFilesSigningTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("COSIGN_PASSWORD", "correct horse");

    @TempDir
    private Path folder = Path.of("");

    private Registry one;
    private Registry other;

    @BeforeEach
    void open() throws IOException {
        one = Registry.open(RegistryOptions.in(folder.resolve("one")));
        other = Registry.open(RegistryOptions.in(folder.resolve("other")));
        Files.createDirectories(folder.resolve("staging/v1.0.0"));
        Files.writeString(folder.resolve("staging/v1.0.0/tool"), "content");
        Files.writeString(folder.resolve("filestores.yaml"), """
                filestores:
                - base: file://%s/staging
                  src: true
                - base: oci://%s/prod
                - base: oci://%s/prod
                """.formatted(folder, one.host(), other.host()));
        Files.writeString(folder.resolve("files.yaml"), """
                files:
                - name: v1.0.0/tool
                  sha256: %s
                """.formatted(
                        Digest.sha256("content".getBytes(UTF_8)).hex()));
        assertThat(kpromo(ENVIRONMENT, "keys", "generate", "--output", key("k")).code())
                .isZero();
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void aFileInARegistryIsSignedAndRecordedAndASecondRunHasNothingToDo() throws IOException {
        Ran first = run("--confirm", "--key", key("k.key"));
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("done: 2 copied (edges); 1 signed (signatures and records)");
        int written = one.counts().total();

        Ran verified = kpromo("verify", "--key", key("k.pub"), "--require", "signature,record", tool(one));
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(kpromo("verify", "--key", key("k.pub"), tool(other)).code()).isNotZero();

        one.resetCounts();
        Ran second = run("--confirm", "--key", key("k.key"));
        assertThat(second.code()).isZero();
        assertThat(second.err()).contains("nothing to do: 2 up to date (edges); 1 complete (signatures and records)");
        assertThat(one.counts().total()).isEqualTo(3).isLessThan(written);
    }

    @Test
    void aSignatureThatWasLostIsWrittenByTheNextRun() throws IOException {
        assertThat(run("--confirm", "--sign=false").err()).contains("done: 2 copied (edges)\n");
        assertThat(kpromo("verify", "--key", key("k.pub"), tool(one)).code()).isNotZero();
        assertThat(run("--confirm", "--key", key("k.key")).err()).contains("2 up to date (edges); 1 signed");
        assertThat(kpromo("verify", "--key", key("k.pub"), tool(one)).code()).isZero();
    }

    @Test
    void theRecordTellsTheFileAndItsDigest() throws IOException {
        Ran ran = run("--confirm", "--key", key("k.key"), "--report-json", key("report.json"));
        assertThat(ran.code()).isZero();
        String record = stored().stream()
                .filter(text -> text.contains("dstRef"))
                .findFirst()
                .orElseThrow();
        assertThat(record)
                .contains("\"srcRef\":\"file://" + folder + "/staging/v1.0.0/tool@sha256:")
                .contains("\"dstRef\":\"" + one.host() + "/prod/tool\"")
                .contains("\"tags\":[\"v1.0.0\"]");
        assertThat(folder.resolve("report.json")).content().contains("\"signed\"");
    }

    @Test
    void aKeyThatCannotBeOpenedIsFoundOutBeforeAnythingIsCopied() throws IOException {
        Ran ran = kpromo(Map.of("COSIGN_PASSWORD", "wrong"), words("--confirm", "--key", key("k.key")));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(one.counts().total()).isZero();
        assertThat(run("--verification-summaries").code()).isEqualTo(2);
    }

    /// Payloads of all statements that a registry holds.
    private List<String> stored() throws IOException {
        List<String> payloads = new ArrayList<>();
        try (var all = Files.walk(folder.resolve("one"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                int payload = text.indexOf("\"payload\":\"");
                if (payload >= 0) {
                    int from = payload + "\"payload\":\"".length();
                    String encoded = text.substring(from, text.indexOf('"', from));
                    payloads.add(new String(Base64.getDecoder().decode(encoded), UTF_8));
                }
            }
        }
        return payloads;
    }

    private static String tool(Registry registry) {
        return registry.host() + "/prod/tool:v1.0.0";
    }

    private String key(String name) {
        return folder.resolve(name).toString();
    }

    private String[] words(String... more) {
        List<String> words = new ArrayList<>(
                List.of("run", "files", "--filestores", key("filestores.yaml"), "--files", key("files.yaml")));
        words.addAll(Arrays.asList(more));
        return words.toArray(String[]::new);
    }

    private Ran run(String... more) {
        return kpromo(ENVIRONMENT, words(more));
    }
}
