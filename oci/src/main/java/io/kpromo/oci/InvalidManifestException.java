// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

/// Bytes that are not the manifest they should be. The message names the digest and what is wrong; who fetched it
/// adds the repository.
public final class InvalidManifestException extends OciException {
    private static final long serialVersionUID = 1L;

    public InvalidManifestException(Digest digest, String wrong) {
        super("manifest " + digest + " is not valid: " + wrong);
    }

    public InvalidManifestException(Digest digest, String wrong, Throwable cause) {
        super("manifest " + digest + " is not valid: " + wrong, cause);
    }
}
