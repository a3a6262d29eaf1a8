// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.job;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.auth.Secret;
import java.net.URI;
import java.util.Locale;

/// Signs in where jobs are asked for. It is shown to the host that its owner named, and to no other.
///
/// @param address that the token is meant for: `https://tekton.example.org`; by plain HTTP on this machine only
public record JobToken(URI address, Secret secret) {
    public JobToken {
        boolean web = "https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && isHere(address));
        if (!web || address.getRawAuthority() == null || address.getRawUserInfo() != null) {
            throw new InvalidNameException(
                    "address", String.valueOf(address.getHost()), "https://HOST, which a token is meant for");
        }
    }

    private static boolean isHere(URI address) {
        try {
            return new Host(String.valueOf(address.getRawAuthority())).isLoopback();
        } catch (InvalidNameException e) {
            return false;
        }
    }

    /// Whether it is meant for what is asked there.
    boolean isFor(URI target) {
        return origin(target).equals(origin(address));
    }

    private static String origin(URI address) {
        return (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
    }
}
