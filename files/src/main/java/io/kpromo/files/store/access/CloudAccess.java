// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import io.kpromo.oci.http.Transport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What this machine shows clouds to write files there. Every answer is asked for anew; see [Remembered].
public interface CloudAccess {
    /// A token for Google's services in the name of a service account.
    ///
    /// @param account a [ServiceAccount]; empty for whoever this machine is
    /// @throws io.kpromo.oci.OciException where this machine may not act as that account; it says what was tried
    AccessToken google(String account) throws InterruptedException;

    /// Keys of Amazon, by Amazon's default chain.
    ///
    /// @param region to ask in where none is set
    /// @throws io.kpromo.oci.OciException where there are none; it says what was tried
    AccessKeys amazon(String region) throws InterruptedException;

    /// Keys of one profile of the AWS CLI's files, and nothing else.
    ///
    /// @throws io.kpromo.oci.OciException where it has none
    ProfileKeys profile(String name) throws InterruptedException;

    /// Told of what was refused before its time, so that it is not given again by who keeps it here.
    void forget(Passing refused) throws InterruptedException;

    /// Who opens it; found by [java.util.ServiceLoader].
    interface Provider {
        /// @param environment the variables of the process
        /// @param home the user's folder, if there is one
        /// @param transport for questions to the clouds that need no library; it stays the caller's to close
        CloudAccess open(Map<String, String> environment, Optional<Path> home, Transport transport);
    }
}
