// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import io.kpromo.oci.auth.Secret;
import java.net.URISyntaxException;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/// A token for one host. Redirects to another one, or to one without encryption, do not get it.
final class HostToken extends CredentialsProvider {
    /// The name that forges take beside a token; they look at the token alone.
    private static final String NAME = "x-access-token";

    private final URIish own;
    private final Secret token;

    HostToken(String address, Secret token) {
        try {
            this.own = new URIish(address);
        } catch (URISyntaxException e) {
            throw new GitException("no git address", e);
        }
        this.token = token;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            if (!(item instanceof CredentialItem.Username) && !(item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) throws UnsupportedCredentialItem {
        boolean sameHost = own.getHost() != null
                && own.getHost().equalsIgnoreCase(uri.getHost())
                && own.getPort() == uri.getPort()
                && own.getScheme().equals(uri.getScheme());
        if (!sameHost || !supports(items) || !isSafe(uri)) {
            return false;
        }
        for (CredentialItem item : items) {
            if (item instanceof CredentialItem.Username name) {
                name.setValue(NAME);
            } else if (item instanceof CredentialItem.Password password) {
                password.setValue(token.reveal().toCharArray());
            }
        }
        return true;
    }

    private static boolean isSafe(URIish uri) {
        return "https".equals(uri.getScheme()) || new io.kpromo.oci.Host(uri.getHost()).isLoopback();
    }
}
