// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What is signed: in-toto statements in DSSE envelopes, and simple-signing payloads. Start at [Statement].
@NullMarked
package io.kpromo.trust.statement;

import org.jspecify.annotations.NullMarked;
