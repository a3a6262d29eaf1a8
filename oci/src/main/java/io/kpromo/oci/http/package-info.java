// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// One transport for every request: it signs in, limits, retries, counts and traces. Start at [Transport], which
/// [HttpTransport#open] makes.
///
/// A call passes [Tries] (again, where that may help), [Delivery] (sign-in, redirects), [Exchange] (a slot,
/// counts) and [Wire] (bytes over a connection).
@NullMarked
package io.kpromo.oci.http;

import org.jspecify.annotations.NullMarked;
