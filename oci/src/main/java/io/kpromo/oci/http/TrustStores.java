// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Whose certificates are believed, as other registry tools (programs in Go) decide it.
///
/// `SSL_CERT_FILE` takes the place of the system's bundle, `SSL_CERT_DIR` that of its folders. With neither, what
/// Java brings along is believed, and then the system's bundle.
final class TrustStores {
    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/pki/tls/cacert.pem"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));
    private static final List<Path> FOLDERS = List.of(Path.of("/etc/ssl/certs"), Path.of("/etc/pki/tls/certs"));

    private final String file;
    private final String folders;

    TrustStores(Map<String, String> environment) {
        this.file = environment.getOrDefault("SSL_CERT_FILE", "");
        this.folders = environment.getOrDefault("SSL_CERT_DIR", "");
    }

    /// Those that are asked in turn; each is read only when those before it have refused.
    List<Trust.Source> sources() {
        return file.isEmpty() && folders.isEmpty()
                ? List.of(TrustStores::javas, () -> managerOf(firstBundle()))
                : List.of(() -> managerOf(named()));
    }

    private List<X509Certificate> named() throws IOException {
        List<X509Certificate> all = new ArrayList<>();
        if (file.isEmpty()) {
            all.addAll(firstBundle());
        } else if (Files.isReadable(Path.of(file))) {
            all.addAll(Pem.certificates(Path.of(file)));
        } else {
            throw new IOException("SSL_CERT_FILE names " + file + ", which can't be read");
        }
        List<Path> places = folders.isEmpty()
                ? FOLDERS
                : List.of(folders.split(":", -1)).stream().map(Path::of).toList();
        for (Path folder : places) {
            all.addAll(inFolder(folder));
        }
        return all;
    }

    private static List<X509Certificate> firstBundle() throws IOException {
        for (Path bundle : BUNDLES) {
            if (Files.isReadable(bundle)) {
                return Pem.certificates(bundle);
            }
        }
        return List.of();
    }

    private static List<X509Certificate> inFolder(Path folder) throws IOException {
        List<X509Certificate> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path one : files) {
                    if (Files.isRegularFile(one) && Files.isReadable(one)) {
                        all.addAll(Pem.certificates(one));
                    }
                }
            }
        }
        return all;
    }

    private static X509ExtendedTrustManager javas() throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return first(factory);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates that Java believes can't be read", e);
        }
    }

    static X509ExtendedTrustManager managerOf(List<X509Certificate> certificates) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("ca-" + i, certificates.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return first(factory);
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates can't be used", e);
        }
    }

    private static X509ExtendedTrustManager first(TrustManagerFactory factory) throws IOException {
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new IOException("this Java can't check certificates");
    }
}
