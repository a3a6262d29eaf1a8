// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Believes a server that one of several stores believes. Reading a store takes longer than a request, so each is
/// read only when it is needed.
final class Trust extends X509ExtendedTrustManager {
    private final List<Source> sources;
    private final List<X509ExtendedTrustManager> read = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /// Reads a store.
    interface Source {
        X509ExtendedTrustManager read() throws IOException;
    }

    private interface Check {
        void run(X509ExtendedTrustManager manager) throws CertificateException;
    }

    /// @param sources at least one
    Trust(List<Source> sources) {
        this.sources = List.copyOf(sources);
    }

    private void check(Check check) throws CertificateException {
        CertificateException refusal = new CertificateException("no certificates are believed");
        for (int i = 0; i < sources.size(); i++) {
            try {
                check.run(manager(i));
                return;
            } catch (CertificateException e) {
                refusal = i == 0 ? e : refusal;
            } catch (IOException e) {
                throw new CertificateException(e.getMessage(), e);
            } catch (RuntimeException e) {
                // An empty store makes Java complain so.
                refusal = new CertificateException("no certificates are believed", e);
            }
        }
        throw refusal;
    }

    private X509ExtendedTrustManager manager(int index) throws IOException {
        lock.lock();
        try {
            if (index == read.size()) {
                read.add(sources.get(index).read());
            }
            return read.get(index);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(manager -> manager.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(manager -> manager.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(manager -> manager.checkServerTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
