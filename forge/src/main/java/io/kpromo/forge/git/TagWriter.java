// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import io.kpromo.forge.Author;
import io.kpromo.forge.RefName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;

/// Writes annotated tags. Where git is set up to sign them (`tag.gpgSign`), the program that git would call signs
/// (gpg, ssh-keygen, or what `gpg.program` names): its agent and its cards work as the user knows them.
final class TagWriter {
    private static final long SECONDS_FOR_A_PERSON = 120;

    private final Repository repository;
    private final GpgConfig config;

    TagWriter(Repository repository) {
        this.repository = repository;
        this.config = new GpgConfig(repository.getConfig());
    }

    boolean signs() {
        return config.isSignAllTags();
    }

    ObjectId write(RefName name, ObjectId commit, String message, Author tagger, Instant when) throws IOException {
        TagBuilder tag = new TagBuilder();
        tag.setTag(name.text());
        tag.setObjectId(commit, Constants.OBJ_COMMIT);
        tag.setTagger(new PersonIdent(tagger.name(), tagger.email(), when, ZoneOffset.UTC));
        tag.setEncoding(StandardCharsets.UTF_8);
        tag.setMessage(message.endsWith("\n") ? message : message + "\n");
        if (config.isSignAllTags()) {
            tag.setGpgSignature(new GpgSignature(signature(tag.build(), tagger)));
        }
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId made = inserter.insert(tag);
            inserter.flush();
            return made;
        }
    }

    private byte[] signature(byte[] tag, Author tagger) throws IOException {
        return switch (config.getKeyFormat()) {
            case OPENPGP -> gpg(tag, program("gpg"), tagger);
            case X509 -> gpg(tag, program("gpgsm"), tagger);
            case SSH -> ssh(tag, program("ssh-keygen"));
        };
    }

    private String program(String otherwise) {
        String program = config.getProgram();
        return program == null ? otherwise : program;
    }

    private byte[] gpg(byte[] tag, String program, Author tagger) throws IOException {
        String key = config.getSigningKey() == null ? tagger.toString() : config.getSigningKey();
        Path signature = Files.createTempFile("kpromo-tag", ".asc");
        try {
            run(
                    List.of(
                            program,
                            "--yes",
                            "--output",
                            signature.toString(),
                            "--local-user",
                            key,
                            "--armor",
                            "--detach-sign"),
                    tag,
                    signature);
            return Files.readAllBytes(signature);
        } finally {
            Files.deleteIfExists(signature);
        }
    }

    private byte[] ssh(byte[] tag, String program) throws IOException {
        String key = config.getSigningKey();
        if (key == null) {
            throw new IOException("tags are to be signed with ssh, but user.signingKey names no key");
        }
        Path folder = Files.createTempDirectory("kpromo-tag");
        Path text = folder.resolve("tag");
        Path literal = folder.resolve("key.pub");
        Path signature = folder.resolve("tag.sig");
        try {
            Files.write(text, tag);
            String file = key;
            if (key.startsWith("key::") || key.startsWith("ssh-")) {
                Files.writeString(literal, key.startsWith("key::") ? key.substring("key::".length()) : key);
                file = literal.toString();
            } else if (key.startsWith("~/")) {
                file = repository
                        .getFS()
                        .userHome()
                        .toPath()
                        .resolve(key.substring(2))
                        .toString();
            }
            run(List.of(program, "-Y", "sign", "-n", "git", "-f", file, text.toString()), new byte[0], signature);
            return Files.readAllBytes(signature);
        } finally {
            for (Path path : List.of(text, literal, signature, folder)) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static void run(List<String> command, byte[] input, Path wanted) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT) // it may ask for a passphrase
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            boolean read = takes(process, input);
            boolean ended = process.waitFor(SECONDS_FOR_A_PERSON, TimeUnit.SECONDS);
            if (!read || !ended || process.exitValue() != 0 || !Files.exists(wanted)) {
                String how = ended ? "ended with " + process.exitValue() : "did not end in time";
                throw new IOException("the tag cannot be signed: " + command.getFirst() + " " + how
                        + "; see what it said, and tag.gpgSign and user.signingKey in git's configuration");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " was to sign a tag", e);
        } finally {
            process.destroy();
        }
    }

    /// Whether a program reads all of its input. One that ends before says why in its own words.
    private static boolean takes(Process process, byte[] input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input);
            return true;
        } catch (IOException endedBefore) {
            return false;
        }
    }
}
