// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where credentials come from.
///
/// One for a cloud answers for the cloud's own hosts alone, gives its credentials an expiry, and may be slow: it is
/// asked once for a host, by one thread, until what it gave expires.
public interface CredentialSource {
    /// @param host the registry
    /// @param path the repository, or empty where the question is for the host as a whole
    /// @return empty where this source has nothing for the host
    /// @throws OciException when there should be something and it can't be had; without any part of a secret
    Optional<Credential> find(Host host, String path) throws InterruptedException;

    /// Whether [#find] may tell repositories of one host apart.
    default boolean knowsPaths() {
        return false;
    }

    /// No credentials for anybody.
    static CredentialSource none() {
        return (host, path) -> Optional.empty();
    }

    static CredentialSource of(Map<Host, Credential> credentials) {
        Map<Host, Credential> known = Map.copyOf(credentials);
        return (host, path) -> Optional.ofNullable(known.get(host));
    }

    /// The first that has something.
    static CredentialSource first(List<CredentialSource> sources) {
        List<CredentialSource> all = List.copyOf(sources);
        return new CredentialSource() {
            @Override
            public Optional<Credential> find(Host host, String path) throws InterruptedException {
                for (CredentialSource source : all) {
                    Optional<Credential> found = source.find(host, path);
                    if (found.isPresent()) {
                        return found;
                    }
                }
                return Optional.empty();
            }

            @Override
            public boolean knowsPaths() {
                return all.stream().anyMatch(CredentialSource::knowsPaths);
            }
        };
    }
}
