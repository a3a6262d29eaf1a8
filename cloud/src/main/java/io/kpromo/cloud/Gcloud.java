// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The account that a person has signed in to gcloud with. Its credential helper is asked rather than
/// `print-access-token`, for it also says when the token expires. What it says is never shown.
record Gcloud(Surroundings around, Time time, Duration longest) implements GoogleWay {
    private static final int LARGEST = 256 * 1024;
    private static final Duration UNSAID = Duration.ofMinutes(5);

    Gcloud(Surroundings around, Time time) {
        this(around, time, Duration.ofSeconds(30));
    }

    private record Ended(int code, String output, boolean late) {}

    /// Reads what gcloud says.
    private interface Reading {
        Answer read(Path program, String output);
    }

    @Override
    public Answer ask() throws InterruptedException {
        return ask(
                List.of("config", "config-helper", "--force-auth-refresh", "--format=json(credential)"),
                "is not signed in",
                this::read);
    }

    /// A token of one account that gcloud is signed in to, or may act as.
    Answer ask(String account) throws InterruptedException {
        return ask(
                List.of("auth", "print-access-token", "--account=" + account),
                "has no token for " + account,
                this::readToken);
    }

    private Answer ask(List<String> arguments, String refusal, Reading reading) throws InterruptedException {
        Optional<Path> program = program();
        if (program.isEmpty()) {
            return new Absent("gcloud is not on the PATH");
        }
        try {
            Ended ended = run(program.get(), arguments);
            if (ended.late()) {
                return new Refused(program.get() + " did not answer within " + longest.toSeconds() + " s", false);
            }
            return ended.code() == 0
                    ? reading.read(program.get(), ended.output())
                    : new Refused(program.get() + " " + refusal + " (exit code " + ended.code() + ")", false);
        } catch (IOException e) {
            return new Refused(program.get() + " can't be started", false);
        }
    }

    /// Folders of the PATH that depend on where one stands don't count: a credential is asked of no program that
    /// somebody may have left there.
    private Optional<Path> program() {
        return Stream.of(around.variable("PATH").orElse("").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty() && Path.of(folder).isAbsolute())
                .flatMap(folder -> Stream.of("gcloud", "gcloud.cmd").map(name -> Path.of(folder, name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private Ended run(Path program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(Redirect.DISCARD)
                .redirectInput(Redirect.from(new File(File.separatorChar == '/' ? "/dev/null" : "NUL")));
        builder.environment().clear();
        builder.environment().putAll(around.variables());
        builder.environment().put("CLOUDSDK_CORE_DISABLE_PROMPTS", "1");
        Process process = builder.start();
        try {
            return Waiting.atMost(longest, () -> {
                try (InputStream out = process.getInputStream()) {
                    String output = new String(out.readNBytes(LARGEST), StandardCharsets.UTF_8);
                    return new Ended(process.waitFor(), output, false);
                }
            });
        } catch (TimeoutException e) {
            return new Ended(-1, "", true);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Answer read(Path program, String output) {
        try {
            JsonNode credential = JsonMapper.builder().build().readTree(output).path("credential");
            String token = credential.path("access_token").asString("");
            if (!token.isEmpty()) {
                return new Got(
                        Secret.of(token),
                        Instant.parse(credential.path("token_expiry").asString("")));
            }
        } catch (JacksonException | DateTimeParseException e) {
            // Said below; the exception may show a part of the token.
        }
        return new Refused("what " + program + " says holds no token", false);
    }

    /// It does not say how long the token is good; gcloud gives none that expires within a few minutes.
    private Answer readToken(Path program, String output) {
        String token = output.strip();
        return token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)
                ? new Refused("what " + program + " says is no token", false)
                : new Got(Secret.of(token), time.now().plus(UNSAID));
    }
}
