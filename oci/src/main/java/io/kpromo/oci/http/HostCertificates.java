// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Host;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// Certificates for one registry, in folders named for it, as docker and podman have them: `HOST[:PORT]/*.crt` are
/// believed besides all others, and `NAME.cert` with `NAME.key` is what we show. For some hosts others are not
/// believed.
final class HostCertificates {
    private static final int HTTPS = 443;

    private final List<Path> parents;
    private final Map<Host, Path> alone;

    /// @param parents as `/etc/docker/certs.d`
    /// @param alone files, or folders of them, with those that alone are believed
    HostCertificates(List<Path> parents, Map<Host, Path> alone) {
        this.parents = List.copyOf(parents);
        this.alone = Map.copyOf(alone);
    }

    /// Where those are that alone are believed there; empty where it is not for us to say.
    Optional<Path> alone(String host, int port) {
        return alone.entrySet().stream()
                .filter(one ->
                        one.getKey().address().equals(host) && one.getKey().port(HTTPS) == port)
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// @throws IOException when nothing can be read there; names it
    static List<X509Certificate> in(Path place) throws IOException {
        List<X509Certificate> all = new ArrayList<>();
        for (Path file : Files.isDirectory(place) ? files(place, "*") : List.of(place)) {
            all.addAll(Pem.certificates(file));
        }
        if (all.isEmpty()) {
            throw new IOException(place + ": holds no certificate in PEM form");
        }
        return all;
    }

    /// The folders that are there for this registry.
    List<Path> folders(String host, int port) {
        List<Path> found = new ArrayList<>();
        for (Path parent : parents) {
            add(found, parent.resolve(host + ":" + port));
            if (port == HTTPS) {
                add(found, parent.resolve(host));
            }
        }
        return found;
    }

    private static void add(List<Path> found, Path folder) {
        if (Files.isDirectory(folder)) {
            found.add(folder);
        }
    }

    static List<X509Certificate> authorities(List<Path> folders) throws IOException {
        List<X509Certificate> all = new ArrayList<>();
        for (Path folder : folders) {
            for (Path file : files(folder, "*.crt")) {
                all.addAll(Pem.certificates(file));
            }
        }
        return all;
    }

    /// @throws IOException when a certificate has no key, or either can't be read; names the file
    static KeyManager[] ours(List<Path> folders) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Path folder : folders) {
                for (Path file : files(folder, "*.cert")) {
                    String name = file.getFileName().toString();
                    Path key = folder.resolve(name.substring(0, name.length() - "cert".length()) + "key");
                    List<X509Certificate> chain = Pem.certificates(file);
                    if (chain.isEmpty()) {
                        throw new IOException(file + ": holds no certificate in PEM form");
                    }
                    store.setKeyEntry(
                            file.toString(),
                            Pem.privateKey(key, chain.getFirst().getPublicKey()),
                            new char[0],
                            chain.toArray(X509Certificate[]::new));
                }
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + folders + " can't be used", e);
        }
    }

    private static List<Path> files(Path folder, String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            found.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    /// Where docker and podman look.
    static List<Path> usual(Optional<Path> home) {
        List<Path> parents = new ArrayList<>();
        home.ifPresent(h -> parents.add(h.resolve(".config/containers/certs.d")));
        parents.add(Path.of("/etc/containers/certs.d"));
        parents.add(Path.of("/etc/docker/certs.d"));
        return parents;
    }
}
