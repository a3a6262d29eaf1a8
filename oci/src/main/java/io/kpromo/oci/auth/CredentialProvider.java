// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes a source of credentials that [java.util.ServiceLoader] finds, so that what it is built of is loaded only
/// where a registry asks for it.
public interface CredentialProvider {
    /// Asks nobody for anything yet.
    ///
    /// @param environment the variables of the process
    /// @param home the user's folder, if there is one
    /// @param remarks is told why there is nothing for a registry that asked, once for each cause; without secrets
    CredentialSource open(Map<String, String> environment, Optional<Path> home, Consumer<String> remarks);
}
