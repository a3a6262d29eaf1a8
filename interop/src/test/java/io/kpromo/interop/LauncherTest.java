// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher, in a checkout whose name has a space, started from elsewhere.
class LauncherTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String MANIFEST = """
            registries:
            - name: staging.example/a
              src: true
            - name: mirror.example/b
            images:
            - name: c
              dmap:
                "sha256:%s": ["1.0"]
            """.formatted("0".repeat(64));

    @TempDir
    Path folder;

    private Path checkout;

    @BeforeEach
    void layOutACheckoutThatIsBuilt() throws IOException {
        checkout = Files.createDirectories(folder.resolve("a checkout"));
        Path app = Files.createDirectories(checkout.resolve("cli/target/kpromo"));
        Files.createDirectories(checkout.resolve("build"));
        for (String script : List.of("kpromo", "build/find-jdk")) {
            Files.copy(REPOSITORY.resolve(script), checkout.resolve(script));
            assertThat(checkout.resolve(script).toFile().setExecutable(true)).isTrue();
        }
        Path built = REPOSITORY.resolve("cli/target/kpromo");
        Files.copy(built.resolve("classpath"), app.resolve("classpath"));
        Files.createSymbolicLink(app.resolve("lib"), built.resolve("lib"));
        Files.createFile(app.resolve("built"));
    }

    @Test
    void filesAreLookedForWhereTheUserIs() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("m.yaml"), MANIFEST);

        assertThat(run(elsewhere, "manifest", "validate", "m.yaml")).contains("valid: 1 manifest");
        // The second start is by the cache that the first one made.
        assertThat(run(elsewhere, "manifest", "validate", "m.yaml")).contains("valid: 1 manifest");
    }

    @Test
    void aLinkToTheLauncherStartsTheSame() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("linked"), checkout.resolve("kpromo"));

        assertThat(run(link, folder, "version")).contains("GitVersion");
    }

    @Test
    void aChangeInAnyRoomIsBuiltAtTheNextStart() throws Exception {
        String script = Files.readString(REPOSITORY.resolve("kpromo"));
        List<String> rooms = Pattern.compile("kpromo-([a-z]+)-")
                .matcher(Files.readString(checkout.resolve("cli/target/kpromo/classpath")))
                .results()
                .map(jar -> jar.group(1) + "/src/main")
                .toList();

        assertThat(rooms).contains("cli/src/main", "oci/src/main");
        assertThat(rooms).allSatisfy(room -> assertThat(script).containsPattern("[ \\n]" + room + "[ \\n]"));
    }

    private String run(Path where, String... arguments) throws IOException, InterruptedException {
        return run(checkout.resolve("kpromo"), where, arguments);
    }

    private static String run(Path program, Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path out = where.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(out);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
