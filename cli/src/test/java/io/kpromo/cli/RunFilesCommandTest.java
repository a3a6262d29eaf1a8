// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `kpromo run files` from folders to folders.
class RunFilesCommandTest {
    private static final String KUBECTL = "content of kubectl";

    @TempDir
    private Path folder = Path.of("");

    private final List<String> files = new ArrayList<>();

    @BeforeEach
    void aSourceAndTwoDestinations() throws IOException {
        write("filestores.yaml", """
            filestores:
            - base: file://%1$s/staging
              src: true
            - base: file://%1$s/eu
            - base: file://%1$s/us
            """.formatted(folder));
        stage("linux/amd64/kubectl", KUBECTL);
    }

    @Test
    void aDryRunSaysWhatItWouldCopyAndWritesNothing() {
        Ran ran = run();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("""
            ********** START (DRY RUN) **********
            COPY "file://%1$s/staging/linux/amd64/kubectl" to "file://%1$s/eu/linux/amd64/kubectl"
            COPY "file://%1$s/staging/linux/amd64/kubectl" to "file://%1$s/us/linux/amd64/kubectl"
            ********** FINISHED (DRY RUN) **********
            """.formatted(folder));
        assertThat(ran.err()).contains("dry run, nothing was written: 2 to copy (edges)");
        assertThat(folder.resolve("eu")).doesNotExist();
    }

    @Test
    void aConfirmedRunCopiesAndTheNextHasNothingToDo() {
        Ran ran = run("--confirm");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("""
            ********** START **********
            COPY "file://%1$s/staging/linux/amd64/kubectl" to "file://%1$s/eu/linux/amd64/kubectl"
            COPY "file://%1$s/staging/linux/amd64/kubectl" to "file://%1$s/us/linux/amd64/kubectl"
            ********** FINISHED **********
            """.formatted(folder));
        assertThat(ran.err()).contains("done: 2 copied (edges)").contains("18 B read, 36 B sent");
        assertThat(folder.resolve("eu/linux/amd64/kubectl")).hasContent(KUBECTL);
        assertThat(folder.resolve("us/linux/amd64/kubectl")).hasContent(KUBECTL);

        Ran again = run("--confirm");
        assertThat(again.code()).isZero();
        assertThat(again.out()).isEqualTo("********** START **********\n********** FINISHED **********\n");
        assertThat(again.err()).contains("nothing to do: 2 up to date (edges)");
    }

    @Test
    void whatIsMissingIsAWarningUnlessItShallFail() throws IOException {
        want("gone", Digest.sha256("gone".getBytes(UTF_8)).hex());
        Ran ran = run("--confirm");
        assertThat(ran.code()).isZero();
        assertThat(ran.err())
                .contains("warning: " + folder + "/files.yaml:4:9: missing: neither file://" + folder
                        + "/staging/gone nor file://" + folder + "/eu/gone is there");
        assertThat(folder.resolve("eu/linux/amd64/kubectl")).exists();
        assertThat(run("--confirm", "--fail-on-missing").code()).isEqualTo(1);
    }

    @Test
    void otherContentIsRefusedUnlessItShallBeOverwritten() throws IOException {
        write("us/linux/amd64/kubectl", "tampered with!!!!!");
        Ran ran = run("--confirm");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out())
                .isEqualTo("********** START **********\n********** FINISHED WITH ERRORS **********\n" + folder
                        + "/files.yaml:2:9: refused: file://" + folder
                        + "/us/linux/amd64/kubectl has other content than the manifest wants: it is "
                        + Digest.sha256("tampered with!!!!!".getBytes(UTF_8)) + ", wanted is "
                        + Digest.sha256(KUBECTL.getBytes(UTF_8))
                        + "; files that were promoted do not change, use a new name, or --overwrite\n");
        assertThat(folder.resolve("eu")).doesNotExist();

        assertThat(run("--confirm", "--overwrite").code()).isZero();
        assertThat(folder.resolve("us/linux/amd64/kubectl")).hasContent(KUBECTL);
    }

    @Test
    void aSourceOfOtherContentFailsAloneAndSaysSo() throws IOException {
        stage("good", "good");
        Files.writeString(folder.resolve("staging/linux/amd64/kubectl"), "something else");
        Ran ran = run("--confirm");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("********** FINISHED WITH ERRORS **********\ncopy file://" + folder
                        + "/staging/linux/amd64/kubectl to file://" + folder + "/eu/linux/amd64/kubectl: ")
                .contains("the source sent " + Digest.sha256("something else".getBytes(UTF_8))
                        + " in its place; see who changed the source, or correct the manifest; run again only after"
                        + " that\n");
        assertThat(folder.resolve("eu/linux/amd64")).isEmptyDirectory();
        assertThat(folder.resolve("us/good")).hasContent("good");
    }

    @Test
    void aReportDoesNotAdviseToRunAgainWhereTheSourceHasSomethingElse() throws IOException {
        Files.writeString(folder.resolve("staging/linux/amd64/kubectl"), "something else");
        Path json = folder.resolve("report.json");
        assertThat(run("--confirm", "--report-json", json.toString()).code()).isEqualTo(1);
        JsonNode findings = JsonMapper.shared().readTree(Files.readString(json)).at("/findings");
        assertThat(findings)
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.path("advice").asString())
                        .isEqualTo("see who changed the source, or correct the manifest; run again only after that"));
    }

    @Test
    void keysGoToNoServerThatNobodySaysTheyBelongTo() throws IOException {
        Files.writeString(folder.resolve("filestores.yaml"), """
            filestores:
            - base: file://%s/staging
              src: true
            - base: s3://prod
              endpoint: https://minio.example:9000
            """.formatted(folder));
        Ran ran = run("--confirm");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("/filestores.yaml:4:9: s3://prod (minio.example:9000) names no profile");
    }

    @Test
    void aServerIsNamedOneWay() throws IOException {
        Files.writeString(folder.resolve("filestores.yaml"), """
            filestores:
            - base: s3://staging
              endpoint: http://minio.example:9000
              src: true
            - base: gs://prod
              endpoint: https://minio.example:9000
            """);
        Ran ran = run();
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("minio.example:9000 is named by http:// and by https://; name it one way");
    }

    @Test
    void whatCantBeLookedAtStopsAll() throws IOException {
        Files.createDirectories(folder.resolve("us/linux/amd64/kubectl"));
        Ran ran = run("--confirm");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("********** START **********\n********** FINISHED WITH ERRORS **********\nlook for file://")
                .endsWith("/us/linux/amd64/kubectl is a folder\n");
        assertThat(folder.resolve("eu")).doesNotExist();
    }

    @Test
    void aReportThatCouldNotBeWrittenIsNoticedBeforeTheWork() {
        Ran ran =
                run("--confirm", "--report", folder.resolve("none/report.html").toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--report: there is no folder " + folder.resolve("none"));
        assertThat(run("--report-json", folder.toString()).err()).contains("--report-json: " + folder + " is a folder");
        assertThat(folder.resolve("eu")).doesNotExist();
    }

    @Test
    void reportsSayTheSame() throws IOException {
        want("gone", Digest.sha256("gone".getBytes(UTF_8)).hex());
        Path json = folder.resolve("report.json");
        Path html = folder.resolve("report.html");
        assertThat(run("--confirm", "--report-json", json.toString(), "--report", html.toString())
                        .code())
                .isZero();
        JsonNode report = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(report.at("/result").asString()).isEqualTo("done");
        assertThat(report.at("/edges/copied").asInt()).isEqualTo(2);
        assertThat(report.at("/edges/lost").asInt()).isEqualTo(2);
        assertThat(report.at("/bytes/read").asInt()).isEqualTo(KUBECTL.length());
        assertThat(report.at("/matrix/destinations/0").asString()).isEqualTo("file://" + folder + "/eu");
        assertThat(report.at("/subject").asString()).isEqualTo("file");
        assertThat(report.at("/matrix/files/1/cells").asString()).isEqualTo("cc");
        assertThat(Files.readString(html))
                .contains(
                        "linux/amd64/kubectl",
                        "Files and destinations",
                        "Everything, but for 2 lost edges, is in place");
    }

    @Test
    void aTreeOfManifestsIsPromoted() throws IOException {
        Files.createDirectories(folder.resolve("filestores/k8s"));
        Files.move(folder.resolve("filestores.yaml"), folder.resolve("filestores/k8s/filepromoter-manifest.yaml"));
        Files.createDirectories(folder.resolve("manifests/k8s"));
        Files.move(folder.resolve("files.yaml"), folder.resolve("manifests/k8s/files.yaml"));
        assertThat(kpromo("run", "files", "--manifests", folder.toString(), "--confirm")
                        .code())
                .isZero();
        assertThat(folder.resolve("eu/linux/amd64/kubectl")).hasContent(KUBECTL);
    }

    @Test
    void wrongUsageIsSaidInALine() {
        assertThat(kpromo("run", "files").err())
                .isEqualTo(
                        "error: no manifests; name a tree with --manifests, or files with --filestores and --files\n");
        assertThat(kpromo("run", "files", "--files", "x").code()).isEqualTo(2);
        assertThat(kpromo("run", "files", "--files", "x", "--manifests", "y").code())
                .isEqualTo(2);
        assertThat(run("--threads", "0").code()).isEqualTo(2);
        assertThat(kpromo("run").code()).isEqualTo(2);
    }

    @Test
    void whatIsWrongInAManifestIsSaidWithItsPlace() throws IOException {
        want("../evil", "0");
        Ran ran = run("--confirm");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("error: " + folder + "/files.yaml:4:9: invalid file name \"../evil\"")
                .contains("error: " + folder + "/files.yaml:5:11: invalid sha256 \"0\"");
    }

    @Test
    void manifestsAreValidatedAlone() throws IOException {
        String stores = folder.resolve("filestores.yaml").toString();
        String wanted = folder.resolve("files.yaml").toString();
        assertThat(kpromo("manifest", "validate", stores, wanted).out())
                .isEqualTo("valid: 1 manifest, 1 file, 2 edges\n");
        assertThat(kpromo("manifest", "validate", stores, wanted, "--output=json")
                        .out())
                .contains("\"valid\": true,\n  \"manifests\": 1,\n  \"files\": 1,\n  \"edges\": 2");
        assertThat(kpromo("manifest", "validate", stores).err())
                .contains("filestores.yaml is one half of a manifest of files; name both");
        want("/x", "0");
        Ran ran = kpromo("manifest", "validate", stores, wanted);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("error: " + wanted + ":4:9: invalid file name");
    }

    @Test
    void aTreeOfFileManifestsIsKnownByItsShape() throws IOException {
        Files.createDirectories(folder.resolve("filestores/k8s"));
        Files.move(folder.resolve("filestores.yaml"), folder.resolve("filestores/k8s/filepromoter-manifest.yaml"));
        Files.createDirectories(folder.resolve("manifests/k8s"));
        Files.move(folder.resolve("files.yaml"), folder.resolve("manifests/k8s/files.yaml"));
        assertThat(kpromo("manifest", "validate", folder.toString()).out())
                .isEqualTo("valid: 1 manifest, 1 file, 2 edges\n");
    }

    @Test
    void theTourOfFilesEndsWell() throws IOException {
        Path kept = folder.resolve("tour");
        Ran ran = kpromo("quickstart", "--files", "--keep", kept.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("1/10").contains("10/10").contains("exit code 3, as it should be");
        assertThat(ran.err())
                .contains("dry run, nothing was written: 6 to copy (edges); 3 to sign (signatures and records)")
                .contains("done: 6 copied (edges); 3 signed (signatures and records)")
                .contains("nothing to do: 6 up to date (edges); 3 complete (signatures and records)")
                .contains("done: 5 up to date, 1 copied (edges); 2 complete, 1 signed (signatures and records)");
        assertThat(kept.resolve("production/v1.0/hello-linux-arm64"))
                .hasSameBinaryContentAs(kept.resolve("staging/v1.0/hello-linux-arm64"));
    }

    private Ran run(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "run",
                "files",
                "--filestores",
                folder.resolve("filestores.yaml").toString(),
                "--files",
                folder.resolve("files.yaml").toString()));
        words.addAll(List.of(more));
        return kpromo(words.toArray(String[]::new));
    }

    private void stage(String name, String content) throws IOException {
        write("staging/" + name, content);
        want(name, Digest.sha256(content.getBytes(UTF_8)).hex());
    }

    private void want(String name, String sha256) throws IOException {
        files.add("- name: " + name + "\n  sha256: \"" + sha256 + "\"\n");
        write("files.yaml", "files:\n" + String.join("", files));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
