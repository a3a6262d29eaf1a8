// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.tuf;

import io.kpromo.trust.Bytes;
import java.util.Optional;

/// Where a TUF repository's files are. It is not trusted.
@FunctionalInterface
public interface TufMirror {
    /// The file, or empty where there is none.
    ///
    /// @param path within the repository
    /// @param most bytes that are read
    /// @throws io.kpromo.oci.OciException where it can't be had, or is longer
    Optional<Bytes> read(String path, int most) throws InterruptedException;
}
