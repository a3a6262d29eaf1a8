// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import io.kpromo.cli.Main;
import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.key.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The program, as a process of its own that can be killed, with a home folder of its own.
final class Kpromo {
    private static final long LONGEST_SECONDS = 120;

    private final Path home;
    private final Map<String, String> environment;
    private final List<String> signing;
    private final String classPath;

    private Kpromo(Path home, Map<String, String> environment, List<String> signing, String classPath) {
        this.home = home;
        this.environment = environment;
        this.signing = signing;
        this.classPath = classPath;
    }

    /// @param home holds neither credentials nor settings unless the test puts some there; logs go here
    static Kpromo at(Path home) {
        return new Kpromo(
                home,
                Map.of("HOME", home.toString(), "DOCKER_CONFIG", home.toString()),
                List.of("--sign=false"),
                ours());
    }

    Kpromo with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Kpromo(home, more, signing, classPath);
    }

    /// One with the libraries of the clouds, as it is installed.
    Kpromo asInstalled() {
        Path installed = Path.of("..", "cli", "target", "kpromo", "lib", "*");
        return new Kpromo(
                home,
                environment,
                signing,
                installed.toAbsolutePath().normalize().toString());
    }

    private static String ours() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /// One whose promotions sign, with a new key.
    Kpromo signing() {
        Path key = home.resolve("signer.key");
        Keys.generate(Secret.of("secret"), new SecureRandom()).write(key, home.resolve("signer.pub"));
        return new Kpromo(home, environment, List.of("--key=" + key), classPath).with("COSIGN_PASSWORD", "secret");
    }

    /// One whose promotions tell, besides, what staging has proved.
    ///
    /// @param trustedRoot of whoever has signed there
    Kpromo summingUp(Path trustedRoot) {
        List<String> more = new ArrayList<>(signing);
        more.addAll(List.of("--trusted-root=" + trustedRoot, "--verification-summaries"));
        return new Kpromo(home, environment, more, classPath);
    }

    /// A program that has ended.
    record Ended(int exit, String out, String err) {
        /// The whole story, for a failed assertion.
        String story() {
            return "exit " + exit + "\nout: " + out + "\nerr: " + err;
        }
    }

    /// A program that may still run.
    record Running(Process process, Path out, Path err) implements AutoCloseable {
        /// Waits for its end.
        Ended ended() throws IOException, InterruptedException {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("kpromo has not ended: " + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        /// Sends a signal that Java has no method for.
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        /// `SIGKILL`.
        void kill() {
            process.destroyForcibly();
        }

        @Override
        public void close() {
            kill();
        }
    }

    /// What starts it, to the last word.
    static List<String> command(String... arguments) throws IOException {
        return command(ours(), arguments);
    }

    private static List<String> command(String classPath, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(heedsInterrupts());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    Running start(String... arguments) throws IOException {
        List<String> command = command(classPath, arguments);
        Path out = Files.createTempFile(home, "kpromo", ".out");
        Path err = Files.createTempFile(home, "kpromo", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    /// A build that was started in the background of a script ignores `SIGINT`, and so would all that it starts.
    private static List<String> heedsInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return List.of();
        }
        boolean ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(
                                        line.substring("SigIgn:".length()).strip(), 16)
                                & 2)
                        != 0);
        return ignored ? List.of("env", "--default-signal=INT") : List.of();
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        try (Running running = start(arguments)) {
            return running.ended();
        }
    }

    Running startPromotion(Path manifest) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("cip", "--manifest", manifest.toString(), "--confirm"));
        arguments.addAll(signing);
        return start(arguments.toArray(String[]::new));
    }

    Ended promote(Path manifest) throws IOException, InterruptedException {
        try (Running running = startPromotion(manifest)) {
            return running.ended();
        }
    }
}
