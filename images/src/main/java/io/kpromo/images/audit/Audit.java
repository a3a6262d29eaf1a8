// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.audit;

import io.kpromo.images.check.ProofCheck;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.plan.WantedContent;
import io.kpromo.images.plan.WantedRepository;
import io.kpromo.images.proof.DesiredProofs;
import io.kpromo.images.run.Inventory;
import io.kpromo.images.run.Inventory.Held;
import io.kpromo.images.run.InventoryReader;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Compares what production holds with what the manifests want: what is missing, what moved, what no manifest
/// names, and, looking deeper, what is incomplete.
public final class Audit {
    /// What was found.
    ///
    /// @param findings in the order of repositories and digests
    /// @param contents that were looked at in production
    /// @param tagless repositories whose host shows no untagged manifests: unnamed ones among them stay unseen
    public record Report(List<Finding> findings, long contents, Set<Repository> tagless) {}

    private final Registries registries;
    private final boolean deep;
    private final Optional<AuditedProofs> proofs;

    /// @param deep whether every manifest and blob below what is wanted is looked up too
    public Audit(Registries registries, boolean deep) {
        this(registries, deep, Optional.empty());
    }

    private Audit(Registries registries, boolean deep, Optional<AuditedProofs> proofs) {
        this.registries = registries;
        this.deep = deep;
        this.proofs = proofs;
    }

    /// One that also looks for signatures and records, by verifying; deep, also for those of what lies below
    /// indexes.
    public Audit with(ProofCheck check, DesiredProofs desired) {
        return new Audit(registries, deep, Optional.of(new AuditedProofs(check, desired)));
    }

    /// @param areas all that counts as production; those inside others are read once
    /// @throws io.kpromo.oci.OciException when some of it can't be read: not seen is not absent
    public Report run(DesiredState desired, Collection<RegistryName> areas) throws InterruptedException {
        Map<Repository, Map<Digest, Held>> held = new HashMap<>();
        Set<Repository> tagless = new HashSet<>();
        for (RegistryName area : outermost(areas)) {
            Inventory inventory = new InventoryReader(registries).read(area);
            held.putAll(inventory.repositories());
            tagless.addAll(inventory.tagless());
        }
        Map<Repository, WantedRepository> wanted = new HashMap<>();
        desired.repositories().forEach(repository -> wanted.put(repository.destination(), repository));
        Set<Repository> all = new TreeSet<>(held.keySet());
        all.addAll(wanted.keySet());
        List<Finding> findings = new ArrayList<>();
        Attachments attachments = new Attachments(registries);
        for (Repository repository : all) {
            Map<Digest, Held> there = held.getOrDefault(repository, Map.of());
            List<WantedContent> contents =
                    wanted.containsKey(repository) ? wanted.get(repository).contents() : List.of();
            Comparison comparison = new Comparison(repository, there, tagless.contains(repository), registries);
            findings.addAll(comparison.wanted(contents));
            findings.addAll(comparison.unnamed(contents, attachments));
            if (deep || proofs.isPresent()) {
                List<Digest> inPlace = comparison.inPlace(contents);
                proofs.ifPresent(wantedProofs -> wantedProofs.inPlace(repository, inPlace, there));
                if (deep) {
                    findings.addAll(new Completeness(registries, repository).check(inPlace));
                }
            }
        }
        if (proofs.isPresent()) {
            findings.addAll(proofs.get().findings(deep));
        }
        return new Report(findings, held.values().stream().mapToLong(Map::size).sum(), Set.copyOf(tagless));
    }

    private static List<RegistryName> outermost(Collection<RegistryName> areas) {
        List<RegistryName> kept = new ArrayList<>();
        for (RegistryName area : new TreeSet<>(areas)) {
            if (kept.stream().noneMatch(other -> other.holds(area))) {
                kept.add(area);
            }
        }
        return kept;
    }

    /// A tag that another's digest hides behind: signatures, attestations, lists of referrers.
    static boolean isAttachment(Tag tag) {
        String text = tag.text();
        if (!text.startsWith("sha256-") || text.length() < "sha256-".length() + 64) {
            return false;
        }
        String rest = text.substring("sha256-".length() + 64);
        return rest.isEmpty() || rest.equals(".sig") || rest.equals(".att") || rest.equals(".sbom");
    }
}
