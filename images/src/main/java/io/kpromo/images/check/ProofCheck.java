// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.check;

import io.kpromo.images.proof.ProductionNames;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.inspect.Answer;
import io.kpromo.trust.inspect.Expectation;
import io.kpromo.trust.inspect.Inspector;
import io.kpromo.trust.inspect.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Checks by verifying: an image is signed when a signature verifies that the expected identity has made for its
/// digest and its production name, in whichever form; of an index, so has to be every manifest below. It is
/// recorded when such a promotion record is there. Remembers what it has seen: another look takes another one of
/// these.
public final class ProofCheck {
    /// Indexes of indexes of indexes… deeper is an attack or a mistake.
    private static final int DEEPEST = 8;

    private static final int MOST = 10_000;
    private static final int CHILDREN_AT_ONCE = 8;

    private record Place(Repository repository, Digest digest, Set<Requirement> required) {}

    private final Registries registries;
    private final Inspector inspector;
    private final ExpectedIdentity expected;
    private final ProductionNames names;
    private final InFlight<Place, Map<Requirement, Answer>> looks = InFlight.keeping();

    public ProofCheck(Registries registries, Inspector inspector, ExpectedIdentity expected, ProductionNames names) {
        this.registries = registries;
        this.inspector = inspector;
        this.expected = expected;
        this.names = names;
    }

    /// All of them, side by side, in the same order. What can't be looked at is part of the answer, not an
    /// exception.
    ///
    /// @param deep whether the signatures of what lies below an index are looked at too
    /// @param atOnce images at the same time, 1 or more
    public List<Checked> check(Collection<Promoted> images, boolean deep, int atOnce) throws InterruptedException {
        Map<Promoted, Checked> checked = new ConcurrentHashMap<>();
        Workers.each(images, atOnce, image -> checked.put(image, check(image, deep)));
        return images.stream()
                .flatMap(image -> Optional.ofNullable(checked.get(image)).stream())
                .toList();
    }

    private Checked check(Promoted image, boolean deep) throws InterruptedException {
        String name = names.of(image.repository());
        List<Checked.OfManifest> manifests = new ArrayList<>();
        try {
            manifests.add(new Checked.OfManifest(
                    image.digest(), Optional.empty(), look(image, name, image.digest(), image.required())));
            if (deep && image.required().contains(Requirement.SIGNATURE) && MediaTypes.isIndex(image.mediaType())) {
                Map<Digest, Descriptor> below = new LinkedHashMap<>();
                walk(image.repository(), image.digest(), 1, below);
                manifests.addAll(signatures(image, name, below));
            }
            return new Checked(image, name, manifests, Optional.empty());
        } catch (OciException e) {
            return new Checked(image, name, manifests, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private List<Checked.OfManifest> signatures(Promoted image, String name, Map<Digest, Descriptor> below)
            throws InterruptedException {
        Map<Digest, Map<Requirement, Answer>> answers = new ConcurrentHashMap<>();
        Workers.each(
                below.keySet(),
                CHILDREN_AT_ONCE,
                child -> answers.put(child, look(image, name, child, Set.of(Requirement.SIGNATURE))));
        return below.values().stream()
                .map(child -> Checked.OfManifest.of(child, answers.getOrDefault(child.digest(), Map.of())))
                .toList();
    }

    private Map<Requirement, Answer> look(Promoted image, String name, Digest digest, Set<Requirement> required)
            throws InterruptedException {
        Repository repository = image.repository();
        return looks.once(
                new Place(repository, digest, required),
                () -> inspector.require(repository, digest, required, new Expectation(expected, name)));
    }

    /// Parents before their children; each digest once.
    private void walk(Repository repository, Digest index, int depth, Map<Digest, Descriptor> found)
            throws InterruptedException {
        RawManifest raw = registries
                .manifests()
                .get(repository.at(index))
                .orElseThrow(() -> new OciException(
                        "check " + repository.at(index) + ": it is not there, though its tag or its index is"));
        for (Descriptor child : Manifest.parse(raw).manifests()) {
            if (depth >= DEEPEST || found.size() >= MOST) {
                throw new OciException("check " + repository.at(index) + ": its indexes nest deeper than " + DEEPEST
                        + " or hold more than " + MOST + " manifests");
            }
            if (found.putIfAbsent(child.digest(), child) == null && MediaTypes.isIndex(child.mediaType())) {
                walk(repository, child.digest(), depth + 1, found);
            }
        }
    }
}
