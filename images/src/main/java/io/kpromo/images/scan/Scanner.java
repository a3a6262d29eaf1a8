// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import java.util.List;

/// Knows of the vulnerabilities of images. For use by many threads.
public interface Scanner {
    /// What it knows. That it does not know, and that it could not be asked, are answers.
    ScanResult scan(Repository repository, Digest digest) throws InterruptedException;

    /// Whether it may know an index as a whole; the platforms of an index are asked for where it does not.
    default boolean knowsIndexes() {
        return false;
    }

    /// Images that may be scanned at the same time.
    default int atOnce() {
        return 16;
    }

    /// Asks nobody: every image is fine.
    static Scanner none() {
        return (repository, digest) -> new ScanResult.Scanned(List.of());
    }
}
