// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.Release;
import io.kpromo.oci.Digest;
import io.kpromo.release.config.ReleasePage;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/// The files of a release: those that were built, their sums, and the proof of who released them.
final class Assets {
    static final String SUMS = "sha256sums";
    static final String PROOF = SUMS + ".sigstore.json";

    /// In-toto attestation framework, predicate "Release" 0.1.
    private static final String RELEASE = "https://in-toto.io/attestation/release/v0.1";

    /// A file as it has to be.
    ///
    /// @param size in bytes
    record Asset(String name, Path file, long size, Digest digest) {
        /// Whether a file of the release is this one.
        ///
        /// @param marked what holds where the forge tells no sum of it: whether a [SumsMark] says so
        boolean is(Release.Asset there, boolean marked) {
            return (there.size() == size || there.size() < 0)
                    && there.sha256().map(digest.hex()::equalsIgnoreCase).orElse(marked);
        }
    }

    /// Whether a file of a release has this content.
    ///
    /// @param marked what holds where the forge tells no sum of it
    static boolean isContent(Release.Asset there, byte[] content, boolean marked) {
        return new Asset(there.name(), Path.of(there.name()), content.length, Digest.sha256(content)).is(there, marked);
    }

    private final Path root;
    private final ReleasePage page;
    private final Optional<Means.Sealing> sealing;

    /// @param sealing empty where nothing is signed
    Assets(Path root, ReleasePage page, Optional<Means.Sealing> sealing) {
        this.root = root;
        this.page = page;
        this.sealing = sealing;
    }

    /// What is wrong with the files, where anything is.
    Optional<Standing.Blocked> objection() {
        Map<String, Path> names = new TreeMap<>();
        for (String pattern : patterns()) {
            List<Path> files = matching(pattern);
            if (files.isEmpty()) {
                return Optional.of(new Standing.Blocked(
                        "no file is an asset by the pattern " + pattern,
                        "build what is to be released, or change assets and sboms in release.yaml"));
            }
            for (Path file : files) {
                Path other = names.put(file.getFileName().toString(), file);
                if (other != null && !other.equals(file)) {
                    return Optional.of(new Standing.Blocked(
                            file + " and " + other + " would be assets of the same name",
                            "rename one, or narrow the patterns in release.yaml"));
                }
            }
        }
        return names.containsKey(SUMS) || names.containsKey(PROOF)
                ? Optional.of(new Standing.Blocked(
                        "an asset is called " + SUMS + ", as the sums that are made of all assets",
                        "leave it out of release.yaml"))
                : Optional.empty();
    }

    /// What was built, by name.
    Map<String, Asset> built() {
        Map<String, Asset> assets = new TreeMap<>();
        for (String pattern : patterns()) {
            for (Path file : matching(pattern)) {
                String name = file.getFileName().toString();
                assets.computeIfAbsent(name, n -> asset(n, file));
            }
        }
        return assets;
    }

    /// Whether there is a proof to go with them.
    boolean areSealed() {
        return sealing.isPresent() && !patterns().isEmpty();
    }

    /// The sums of these files, as `sha256sum --check` reads them.
    static byte[] sums(Map<String, Asset> built) {
        StringBuilder lines = new StringBuilder();
        built.values()
                .forEach(asset -> lines.append(asset.digest().hex())
                        .append("  ")
                        .append(asset.name())
                        .append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The sums, written down to be uploaded.
    ///
    /// @param folder of files that are forgotten afterwards
    static Asset written(Map<String, Asset> built, Path folder) {
        return written(SUMS, sums(built), folder);
    }

    /// The proof that these files are of this release: a statement about all of them, signed.
    ///
    /// @param purl the release by its package URL
    Asset proof(Map<String, Asset> built, Asset sums, String purl, Path folder) throws InterruptedException {
        List<Subject> subjects = new ArrayList<>();
        built.values().forEach(asset -> subjects.add(Subject.of(asset.name(), asset.digest())));
        subjects.add(Subject.of(sums.name(), sums.digest()));
        var predicate = JsonNodeFactory.instance.objectNode().put("purl", purl);
        Bundle bundle = sealing.orElseThrow().seal(new Statement(subjects, RELEASE, predicate));
        return written(PROOF, bundle.json().array(), folder);
    }

    private static Asset written(String name, byte[] content, Path folder) {
        try {
            Path file = Files.write(folder.resolve(name), content);
            return new Asset(name, file, content.length, Digest.sha256(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> patterns() {
        return Stream.concat(page.assets().stream(), page.sboms().stream()).toList();
    }

    /// Links are followed by nobody: what is released lies in the work tree itself.
    private List<Path> matching(String pattern) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(root.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Asset asset(String name, Path file) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
                long size = in.transferTo(OutputStream.nullOutputStream());
                return new Asset(name, file, size, Digest.of(Digest.Algorithm.SHA256, sha256));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
