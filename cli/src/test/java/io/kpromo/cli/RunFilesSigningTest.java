// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
    void aDryRunTellsWhatWouldBeSignedAndWritesNothing() throws IOException {
        Ran first = run("--key", key("k.pub"), "--report-json", key("report.json"));
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err())
                .contains("sign " + tool(one) + ": signature (tag), signature (bundle), promotion record\n")
                .doesNotContain("sign " + other.host())
                .contains("dry run, nothing was written: 2 to copy (edges); 1 to sign (signatures and records)");
        assertThat(folder.resolve("report.json")).content().contains("\"to-sign\":1");
        assertThat(run("--sign=false").err()).contains("2 to copy (edges)\n");

        assertThat(run("--confirm", "--sign=false").code()).isZero();
        one.resetCounts();
        Ran second = run("--key", key("k.pub"));
        assertThat(second.err())
                .containsPattern(
                        "sign " + one.host() + "/prod/tool@sha256:[0-9a-f]{64}: signature \\(tag\\), signature")
                .contains("dry run, nothing was written: 2 up to date (edges); 1 to sign (signatures and records)");
        assertThat(one.counts().total()).as("the file, its referrers, its tag").isEqualTo(3);

        assertThat(run("--confirm", "--key", key("k.key")).code()).isZero();
        assertThat(run("--key", key("k.pub")).err())
                .contains("nothing to do: 2 up to date (edges); 1 complete (signatures and records)");
    }

    @Test
    void withoutAKeyAndWithoutATokenNothingIsCopiedAndALineSaysWhatToDo() throws IOException {
        Files.createDirectories(folder.resolve("mirror"));
        Files.writeString(
                folder.resolve("filestores.yaml"),
                Files.readString(folder.resolve("filestores.yaml")) + "- base: file://" + folder + "/mirror\n");
        Ran ran = kpromo(Map.of(), words("--confirm"));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no identity token here", "--key", "--sign=false");
        assertThat(ran.out()).contains("FINISHED WITH ERRORS");
        assertThat(one.folder().repositories()).isEmpty();
        assertThat(folder.resolve("mirror")).isEmptyDirectory();
    }

    @Test
    void aDryRunNeedsNoToken() {
        Ran ran = kpromo(Map.of(), words());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("2 to copy (edges); 1 to sign (signatures and records)");
    }

    @Test
    void whereAFileIsRefusedNothingIsSignedEither() throws IOException {
        assertThat(run("--confirm", "--sign=false").code()).isZero();
        Files.createDirectories(folder.resolve("mirror/v1.0.0"));
        Files.writeString(folder.resolve("mirror/v1.0.0/tool"), "changed");
        Files.writeString(
                folder.resolve("filestores.yaml"),
                Files.readString(folder.resolve("filestores.yaml")) + "- base: file://" + folder + "/mirror\n");
        Ran ran = run("--confirm", "--key", key("k.key"));
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).doesNotContain("signed");
        assertThat(kpromo("verify", "--key", key("k.pub"), tool(one)).code()).isNotZero();
    }

    @Test
    void theRecordTellsTheFileAndItsDigest() throws IOException {
        Ran ran = run("--confirm", "--key", key("k.key"), "--report-json", key("report.json"));
        assertThat(ran.code()).isZero();
        String record = StoredStatements.in(folder.resolve("one")).stream()
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
        assertThat(ran.out())
                .isEqualTo("********** START **********\n********** FINISHED WITH ERRORS **********\n"
                        + "cannot sign with the key " + key("k.key")
                        + ": the password does not open it; see COSIGN_PASSWORD\n");
        assertThat(one.counts().total()).isZero();
        assertThat(run("--verification-summaries").code()).isEqualTo(2);
    }

    @Test
    void whatCouldNotBeSignedIsAnErrorInWhatIsPrinted() {
        one.faults().add(Fault.on(Kind.REFERRERS).answers(403));
        Ran ran = run("--confirm", "--key", key("k.key"));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("********** FINISHED WITH ERRORS **********\nsign " + one.host() + "/prod/tool@sha256:")
                .contains("403");
        assertThat(ran.err()).contains("failed: 2 copied (edges); 1 failed").doesNotContain("403");
    }

    @Test
    void theTimeThatIsToldHoldsThatOfSigning() throws IOException {
        Duration signing = Duration.ofMillis(1_500);
        one.faults().add(Fault.on(Kind.REFERRERS).by(new Effect.Delays(signing)));
        Path report = folder.resolve("report.json");

        Ran ran = run("--confirm", "--key", key("k.key"), "--report-json", report.toString());

        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode taken = JsonMapper.shared().readTree(Files.readString(report)).at("/milliseconds");
        assertThat(taken.at("/execute").asLong()).isGreaterThanOrEqualTo(signing.toMillis());
        assertThat(ran.err()).containsPattern("\\d requests, [1-9][\\d.]* s");
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
