// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import java.util.Locale;

/// A registry's host and, where it is not the scheme's own, its port: `gcr.io`, `localhost:5000`, `[::1]:5000`.
///
/// @param name in lower case
public record Host(String name) implements Comparable<Host> {
    public Host {
        name = name.toLowerCase(Locale.ROOT);
        if (!Grammar.isHost(name)) {
            throw new InvalidNameException("registry host", name, "a host name or address with an optional port");
        }
    }

    /// The name without its port; an IPv6 address without its brackets.
    public String address() {
        if (name.startsWith("[")) {
            return name.substring(1, name.indexOf(']'));
        }
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    /// The port that was written, or `otherwise`.
    public int port(int otherwise) {
        int colon = name.lastIndexOf(':');
        return colon < 0 || name.endsWith("]") ? otherwise : Integer.parseInt(name.substring(colon + 1));
    }

    /// Whether only this machine can answer: `localhost`, names below `.localhost`, 127.0.0.0/8 and ::1.
    public boolean isLoopback() {
        String address = address();
        return address.equals("localhost")
                || address.endsWith(".localhost")
                || address.equals("::1")
                || Grammar.isLoopbackV4(address);
    }

    @Override
    public int compareTo(Host other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
