// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.oci.Digest;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a signature of ours says.
final class Signature {
    private static final String OPTIONAL = "org.kubernetes.kpromo.version";

    /// An annotation of the payload's layer that tells the version in the payload. With it a later version can
    /// tell the whole payload without fetching it.
    static final String VERSION = "io.kpromo.version";

    private Signature() {}

    /// @param name the production name
    /// @param version of the kpromo that signs
    static SimpleSigning payload(String name, Digest digest, String version) {
        return new SimpleSigning(name, digest, Map.of(OPTIONAL, "kpromo-" + version));
    }

    /// As cosign 3 states it, but with the production name.
    static Statement statement(String name, Digest digest) {
        return new Statement(
                List.of(Subject.of(name, digest)), PredicateTypes.SIGNATURE, JsonNodeFactory.instance.objectNode());
    }
}
