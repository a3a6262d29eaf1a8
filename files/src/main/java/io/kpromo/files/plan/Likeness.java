// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import io.kpromo.files.store.StoredFile;
import io.kpromo.oci.Digest;
import java.util.Optional;

/// Whether what lies at a destination has the wanted content.
public sealed interface Likeness {
    record Same() implements Likeness {}

    /// @param how in words
    record Different(String how) implements Likeness {}

    /// Only its bytes can tell.
    record Unknown() implements Likeness {}

    /// The sum that was recorded with the file decides. Where there is none, size and sums that both stores
    /// computed over their contents do: the source's content is checked against the manifest when it is copied,
    /// so what equals it is right as far as the source is.
    ///
    /// @param there as it lies at the destination
    /// @param source the same file there, if it was seen
    static Likeness of(Digest wanted, StoredFile there, Optional<StoredFile> source) {
        if (there.sha256().isPresent()) {
            Digest recorded = there.sha256().get();
            return recorded.equals(wanted) ? new Same() : new Different("it is " + recorded + ", wanted is " + wanted);
        }
        if (source.isEmpty()) {
            return new Unknown();
        }
        if (source.get().size() != there.size()) {
            return new Different("it has " + there.size() + " bytes, the source has "
                    + source.get().size());
        }
        Optional<Boolean> agree = there.sums().agree(source.get().sums());
        if (agree.isEmpty()) {
            return new Unknown();
        }
        return agree.get()
                ? new Same()
                : new Different("it has " + there.sums() + ", the source has "
                        + source.get().sums());
    }
}
