// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.util.Optional;

/// What every try of every call works with.
record Parts(
        Time time,
        TransportOptions options,
        Schemes schemes,
        HostGates gates,
        Wire wire,
        RegistryError errors,
        Backoff backoff,
        Counter counter,
        Optional<Trace> trace,
        TransportListener listener) {}
