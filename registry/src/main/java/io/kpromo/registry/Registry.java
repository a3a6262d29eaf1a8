// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.registry.auth.Htpasswd;
import io.kpromo.registry.fault.Faults;
import io.kpromo.registry.http.HttpServer;
import io.kpromo.registry.http.Traffic;
import io.kpromo.registry.store.Consistency;
import io.kpromo.registry.store.RegistryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/// A registry that runs, until it is closed.
///
/// ```java
/// try (var registry = Registry.open(RegistryOptions.in(folder).without(Feature.MOUNTS))) {
///     registry.faults().add(Fault.on(Kind.PUT_BLOB).times(2).answers(429));
///     …
///     assertThat(registry.counts().of(Kind.PUT_BLOB)).isEqualTo(4);
///     assertThat(registry.audit()).isEmpty();
/// }
/// ```
public final class Registry implements AutoCloseable {
    private final RegistryFolder folder;
    private final OpenUploads uploads;
    private final HttpServer server;
    private final Ledger ledger;
    private final Traffic traffic;
    private final Faults faults;
    private final String hostName;

    private Registry(
            RegistryFolder folder,
            OpenUploads uploads,
            HttpServer server,
            Ledger ledger,
            Traffic traffic,
            Faults faults,
            String hostName) {
        this.folder = folder;
        this.uploads = uploads;
        this.server = server;
        this.ledger = ledger;
        this.traffic = traffic;
        this.faults = faults;
        this.hostName = hostName;
    }

    /// Opens the folder and listens.
    ///
    /// @throws IOException when another process has the folder open, the address can't be had, or the password file
    ///     can't be read
    public static Registry open(RegistryOptions options) throws IOException {
        RegistryFolder folder = RegistryFolder.open(options.folder(), options.durable());
        try {
            return start(options, folder);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static Registry start(RegistryOptions options, RegistryFolder folder) throws IOException {
        Ledger ledger = new Ledger(options.remembered());
        Traffic traffic = new Traffic();
        Faults faults = new Faults();
        OpenUploads uploads = new OpenUploads(folder.contents(), Clock.systemUTC());
        Starting starting = new Starting();
        HttpServer server =
                HttpServer.start(options.listen(), request -> starting.front().handle(request), traffic);
        try {
            String host = hostName(options.listen(), server.address().getPort());
            Door door = door(options.access(), "http://" + host);
            Endpoints endpoints = new Endpoints(folder, options, door, ledger, uploads);
            starting.done(new Front(endpoints, door, faults, new Strikes(uploads), ledger, options));
            return new Registry(folder, uploads, server, ledger, traffic, faults, host);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Door door(Access access, String url) throws IOException {
        return switch (access) {
            case Access.Open() -> new Door.Open();
            case Access.Passwords(var file) -> new Door.Password(Htpasswd.read(file));
            case Access.Tokens(var issuer, var realm) ->
                new Door.Token(issuer, realm.map(URI::toString).orElse(url + "/token"));
        };
    }

    private static String hostName(InetSocketAddress address, int port) {
        String name = address.getAddress() == null || address.getAddress().isAnyLocalAddress()
                ? "localhost"
                : address.getAddress().getHostAddress();
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
    }

    /// Where it answers, for example `http://127.0.0.1:5000`, without a slash at the end.
    public URI url() {
        return URI.create("http://" + hostName);
    }

    /// What its repositories are called by.
    public Host host() {
        return new Host(hostName);
    }

    /// What it was asked since it started, or since [#resetCounts].
    public Counts counts() {
        return ledger.counts();
    }

    /// How often a blob's bytes were asked for by `GET`, whole or in part.
    public int reads(Digest blob) {
        return ledger.reads(blob);
    }

    /// Bytes and connections.
    public Traffic traffic() {
        return traffic;
    }

    /// The last requests, oldest first; as many as [RegistryOptions#remembered] says.
    public List<Exchange> requests() {
        return ledger.exchanges();
    }

    /// Begins to count anew: requests, reads, traffic, and what [#requests] shows.
    public void resetCounts() {
        ledger.reset();
        traffic.reset();
    }

    /// What goes wrong from now on.
    public Faults faults() {
        return faults;
    }

    /// What it holds, to be read and filled without HTTP.
    public RegistryFolder folder() {
        return folder;
    }

    /// What is wrong with what it holds; nothing, it is to be hoped. See [Consistency].
    public List<String> audit() {
        try {
            return Consistency.check(folder.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stops at once, and lets go of the folder. What was acknowledged is there when it is opened again.
    @Override
    public void close() {
        server.close();
        try {
            uploads.close();
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
