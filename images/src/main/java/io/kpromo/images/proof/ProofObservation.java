// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What was seen of proof, written down by many threads.
public final class ProofObservation implements ObservedProofs {
    private record Place(Repository repository, Digest digest) {}

    private final Map<Place, ProofState> states = new ConcurrentHashMap<>();

    public ProofObservation saw(WantedProof wanted, ProofState state) {
        states.put(new Place(wanted.repository(), wanted.digest()), state);
        return this;
    }

    @Override
    public ProofState state(WantedProof wanted) {
        ProofState state = states.get(new Place(wanted.repository(), wanted.digest()));
        return state == null
                ? new ProofState.Unreadable("the proof of " + wanted.reference() + " was not looked at")
                : state;
    }
}
