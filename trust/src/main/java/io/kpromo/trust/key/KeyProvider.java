// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import java.util.Set;

/// Finds keys that a service holds. Those of clouds are found by [java.util.ServiceLoader], so that what they are
/// built of is loaded only where such a key is named.
public interface KeyProvider {
    /// How references to its keys begin, before `://`.
    Set<String> schemes();

    /// Asks the service for the key.
    ///
    /// @param reference as it was written, scheme and all
    /// @throws io.kpromo.trust.TrustException where the reference is malformed or the key is of no use here
    /// @throws io.kpromo.oci.OciException where the service refuses or can't be reached
    HeldKey find(String reference, KeyServices services) throws InterruptedException;
}
