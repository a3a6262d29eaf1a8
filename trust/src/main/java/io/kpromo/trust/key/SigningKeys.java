// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.TrustException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Opens keys by what a person writes for `--key`: a file, or the reference of a key that a service holds
/// (`gcpkms://…`, `awskms://…`, `hashivault://…`).
///
/// @param services how services are reached; asked for only where one is
/// @param clouds the providers of clouds; loaded only where a key of theirs is named
/// @param password of a file, by its name; asked for only where the file is encrypted
public record SigningKeys(
        Supplier<KeyServices> services,
        Supplier<List<KeyProvider>> clouds,
        Function<String, Optional<Secret>> password) {
    private static final Set<String> OF_CLOUDS = Set.of("gcpkms", "awskms");

    /// A file is read at once, a service is asked when the key is first used.
    ///
    /// @throws TrustException where the key can't be used
    public SigningKey open(String reference) {
        int end = reference.indexOf("://");
        if (end < 0) {
            return Keys.read(Path.of(reference), () -> password.apply(reference));
        }
        return new ServiceKey(reference, provider(reference.substring(0, end)), services.get());
    }

    /// Whether this names a key that a service holds.
    public static boolean isOfService(String reference) {
        return reference.contains("://");
    }

    private KeyProvider provider(String scheme) {
        KeyProvider vault = new VaultKeys();
        if (vault.schemes().contains(scheme)) {
            return vault;
        }
        if (!OF_CLOUDS.contains(scheme)) {
            throw new TrustException(
                    "no keys are known by " + scheme + "://; take a file, gcpkms://, awskms:// or hashivault://");
        }
        return clouds.get().stream()
                .filter(cloud -> cloud.schemes().contains(scheme))
                .findFirst()
                .orElseThrow(() -> new TrustException(
                        "keys of " + scheme + ":// need the folder \"cloud\" beside kpromo's jars, and it is missing"));
    }
}
