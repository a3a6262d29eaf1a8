// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

/// How many requests a second are sent, at most; 0 stands for no limit.
///
/// @param google to Google's registries together, whose quota is a project's and not a host's
/// @param total to all hosts together
/// @param perHost to each host
public record Rates(double google, double total, double perHost) {
    private static final double GOOGLE_QUOTA = 50;

    public Rates {
        if (!(google >= 0 && total >= 0 && perHost >= 0)) {
            throw new IllegalArgumentException("a rate is 0 or more requests a second");
        }
    }

    /// Google's registries together 50 a second, any other as much as it takes.
    public static Rates auto() {
        return new Rates(GOOGLE_QUOTA, 0, 0);
    }

    public static Rates unlimited() {
        return new Rates(0, 0, 0);
    }

    /// All hosts together; Google's have no limit of their own then.
    public static Rates total(double perSecond) {
        return new Rates(0, perSecond, 0);
    }

    public Rates withPerHost(double perSecond) {
        return new Rates(google, total, perSecond);
    }
}
