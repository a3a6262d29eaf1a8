// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import io.kpromo.oci.OciException;

/// The bytes that were on their way to a destination can't be had this way any more, but can be had again: no fault
/// of the destination.
public final class LostPlace extends OciException {
    private static final long serialVersionUID = 1L;

    private final boolean wrong;

    private LostPlace(String message, boolean wrong) {
        super(message);
        this.wrong = wrong;
    }

    private LostPlace(String message, WrongContentException cause) {
        super(message, cause);
        this.wrong = true;
    }

    /// The others went on without this destination; what it has is good.
    static LostPlace leftBehind(String message) {
        return new LostPlace(message, false);
    }

    /// The source sent something else; what was taken of it must be thrown away.
    static LostPlace wrongBytes(String message, WrongContentException cause) {
        return new LostPlace(message, cause);
    }

    /// Nothing proves what was taken, so it must be thrown away.
    static LostPlace unproven(String message) {
        return new LostPlace(message, true);
    }

    /// Whether what was taken so far must be thrown away.
    public boolean wrong() {
        return wrong;
    }
}
