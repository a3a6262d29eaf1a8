// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.fault;

import io.kpromo.oci.http.Kind;
import java.util.Optional;

/// A request that a fault may strike.
///
/// @param kind what it is for; a `POST` with `mount` is a [Kind#MOUNT], whatever will come of it
/// @param method for example `PUT`
/// @param path without the query
/// @param repository empty where the endpoint has none
/// @param reference a tag, a digest or an upload, empty where the endpoint has none
public record Target(Optional<Kind> kind, String method, String path, String repository, String reference) {}
