// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import io.kpromo.oci.auth.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Keys that requests to Amazon's services are signed with.
///
/// @param id which keys they are; shown to the service
/// @param session a token that comes with keys for a time
public record AccessKeys(String id, Secret secret, Optional<Secret> session, Optional<Instant> expires)
        implements Passing {
    /// Those that the variables hold, which come first in Amazon's own chain: nothing of a library is needed for
    /// them.
    public static Optional<AccessKeys> of(Map<String, String> environment) {
        String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "").strip();
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "").strip();
        String session = environment.getOrDefault("AWS_SESSION_TOKEN", "").strip();
        return id.isEmpty() || secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new AccessKeys(
                        id,
                        Secret.of(secret),
                        session.isEmpty() ? Optional.empty() : Optional.of(Secret.of(session)),
                        Optional.empty()));
    }
}
