// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.oci.Digest;
import java.util.Map;

/// A simple-signing payload: that an image has a digest under a name.
///
/// @param reference `critical.identity.docker-reference`: the name users pull by, without tag or digest
/// @param optional what else the signer wants to say, sorted by name when written
public record SimpleSigning(String reference, Digest digest, Map<String, String> optional) {
    public SimpleSigning {
        optional = Map.copyOf(optional);
    }
}
