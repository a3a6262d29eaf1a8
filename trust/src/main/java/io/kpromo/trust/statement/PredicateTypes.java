// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

/// The predicate types that mean something to us.
public final class PredicateTypes {
    /// An image signature in a bundle, as cosign 3 writes it.
    public static final String SIGNATURE = "https://sigstore.dev/cosign/sign/v1";
    public static final String PROMOTION_RECORD = "https://k8s.io/promo-tools/promotion/v1";
    public static final String VERIFICATION_SUMMARY = "https://slsa.dev/verification_summary/v1";
    public static final String PROVENANCE_0_2 = "https://slsa.dev/provenance/v0.2";
    public static final String PROVENANCE_1 = "https://slsa.dev/provenance/v1";

    private PredicateTypes() {}
}
