// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

/// A rule says no: a tag would move to another image.
public final class RefusedPromotionException extends PromotionException {
    private static final long serialVersionUID = 1L;

    public RefusedPromotionException(String message) {
        super(message);
    }
}
