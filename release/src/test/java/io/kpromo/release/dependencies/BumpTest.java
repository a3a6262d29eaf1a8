// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BumpTest {
    @TempDir
    private Path folder;

    private Repository repository = new Repository(Path.of(""));

    @BeforeEach
    void tree() {
        repository = new Repository(folder);
    }

    @Test
    void onlyTheVersionChangesByteByByte() throws IOException {
        String dependencies = """
                # comment é 1.22.6
                dependencies:

                  - name:   "golang"   # 1.22.6
                    version:   1.22.6  # keep
                    refPaths:
                    - path: go.mod
                      match: ^go\\s
                    - {path: latin, match: go}
                    - path: VERSION
                  - name: quoted
                    version: 'v1.22.6'
                """;
        byte[] latin = "caf\u00e9 go1.22.6-alpine 11.22.6 1.22.6.1\r\nno 1.22.6".getBytes(StandardCharsets.ISO_8859_1);
        repository
                .with("dependencies.yaml", dependencies.replace("\n", "\r\n"))
                .with("go.mod", "go 1.22.6\r\n// 1.22.6\n")
                .with("latin", latin)
                .with("VERSION", "1.22.6");
        Bump bump = repository.bump(Map.of("golang", "1.30", "quoted", "v2"));
        assertThat(bump.changes().stream().map(Change::place).map(Object::toString))
                .containsExactly("VERSION:1", "dependencies.yaml:5", "dependencies.yaml:12", "go.mod:1", "latin:1");
        assertThat(repository.text("VERSION")).isEqualTo("1.22.6");
        bump.write();
        assertThat(repository.text("dependencies.yaml"))
                .isEqualTo(dependencies
                        .replace("version:   1.22.6", "version:   1.30")
                        .replace("'v1.22.6'", "'v2'")
                        .replace("\n", "\r\n"));
        assertThat(repository.text("go.mod")).isEqualTo("go 1.30\r\n// 1.22.6\n");
        assertThat(Files.readAllBytes(folder.resolve("latin")))
                .isEqualTo(
                        "caf\u00e9 go1.30-alpine 11.22.6 1.22.6.1\r\nno 1.22.6".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(repository.off(false)).isEmpty();
        assertThat(folder.toFile().list()).hasSize(4);
    }

    @Test
    void aBumpThatWasInterruptedIsFinishedByTheNext() throws IOException {
        repository
                .with("a", "v1.2.0-rc")
                .with("b", "v1.2.0")
                .with(
                        "dependencies.yaml",
                        "dependencies:\n- {name: x, version: v1.2.0, refPaths: [{path: a}, {path: b}]}\n");
        repository.bump(Map.of("x", "v1.2.0-rc")).write();
        assertThat(repository.text("a")).isEqualTo("v1.2.0-rc");
        assertThat(repository.text("b")).isEqualTo("v1.2.0-rc");
        assertThat(repository.bump(Map.of("x", "v1.2.0-rc")).changes()).isEmpty();
    }

    @Test
    void allOrNothing() throws IOException {
        repository
                .with("a", "1.0")
                .with("b", "0.9\n")
                .with("c", "1.0rc7 11.0\n")
                .with(
                        "dependencies.yaml",
                        "dependencies:\n- {name: x, version: 1.0, refPaths: [{path: a}, {path: b}, {path: c}, {path: d}]}\n");
        assertThatThrownBy(() -> repository.bump(Map.of("x", "1.1")))
                .hasMessageContaining(
                        "b: x: no matching line holds 1.0, by itself or as the begin of a longer version, nor 1.1")
                .hasMessageContaining("c: x: no matching line holds 1.0, by itself")
                .hasMessageContaining("d: does not exist");
        assertThat(repository.text("a")).isEqualTo("1.0");
    }

    @Test
    void whereOnlyLongerVersionsAreVerifiedTheirBeginIsChanged() throws IOException {
        repository
                .with("go.mod", "go 1.22.0\ntoolchain go1.22.0\nrequire x v11.22.3 // 1.22rc1\n")
                .with("both", "go 1.22\ngo 1.22.6\n")
                .with("dependencies.yaml", """
                        dependencies:
                        - {name: go, version: 1.22, refPaths: [{path: go.mod, match: "^(go|toolchain|require) "}, {path: both}]}
                        """);
        assertThat(repository.off(false)).isEmpty();
        repository.bump(Map.of("go", "1.23")).write();

        assertThat(repository.text("go.mod"))
                .isEqualTo("go 1.23.0\ntoolchain go1.23.0\nrequire x v11.22.3 // 1.22rc1\n");
        assertThat(repository.text("both")).isEqualTo("go 1.23\ngo 1.22.6\n");
        assertThat(repository.off(false)).isEmpty();
        assertThat(repository.bump(Map.of("go", "1.23")).changes()).isEmpty();
    }

    @Test
    void aFileThatChangedMeanwhileStopsIt() throws IOException {
        repository
                .with("a", "1.0")
                .with("dependencies.yaml", "dependencies:\n- {name: x, version: 1.0, refPaths: [{path: a}]}\n");
        Bump bump = repository.bump(Map.of("x", "1.1"));
        repository.with("dependencies.yaml", repository.text("dependencies.yaml") + "# edited\n");
        assertThatThrownBy(bump::write).hasMessageContaining("was changed meanwhile");
        assertThat(repository.text("a")).isEqualTo("1.0");
        assertThat(folder.toFile().list()).hasSize(2);
    }

    @Test
    void whatOthersWantThereIsSaid() throws IOException {
        repository.with("VERSION", "v1.30.0-go1.22.6-bullseye.0\n").with("dependencies.yaml", """
                        dependencies:
                        - {name: go, version: 1.22.6, refPaths: [{path: VERSION}]}
                        - {name: cross, version: v1.30.0-go1.22.6-bullseye.0, refPaths: [{path: VERSION}]}
                        """);
        Bump bump = repository.bump(Map.of("go", "1.23.0"));
        assertThat(bump.off().stream().map(Mismatch::toString))
                .containsExactly("VERSION:1: cross: found v1.30.0-go1.23.0-bullseye.0, want"
                        + " v1.30.0-go1.22.6-bullseye.0 (dependencies.yaml:3:66)");
        assertThat(repository
                        .bump(Map.of("go", "1.23.0", "cross", "v1.30.0-go1.23.0-bullseye.0"))
                        .off())
                .isEmpty();
    }

    @Test
    void aVersionThatNeedsQuotesGetsThem() throws IOException {
        repository.with(
                "dependencies.yaml", "dependencies:\n- name: x\n  version: 1.0 # a\n- name: y\n  version: \"1\"");
        repository.bump(Map.of("x", "a: b # \"c\"", "y", "\\d")).write();
        assertThat(repository.text("dependencies.yaml"))
                .isEqualTo(
                        "dependencies:\n- name: x\n  version: \"a: b # \\\"c\\\"\" # a\n- name: y\n  version: \"\\\\d\"");
        assertThat(repository.dependencies().all().getFirst().version()).isEqualTo("a: b # \"c\"");
    }

    @Test
    void wordsThatAreNoTextInYamlAreQuoted() throws IOException {
        repository.with("dependencies.yaml", "dependencies:\n- {name: x, version: 1.0}\n");
        repository.bump(Map.of("x", "null")).write();
        assertThat(repository.text("dependencies.yaml")).isEqualTo("dependencies:\n- {name: x, version: \"null\"}\n");
    }

    @Test
    void whatCannotBeAVersionIsRefused() throws IOException {
        repository.with("dependencies.yaml", "dependencies:\n- {name: x, version: 1.0}\n");
        assertThatThrownBy(() -> repository.bump(Map.of("x", "1\n2"))).hasMessageContaining("invalid version");
        assertThatThrownBy(() -> repository.bump(Map.of("z", "1")))
                .hasMessageContaining("has no dependency z; known are x");
    }

    @Test
    void aVersionBehindAnAnchorIsNotGuessedAt() throws IOException {
        repository.with(
                "dependencies.yaml", "dependencies:\n- {name: x, version: &v 1.0}\n- {name: y, version: *v }\n");
        assertThatThrownBy(() -> repository.bump(Map.of("y", "2.0")))
                .hasMessageContaining("cannot be changed in place");
    }

    @Test
    void permissionsAndLinksStay() throws IOException {
        repository
                .with("real/run.sh", "V=1.0\n")
                .with(
                        "dependencies.yaml",
                        "dependencies:\n- {name: x, version: 1.0, refPaths: [{path: run.sh, match: V}]}\n");
        Files.setPosixFilePermissions(folder.resolve("real/run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(folder.resolve("run.sh"), Path.of("real/run.sh"));
        repository.bump(Map.of("x", "1.1")).write();
        assertThat(folder.resolve("run.sh")).isSymbolicLink();
        assertThat(repository.text("real/run.sh")).isEqualTo("V=1.1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("real/run.sh"))))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void theFileOfDependenciesMayNameItself() throws IOException {
        repository.with(
                "dependencies.yaml",
                "# tool 1.0\ndependencies:\n- {name: x, version: 1.0, refPaths: [{path: dependencies.yaml, match: ^# tool}]}\n");
        repository.bump(Map.of("x", "1.1")).write();
        assertThat(repository.text("dependencies.yaml"))
                .startsWith("# tool 1.1\ndependencies:\n- {name: x, version: 1.1,");
    }
}
