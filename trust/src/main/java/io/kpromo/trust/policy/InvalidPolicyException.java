// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.trust.TrustException;

/// A part of a policy is not what it has to be.
public final class InvalidPolicyException extends TrustException {
    private static final long serialVersionUID = 1;

    public InvalidPolicyException(String message) {
        super(message);
    }
}
