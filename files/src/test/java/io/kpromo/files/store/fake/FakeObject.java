// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.fake;

import java.util.Map;
import java.util.TreeMap;

/// An object in a fake bucket.
///
/// @param etag as S3 quotes it
/// @param generation as Google counts it
/// @param recorded metadata of its writer, the names without what marks them
/// @param parts how many it was put together of; 0 where it came whole
@SuppressWarnings("ArrayRecordComponent")
public record FakeObject(byte[] content, String etag, long generation, Map<String, String> recorded, int parts) {
    public FakeObject {
        recorded = new TreeMap<>(recorded);
    }
}
