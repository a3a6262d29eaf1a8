// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.Platform;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.copy.ContentTree;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.FoundEvidence;
import io.kpromo.trust.policy.Location;
import io.kpromo.trust.policy.ProvenContent;
import io.kpromo.trust.policy.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A content with what was found for it, and for the manifests below it.
///
/// @param name what people call it
/// @param found for this very digest
/// @param platforms the manifests of an index, without BuildKit's attestation manifests
record LookedTree(String name, Digest digest, FoundEvidence found, List<LookedTree> platforms) {
    /// What BuildKit's attestation manifests consist of.
    private static final String IN_TOTO = "application/vnd.in-toto+json";

    private static final String PREDICATE_TYPE = "in-toto.io/predicate-type";
    private static final String ABOUT = "vnd.docker.reference.digest";

    /// How a digest is looked at.
    @FunctionalInterface
    interface Look {
        FoundEvidence at(Digest digest) throws InterruptedException;
    }

    static LookedTree alone(Digest digest, FoundEvidence found) {
        return new LookedTree("image", digest, found, List.of());
    }

    /// Looks at every digest of the tree, those of an index side by side.
    static LookedTree of(ContentTree tree, Look look) throws InterruptedException {
        return of("image", tree, List.of(), look);
    }

    /// @param unsigned what BuildKit's manifests beside it say about it
    private static LookedTree of(String name, ContentTree tree, List<Evidence> unsigned, Look look)
            throws InterruptedException {
        Map<Digest, Descriptor> descriptors = new HashMap<>();
        tree.manifest().manifests().forEach(child -> descriptors.putIfAbsent(child.digest(), child));
        List<ContentTree> platforms = new ArrayList<>();
        Map<Digest, List<Evidence>> beside = new HashMap<>();
        for (ContentTree child : tree.children()) {
            Optional<Descriptor> descriptor =
                    Optional.ofNullable(descriptors.get(child.raw().digest()));
            if (descriptor.isPresent() && isAttestation(descriptor.get(), child.manifest())) {
                statements(descriptor.get(), child.manifest(), beside);
            } else {
                platforms.add(child);
            }
        }
        LookedTree[] below = new LookedTree[platforms.size()];
        try (Crew crew = new Crew("platforms")) {
            for (int i = 0; i < below.length; i++) {
                int n = i;
                ContentTree child = platforms.get(n);
                Digest digest = child.raw().digest();
                String called = Optional.ofNullable(descriptors.get(digest))
                        .flatMap(Descriptor::platform)
                        .map(Platform::toString)
                        .orElse("manifest");
                crew.start(() -> below[n] = of(called, child, beside.getOrDefault(digest, List.of()), look));
            }
            FoundEvidence own = look.at(tree.raw().digest());
            crew.join();
            List<Evidence> all = new ArrayList<>(own.all());
            all.addAll(unsigned);
            return new LookedTree(name, tree.raw().digest(), new FoundEvidence(all, own.unseen()), List.of(below));
        }
    }

    /// Whether this is no platform. What an index says of it alone would not do: an image could be called
    /// `unknown/unknown` to be passed over, so it must also hold statements and nothing else.
    private static boolean isAttestation(Descriptor descriptor, Manifest manifest) {
        return descriptor.platform().map(Platform::isUnknown).orElse(false)
                && manifest instanceof Manifest.Image image
                && image.layers().stream().allMatch(layer -> layer.mediaType().equals(IN_TOTO));
    }

    private static void statements(Descriptor descriptor, Manifest manifest, Map<Digest, List<Evidence>> beside) {
        String about = descriptor.annotations().getOrDefault(ABOUT, "");
        if (!(manifest instanceof Manifest.Image image) || !about.matches("sha256:[0-9a-f]{64}")) {
            return;
        }
        for (Descriptor layer : image.layers()) {
            beside.computeIfAbsent(Digest.parse(about), digest -> new ArrayList<>())
                    .add(new Evidence(
                            new Location.InIndex(descriptor.digest()),
                            layer.annotations().getOrDefault(PREDICATE_TYPE, IN_TOTO),
                            new Standing.Unsigned(),
                            true,
                            Optional.empty()));
        }
    }

    ProvenContent proven() {
        return new ProvenContent(
                name,
                digest,
                found.all(),
                platforms.stream().map(LookedTree::proven).toList());
    }

    /// This and all below, in the order of the walk, each digest once.
    List<LookedTree> all() {
        Map<Digest, LookedTree> all = new LinkedHashMap<>();
        collect(all);
        return List.copyOf(all.values());
    }

    private void collect(Map<Digest, LookedTree> all) {
        all.putIfAbsent(digest, this);
        platforms.forEach(platform -> platform.collect(all));
    }
}
