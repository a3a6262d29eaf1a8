// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Console;
import io.kpromo.images.check.Verification;
import io.kpromo.images.check.VerifiedImage;
import io.kpromo.images.manifest.Entry;
import io.kpromo.images.manifest.Image;
import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.manifest.Registry;
import io.kpromo.images.proof.ProductionNames;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Tag;
import io.kpromo.release.config.Canary;
import io.kpromo.release.steps.Means;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.inspect.Inspector;
import io.kpromo.trust.inspect.Requirement;
import io.kpromo.trust.key.Fingerprint;
import io.kpromo.trust.key.KeyVerifier;
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.key.SigningKeys;
import io.kpromo.trust.policy.EvidenceReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Promotes canaries as `kpromo cip` does, in this very process, and verifies them as `kpromo verify` does.
///
/// Each build promotes into a folder of its own, below the destinations that the manifests name. So what an older
/// build promoted proves nothing here, and there is always something to promote for a build that did not do it
/// yet.
///
/// @param base of the paths in `release.yaml`
/// @param build which kpromo this is, as a part of repositories' names
record CanaryRuns(Root root, Session session, Path base, String build) implements Means.Canaries {
    private static final int AT_ONCE = 32;
    /// So many digits of a commit's name.
    private static final int COMMIT = 12;

    /// Version and commit. Where changes are in no commit, two builds can't be told apart by it: then each run
    /// counts as a build.
    ///
    /// @param now when the run began
    static String build(BuildInfo ours, Instant now) {
        String commit =
                ours.commit().substring(0, Math.min(COMMIT, ours.commit().length()));
        String name = ours.version() + "-" + commit + (ours.tree().equals("clean") ? "" : "-" + now.toEpochMilli());
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    }

    @Override
    public List<String> unverified(Canary canary) throws InterruptedException {
        try (CanaryCopy copy = CanaryCopy.of(canary.manifest().in(base), build)) {
            return unverified(copy, canary);
        }
    }

    private List<String> unverified(CanaryCopy copy, Canary canary) throws InterruptedException {
        List<ImageReference> first = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (PromoterManifest manifest : copy.manifests()) {
            List<Registry> destinations = manifest.destinations();
            for (Registry destination : destinations) {
                for (Image image : manifest.images()) {
                    List<ImageReference> there = compare(destination, image, wrong);
                    // Signatures are kept with the first destination.
                    first.addAll(destination.equals(destinations.getFirst()) ? there : List.of());
                }
            }
        }
        if (canary.key().isPresent() && wrong.isEmpty()) {
            verify(canary.key().get(), first).stream()
                    .filter(image -> !image.isVerified())
                    .forEach(image -> wrong.add(image.asked().toString()));
        }
        return wrong;
    }

    /// @return what is there and as it should be
    private List<ImageReference> compare(Registry destination, Image image, List<String> wrong)
            throws InterruptedException {
        List<ImageReference> right = new ArrayList<>();
        for (Entry entry : image.entries()) {
            for (Tag tag : entry.tags()) {
                ImageReference reference =
                        destination.name().repository(image.name()).at(tag);
                boolean there = session.registries()
                        .manifests()
                        .head(reference)
                        .map(Descriptor::digest)
                        .filter(entry.digest()::equals)
                        .isPresent();
                if (there) {
                    right.add(reference);
                } else {
                    wrong.add(reference.toString());
                }
            }
        }
        return right;
    }

    private List<VerifiedImage> verify(String key, List<ImageReference> images) throws InterruptedException {
        PublicKey signer;
        try (SigningKey held = new Keyring(root.console(), () -> session).open(reference(key))) {
            signer = held.publicKey();
        }
        Inspector inspector = new Inspector(new EvidenceReader(session.attachments(), KeyVerifier.of(List.of(signer))));
        return new Verification(
                        session.registries(),
                        inspector,
                        new ExpectedIdentity.Key(Fingerprint.identity(signer)),
                        ProductionNames.standard()::of)
                .verify(images, Set.of(Requirement.SIGNATURE, Requirement.RECORD), AT_ONCE);
    }

    private String reference(String key) {
        return SigningKeys.isOfService(key) ? key : base.resolve(key).toString();
    }

    @Override
    public void promote(Canary canary) throws InterruptedException {
        try (CanaryCopy copy = CanaryCopy.of(canary.manifest().in(base), build)) {
            promote(copy.path(), canary);
        }
    }

    private void promote(Path path, Canary canary) {
        List<String> words = new ArrayList<>(List.of(
                "cip", Files.isDirectory(path) ? "--thin-manifest-dir" : "--manifest", path.toString(), "--confirm"));
        Optional<String> key = canary.key().map(this::reference);
        words.addAll(key.map(file -> List.of("--key", file)).orElse(List.of("--sign=false")));
        Console console = root.console();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Console quiet = new Console(console.environment(), console.in(), nowhere, console.err(), console.interactive());
        int code = new Shell(quiet, root.interrupt()).run(words);
        if (code != ExitCode.DONE.number()) {
            throw new OciException("promoting " + canary.manifest() + " ended with exit code " + code
                    + "; see what was said above, and do not release this build");
        }
    }
}
