// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.statement.Envelope;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// One signature, and all that it is about.
///
/// @param message what was signed: a payload, or the pre-authentication encoding of an envelope
/// @param envelope where there is one
record Signed(X509Certificate certificate, Bytes signature, Bytes message, Optional<Envelope> envelope) {}
