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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    Path folder;

    @Test
    void lsPrintsTheNewestVersionLast() throws IOException {
        try (Registry registry = Registry.open(RegistryOptions.in(folder))) {
            SampleImage image = SampleImage.image().build();
            image.pushTo(registry, "app", "v1.10.0", "v1.9.0", "latest", "v1.10.0-rc.2", "v1.10.0-rc.10");
            String repository = registry.host() + "/app";
            assertThat(kpromo("ls", repository).out())
                    .isEqualTo("latest\nv1.9.0\nv1.10.0-rc.2\nv1.10.0-rc.10\nv1.10.0\n");
            assertThat(kpromo("list-tags", repository, "--filter", "^v1\\.10")
                            .out()
                            .lines())
                    .hasSize(3);
            assertThat(kpromo("ls", repository, "--digests", "--filter=latest").out())
                    .isEqualTo("latest\t" + image.digest() + "\n");
            assertThat(kpromo("ls", repository, "--json", "--digests", "--filter=latest")
                            .out())
                    .isEqualTo("""
                            {
                              "Repository": "%s",
                              "Tags": [
                                "latest"
                              ],
                              "Digests": {
                                "latest": "%s"
                              }
                            }
                            """.formatted(repository, image.digest()));
        }
    }

    @Test
    void lsOfWhatIsNotThereFailsAndNamesIt() throws IOException {
        try (Registry registry = Registry.open(RegistryOptions.in(folder))) {
            Ran ran = kpromo("ls", registry.host() + "/nothing");
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).startsWith("error: no repository " + registry.host() + "/nothing");
        }
        assertThat(kpromo("ls", "a b").code()).isEqualTo(2);
        assertThat(kpromo("ls", "localhost/app", "--filter", "(").code()).isEqualTo(2);
        assertThat(kpromo("ls").err()).contains("missing required");
    }

    @Test
    void auditFindsWhatNoManifestNamesAndWhatIsMissing() throws IOException {
        try (Registry registry = Registry.open(RegistryOptions.in(folder.resolve("r")))) {
            SampleImage image = SampleImage.image().build();
            image.pushTo(registry, "prod/app", "stray");
            String manifest = manifest(registry, image, "1.0");
            Ran ran = kpromo("audit", "--manifest", manifest);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("missing: " + registry.host() + "/prod/app:1.0")
                    .contains("unnamed: ");
            assertThat(kpromo("audit", "--manifest", manifest, "--output=json").out())
                    .contains("\"kind\": \"missing\"")
                    .contains("\"kind\": \"unnamed\"");
        }
    }

    @Test
    void diffShowsWhatWouldChangeAndWritesNothing() throws IOException {
        try (Registry registry = Registry.open(RegistryOptions.in(folder.resolve("r")))) {
            SampleImage image = SampleImage.image().build();
            image.pushTo(registry, "staging/app", "build");
            SampleImage.image().seed(5).build().pushTo(registry, "prod/old", "0.9");
            Ran ran = kpromo("diff", "--manifest", manifest(registry, image, "1.0"), "--removals");
            assertThat(ran.code()).isZero();
            assertThat(ran.out())
                    .contains("Added:\n  + " + registry.host() + "/staging/app@" + image.digest() + " as 1.0\n      in "
                            + registry.host() + "/prod/app\n")
                    .contains("In production and in no manifest")
                    .contains("/prod/old:0.9");
            assertThat(kpromo("ls", registry.host() + "/prod/app").code()).isEqualTo(1);
        }
    }

    @Test
    void validateSaysWhatIsWrongAndWhere() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), """
                registries:
                - name: localhost/staging
                  src: true
                - name: localhost/prod
                images: []
                """);
        assertThat(kpromo("manifest", "validate", good.toString()).out())
                .isEqualTo("valid: 1 manifest, 0 digests, 0 edges\n");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "registries: 7\n");
        Ran ran = kpromo("manifest", "validate", bad.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("error: " + bad + ":1:13: ");
        assertThat(kpromo("manifest", "validate", bad.toString(), "--output", "json")
                        .out())
                .startsWith("{\n  \"valid\": false,")
                .contains("\"line\": 1, \"column\": 13");
        assertThat(kpromo("manifest", "validate", "no-such-file").code()).isEqualTo(2);
    }

    @Test
    void aGroupWithoutASubcommandNamesThem() {
        assertThat(kpromo("manifest").err())
                .isEqualTo("error: kpromo manifest needs a subcommand: validate, files; see kpromo manifest --help\n");
        assertThat(kpromo("registry", "server").err()).contains("did you mean \"serve\"?");
    }

    @Test
    void aRegistryIsNotOpenedToOtherMachinesByMistake() {
        Ran ran = kpromo("registry", "serve", "--listen", "0.0.0.0:0");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--htpasswd").contains("--allow-anonymous");
        assertThat(kpromo("registry", "serve", "--listen", "5000").code()).isEqualTo(2);
    }

    @Test
    void theTourEndsWellAndKeepsWhatItIsToldToKeep() throws IOException {
        Path kept = folder.resolve("tour");
        Ran ran = kpromo("quickstart", "--keep", kept.toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("1/10")
                .contains("10/10")
                .contains(": verified\n  signature: verified by key ")
                .contains("$ kpromo cip --thin-manifest-dir " + kept.toRealPath())
                .contains("exit code 3, as it should be");
        assertThat(ran.err())
                .contains("done: 6 copied")
                .contains("nothing to do: 6 up to date (edges); 2 complete")
                .contains("done: 6 up to date (edges); 1 complete, 1 signed")
                .contains("tag move refused");
        assertThat(kept).isDirectoryContaining("glob:**/report.html").isDirectoryContaining("glob:**/staging");
        assertThat(kpromo("quickstart", "--keep", kept.toString()).code()).isEqualTo(2);
    }

    private String manifest(Registry registry, SampleImage image, String tag) throws IOException {
        String text = """
                registries:
                - name: %1$s/staging
                  src: true
                - name: %1$s/prod
                images:
                - name: app
                  dmap:
                    "%2$s": ["%3$s"]
                """.formatted(registry.host(), image.digest(), tag);
        return Files.writeString(folder.resolve("m.yaml"), text).toString();
    }
}
