// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Writes what `kpromo version` prints: `java BuildInfo.java VERSION FILE`.
///
/// All of it comes from git, the date too (it is the commit's, or `SOURCE_DATE_EPOCH`): two builds of one commit give
/// the same bytes. Outside a checkout, in a source archive say, commit and tree state are `unknown`.
void main(String[] args) throws IOException, InterruptedException {
    String version = args[0];
    Path file = Path.of(args[1]);
    String commit = git("rev-parse", "HEAD");
    String state = commit.isEmpty() ? "unknown" : git("status", "--porcelain", "--untracked-files=no").isEmpty() ? "clean" : "dirty";
    String epoch = System.getenv("SOURCE_DATE_EPOCH");
    if (epoch == null) {
        epoch = git("log", "-1", "--format=%ct");
    }
    String text = "version=" + version + "\n"
            + "commit=" + (commit.isEmpty() ? "unknown" : commit) + "\n"
            + "tree=" + state + "\n"
            + "date=" + (epoch.isEmpty() ? "unknown" : Instant.ofEpochSecond(Long.parseLong(epoch))) + "\n";
    Files.createDirectories(file.getParent());
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
        Files.writeString(file, text);
    }
}

/// The answer of git in one line; empty where there is no git, or no repository.
String git(String... words) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Process process;
    try {
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException noGit) {
        return "";
    }
    String answer = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
    return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0 ? answer : "";
}
