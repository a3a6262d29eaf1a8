// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.store.SignedPayload;

/// Tells who has signed. Says nothing of what the signed text is about: that is for who asks.
public interface Verifier {
    Verdict verify(Bundle bundle) throws InterruptedException;

    Verdict verify(SignedPayload signed) throws InterruptedException;
}
