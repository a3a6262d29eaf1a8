// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.oci.Repository;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.policy.ProvenancePolicy;
import io.kpromo.trust.policy.ProvenancePolicy.Mode;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which policy an image has to meet, by the repository that it comes from: not by the manifest that promotes it,
/// for another manifest may reach into the same repositories.
public final class Policies {
    /// By the name of the source, sorted.
    private final Map<RegistryName, PlacedPolicy> bySource;

    private final Optional<PlacedPolicy> otherwise;

    private Policies(Map<RegistryName, PlacedPolicy> bySource, Optional<PlacedPolicy> otherwise) {
        this.bySource = bySource;
        this.otherwise = otherwise;
    }

    /// The policies of these manifests, each for the repositories at and below its source.
    ///
    /// @throws io.kpromo.yaml.InvalidInputException when two manifests share a source and differ in their
    ///     policies, or one covers the other's source with another policy; both places are named
    public static Policies of(List<PromoterManifest> manifests) {
        Problems problems = new Problems();
        check(manifests, problems);
        problems.throwIfAny();
        Map<RegistryName, PlacedPolicy> bySource = new TreeMap<>();
        for (PromoterManifest manifest : manifests) {
            manifest.provenance()
                    .ifPresent(policy -> bySource.putIfAbsent(manifest.source().name(), policy));
        }
        return new Policies(bySource, Optional.empty());
    }

    /// No image has to meet any.
    public static Policies none() {
        return new Policies(Map.of(), Optional.empty());
    }

    /// The same, with this one for all sources that have none.
    public Policies otherwise(PlacedPolicy policy) {
        return new Policies(bySource, Optional.of(policy));
    }

    /// The policy for what comes from this repository: that of the innermost source that covers it. Empty where
    /// there is none, also where it says that none is wanted (mode off).
    public Optional<PlacedPolicy> of(Repository source) {
        Optional<PlacedPolicy> own = bySource.entrySet().stream()
                .filter(entry -> entry.getKey().holds(source))
                .max(Comparator.comparingInt(entry -> entry.getKey().path().length()))
                .map(Map.Entry::getValue);
        return own.or(() -> otherwise).filter(placed -> placed.policy().mode() != Mode.OFF);
    }

    /// Whether any image has to meet one.
    public boolean isEmpty() {
        return bySource.isEmpty() && otherwise.isEmpty();
    }

    /// Whether any of them takes the word of who signs with certificates.
    public boolean trustCertificates() {
        return Stream.concat(bySource.values().stream(), otherwise.stream())
                .map(PlacedPolicy::policy)
                .filter(policy -> policy.mode() != Mode.OFF)
                .flatMap(policy -> policy.signers().stream())
                .anyMatch(signer -> signer.whom() instanceof ExpectedIdentity.Certificate);
    }

    static void check(List<PromoterManifest> manifests, Problems problems) {
        if (manifests.stream().noneMatch(manifest -> manifest.provenance().isPresent())) {
            return;
        }
        Map<RegistryName, PromoterManifest> firsts = new HashMap<>();
        for (PromoterManifest manifest : manifests) {
            PromoterManifest first = firsts.putIfAbsent(manifest.source().name(), manifest);
            if (first != null && !policy(first).equals(policy(manifest))) {
                problems.add(
                        place(manifest),
                        "disagrees with " + place(first) + " on the provenance policy of their common source "
                                + manifest.source().name() + "; write the same policy in both");
            }
        }
        checkNested(new ArrayList<>(firsts.values()), problems);
    }

    private static void checkNested(List<PromoterManifest> manifests, Problems problems) {
        List<PromoterManifest> strict = manifests.stream()
                .filter(manifest -> manifest.provenance().isPresent())
                .toList();
        for (PromoterManifest inner : strict) {
            for (PromoterManifest outer : strict) {
                RegistryName above = outer.source().name();
                RegistryName below = inner.source().name();
                if (!above.equals(below) && above.holds(below) && !policy(outer).equals(policy(inner))) {
                    problems.add(
                            place(inner),
                            "disagrees with " + place(outer) + ", whose provenance policy covers " + below
                                    + " as part of " + above
                                    + "; write the same policy in both, or leave this one out");
                }
            }
        }
    }

    private static Optional<ProvenancePolicy> policy(PromoterManifest manifest) {
        return manifest.provenance().map(PlacedPolicy::policy);
    }

    /// Where the policy stands; where there is none, the source.
    private static Place place(PromoterManifest manifest) {
        return manifest.provenance()
                .map(PlacedPolicy::place)
                .orElse(manifest.source().place());
    }
}
