// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.net.InetAddress;
import java.util.Set;

/// Which addresses a registry may not send us to.
final class Addresses {
    /// Where clouds keep the credentials of a machine, as far as these are not link-local.
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "168.63.129.16");

    private Addresses() {}

    /// By name or by a written address; no name is looked up.
    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") || isLiteral(host, true);
    }

    /// Whether this is a place that only this machine, or one next to it, can reach.
    static boolean isInner(String host) {
        return isLoopback(host) || host.equals("metadata.google.internal") || isLiteral(host, false);
    }

    static boolean isInner(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || METADATA.contains(address.getHostAddress());
    }

    private static boolean isLiteral(String host, boolean loopbackOnly) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException name) {
            return false;
        }
        return loopbackOnly ? address.isLoopbackAddress() : isInner(address);
    }
}
