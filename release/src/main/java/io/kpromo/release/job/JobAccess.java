// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.job;

import io.kpromo.oci.http.Transport;
import java.util.Optional;

/// The way to jobs that no forge runs.
///
/// @param transport to Prow and Tekton
/// @param token for one of them; empty where both are asked as anybody
public record JobAccess(Transport transport, Optional<JobToken> token) {}
