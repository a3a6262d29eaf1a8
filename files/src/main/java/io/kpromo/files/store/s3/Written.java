// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.oci.Digest;
import java.util.Optional;

/// What S3 says of an object that it has just taken.
///
/// @param etag the entity tag
/// @param sha256 of the whole object, where the store worked it out
/// @param md5 likewise
record Written(String etag, Optional<Digest> sha256, Optional<String> md5) {}
