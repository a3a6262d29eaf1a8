// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import io.kpromo.oci.OciException;

/// The source failed while content was on its way to a destination: no fault of the destination, and sending
/// again is of no use.
public final class SourceFailure extends OciException {
    private static final long serialVersionUID = 1L;

    SourceFailure(OciException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
