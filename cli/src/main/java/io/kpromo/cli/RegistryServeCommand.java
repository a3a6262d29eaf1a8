// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Log;
import io.kpromo.registry.Access;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// `kpromo registry serve`: a registry on this machine, until it is stopped.
final class RegistryServeCommand implements Command {
    private final Root root;
    private Optional<Path> folder = Optional.empty();
    private Optional<Path> htpasswd = Optional.empty();
    private String listen = "127.0.0.1:5000";
    private boolean readOnly;
    private boolean google;
    private boolean anonymous;

    RegistryServeCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "serve",
                        "Run an OCI registry on this machine, stored in a folder: for trying things out, tests and"
                                + " air-gapped hand-over. The first line it prints is its URL.",
                        "kpromo registry serve --dir ./registry",
                        "kpromo registry serve --listen 127.0.0.1:0                               a free port, a temporary folder",
                        "kpromo registry serve --listen 0.0.0.0:5000 --htpasswd users --dir /srv  for other machines")
                .file(
                        "--dir",
                        "DIR",
                        "Where it keeps everything. Default: a temporary folder.",
                        d -> folder = Optional.of(d))
                .text(
                        "--listen",
                        "HOST:PORT",
                        "Where it listens; port 0 takes a free one. Default: " + listen + ".",
                        l -> listen = l)
                .file(
                        "--htpasswd",
                        "FILE",
                        "Let in only who is in this file (htpasswd -B).",
                        f -> htpasswd = Optional.of(f))
                .toggle("--read-only", false, "Refuse every write.", on -> readOnly = on)
                .toggle(
                        "--google-listing",
                        false,
                        "List manifests with the tags, as gcr.io and pkg.dev do.",
                        on -> google = on)
                .toggle(
                        "--allow-anonymous",
                        false,
                        "Listen beyond loopback without a password file.",
                        on -> anonymous = on);
    }

    @Override
    public ExitCode call() throws IOException, InterruptedException {
        InetSocketAddress address = address();
        boolean loopback = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        if (!loopback && htpasswd.isEmpty() && !anonymous) {
            throw new UsageException("--listen " + listen + " can be reached from other machines; add --htpasswd FILE,"
                    + " or --allow-anonymous if everyone may write");
        }
        root.interrupt().watch();
        try (Folder where = folder.isPresent() ? Folder.kept(folder.get()) : Folder.temporary("kpromo-registry");
                Registry registry = Registry.open(options(where.path(), address))) {
            root.console().out().println(registry.url());
            root.console().out().flush();
            root.log().info("serving " + where.path() + " at " + registry.url() + "; stop with Ctrl-C");
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            throw (InterruptedException)
                    new InterruptedException("stopped; what was acknowledged is kept").initCause(stopped);
        }
        return ExitCode.DONE;
    }

    private RegistryOptions options(Path where, InetSocketAddress address) {
        Log log = root.log();
        RegistryOptions options = RegistryOptions.in(where)
                .withListen(address)
                .withDurable(folder.isPresent())
                .withReadOnly(readOnly)
                .withAnonymousBeyondLoopback(anonymous)
                .withRemembered(0)
                .withAccessLog(exchange -> log.debug(exchange.toString()));
        RegistryOptions listing = google ? options.with(Feature.GOOGLE_LISTING) : options;
        return htpasswd.map(file -> listing.withAccess(Access.passwords(file))).orElse(listing);
    }

    private InetSocketAddress address() {
        int colon = listen.lastIndexOf(':');
        String port = listen.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new UsageException("--listen is HOST:PORT, for example 127.0.0.1:5000; got " + listen);
        }
        String host = listen.substring(0, colon);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        InetSocketAddress address = new InetSocketAddress(bare, Integer.parseInt(port));
        if (address.isUnresolved()) {
            throw new UsageException("--listen: nobody knows the host " + host);
        }
        return address;
    }
}
