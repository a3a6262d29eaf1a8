// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// What a registry answered. Valid while [Call#read] runs; the transport closes it.
public interface Response {
    int status();

    /// The first value of this header, whatever its case.
    Optional<String> header(String name);

    /// All values of this header, in order.
    List<String> headers(String name);

    /// The body; ends with an exception, not silently, where it is shorter than announced. Empty for `HEAD`.
    InputStream body();
}
