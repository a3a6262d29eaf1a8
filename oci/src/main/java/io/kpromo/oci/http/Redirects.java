// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Which redirects are followed, and to where.
final class Redirects {
    static final int MOST = 5;

    private Redirects() {}

    /// The address that this answer leads to, if it is a redirect of something that is only read.
    static Optional<String> location(Request request, Response answer) {
        boolean reads = request.method() == Method.GET || request.method() == Method.HEAD;
        return reads && isRedirect(answer.status()) ? answer.header("Location") : Optional.empty();
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /// @param at where the answer came from, and `from` the address asked there
    /// @throws IOException when it is no address
    static URI resolve(Origin at, URI from, String location) throws IOException {
        try {
            URI base = from.isAbsolute() ? from : URI.create(at.toString()).resolve(from);
            return base.resolve(new URI(location));
        } catch (URISyntaxException e) {
            throw new ForbiddenException("the registry redirects to what is no address");
        }
    }

    /// A registry out there may not make us ask places that only we can reach, nor make us do without TLS.
    static void requireSafe(Origin registry, Origin from, Origin to) throws ForbiddenException {
        if (from.tls() && !to.tls()) {
            throw new ForbiddenException("a redirect from https to plain http, to " + to.authority() + ", is refused");
        }
        if (isGuarded(registry) && Addresses.isInner(to.host())) {
            throw new ForbiddenException("a redirect to " + to.authority() + ", an inner address, is refused");
        }
    }

    /// Whether redirects of this registry are watched: this machine's own may point to this machine.
    static boolean isGuarded(Origin registry) {
        return !Addresses.isInner(registry.host());
    }
}
