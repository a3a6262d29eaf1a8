// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import java.util.Optional;

/// Who must have signed what is in production: a key, or an identity with its issuer.
///
/// @param key a file with a public key, or the address of one that a service holds
/// @param identity exactly; where there is an expression, that counts
/// @param identityRegexp RE2
/// @param issuer exactly
/// @param issuerRegexp RE2
public record ExpectedSigner(
        Optional<String> key,
        Optional<String> identity,
        Optional<String> identityRegexp,
        Optional<String> issuer,
        Optional<String> issuerRegexp) {}
