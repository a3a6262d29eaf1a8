// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Log;
import io.kpromo.cli.terminal.Text;
import io.kpromo.oci.Host;
import io.kpromo.oci.auth.CredentialSource;
import io.kpromo.oci.auth.Credentials;
import io.kpromo.oci.auth.RegistrySignIn;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.RequestCounts;
import io.kpromo.oci.http.TransportListener;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.StoreLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Registries for as long as a command runs.
///
/// @param registries to ask
/// @param transport that counts
/// @param clouds the libraries of Google and Amazon
/// @param cloud the credentials that this machine has for clouds; asking for them loads these libraries
record Session(Registries registries, HttpTransport transport, CloudJars clouds, CredentialSource cloud)
        implements AutoCloseable {
    /// @param realms hosts that may issue tokens for registries elsewhere
    static Session open(TransportOptions options, Set<Host> realms, Root root) {
        Log log = root.log();
        Map<String, String> environment = root.console().environment();
        Optional<Path> home = root.console().variable("HOME").map(Path::of);
        CloudJars clouds = CloudJars.besideUs();
        // What docker and podman have stored goes first: somebody has chosen it for the registry.
        CredentialSource cloud = new CloudLoader(clouds, environment, home, log::info);
        CredentialSource all = CredentialSource.first(List.of(Credentials.stored(environment, home), cloud));
        HttpTransport transport =
                HttpTransport.open(options, RegistrySignIn.with(all, realms), event -> tell(log, event));
        return new Session(new Registries(transport), transport, clouds, cloud);
    }

    private static void tell(Log log, TransportListener.Event event) {
        if (!log.shows(Log.Level.DEBUG)) {
            return;
        }
        switch (event) {
            case TransportListener.Retried retried ->
                log.debug(retried.request().why() + " failed after " + retried.tries()
                        + (retried.tries() == 1 ? " try" : " tries") + ", again in "
                        + Text.time(retried.pause().toMillis()) + ": " + retried.cause());
            case TransportListener.Throttled throttled ->
                log.debug(throttled.host() + " asks for fewer requests; now "
                        + Math.round(throttled.perSecond() * 10) / 10.0 + " a second");
        }
    }

    /// What is attached to images there.
    Attachments attachments() {
        return new Attachments(registries, new BlobIndex(), StoreLimits.standard(), InstantSource.system());
    }

    RequestCounts counts() {
        return transport.counts();
    }

    @Override
    public void close() {
        registries.close();
    }
}
