// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.OciException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program that keeps credentials: `docker-credential-NAME`. It gets the registry on its input and answers in
/// JSON. What it says is never shown, for it may hold a secret.
///
/// @param name as a configuration gives it
/// @param file that configuration, for errors
/// @param program what is run, looked for on the `PATH` where it is a name alone
/// @param longest how long it may take
record CredentialHelper(String name, String file, String program, Duration longest) {
    private static final int LARGEST = 256 * 1024;
    private static final String PREFIX = "docker-credential-";
    private static final String IS_TOKEN = "<token>";

    CredentialHelper(String name, String file) {
        this(name, file, PREFIX + name, Duration.ofSeconds(10));
    }

    CredentialHelper {
        boolean fine = !name.isEmpty()
                && name.chars().allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
        if (!fine) {
            throw new OciException(file + ": a credential helper has a name that no program can have");
        }
    }

    /// @return empty where it says that it has none
    Optional<Credential> get(String server) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(program, "get")
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw failed(server, "it can't be started; is it installed, and on the PATH?");
        }
        try {
            CompletableFuture<String> output = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> exchange(process, server, output));
            String said = output.get(longest.toNanos(), TimeUnit.NANOSECONDS);
            if (!process.waitFor(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                throw failed(server, "it did not end within " + longest.toSeconds() + " s");
            }
            return answer(server, process.exitValue(), said);
        } catch (TimeoutException late) {
            throw failed(server, "it did not answer within " + longest.toSeconds() + " s");
        } catch (ExecutionException broken) {
            throw failed(server, "its answer can't be read");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void exchange(Process process, String server, CompletableFuture<String> output) {
        try (InputStream in = process.getInputStream()) {
            write(process, server);
            output.complete(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            output.completeExceptionally(new UncheckedIOException(e));
        }
    }

    private static void write(Process process, String server) {
        try (OutputStream out = process.getOutputStream()) {
            out.write((server + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // Some answer, or fail, without reading; their answer counts.
        }
    }

    private Optional<Credential> answer(String server, int exit, String said) {
        if (exit != 0) {
            if (said.contains("credentials not found") || said.contains("no credentials server URL")) {
                return Optional.empty();
            }
            throw failed(server, "it ended with code " + exit);
        }
        try {
            JsonNode root = JsonMapper.builder().build().readTree(said);
            JsonNode user = root.path("Username");
            JsonNode secret = root.path("Secret");
            if (secret.isString() && !secret.asString().isEmpty()) {
                Secret found = Secret.of(secret.asString());
                String name = user.isString() ? user.asString() : "";
                return Optional.of(
                        name.equals(IS_TOKEN)
                                ? new Credential.IdentityToken(found)
                                : new Credential.Basic(name, found));
            }
            return Optional.empty();
        } catch (JacksonException e) {
            throw failed(server, "its answer is not JSON");
        }
    }

    private OciException failed(String server, String why) {
        return new OciException(
                "no credentials for " + server + " from " + PREFIX + name + ", which " + file + " names: " + why);
    }
}
