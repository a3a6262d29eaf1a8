// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

/// What a request is for. Counted by kind, traced by name; small questions go before large bodies.
public enum Kind {
    PING,
    TOKEN,
    HEAD_MANIFEST,
    GET_MANIFEST,
    PUT_MANIFEST,
    PUT_TAG,
    DELETE_MANIFEST,
    LIST_TAGS,
    CATALOGUE,
    REFERRERS,
    HEAD_BLOB,
    GET_BLOB,
    DELETE_BLOB,
    /// Opens an upload, or mounts where the host holds the blob: the answer tells which.
    MOUNT,
    POST_UPLOAD,
    PATCH_UPLOAD,
    PUT_BLOB,
    UPLOAD_STATUS,
    CANCEL_UPLOAD,
    /// Where a store of files keeps a bucket.
    HEAD_BUCKET,
    /// What a store knows of a file, without its bytes.
    HEAD_FILE,
    LIST_FILES,
    GET_FILE,
    /// A whole file in one request.
    PUT_FILE,
    /// A part of a large file, which may be sent again.
    PUT_PART,
    /// Which uploads in parts nobody has ended yet.
    LIST_UPLOADS,
    /// Makes a file of the parts that were sent.
    FINISH_UPLOAD,
    /// A file copied by the store itself.
    COPY_FILE,
    DELETE_FILE,
    /// Releases of a repository of sources, and what belongs to them.
    RELEASES,
    /// A question to a forge.
    READ_FORGE,
    /// Something that a forge makes or changes: sent twice, it might be made twice.
    WRITE_FORGE,
    /// Something that a forge makes or changes and that may be sent twice: the second time changes nothing more.
    SET_FORGE,
    /// A file for a forge's release.
    SEND_ASSET,
    /// A certificate of a certificate authority, for a token that says who we are.
    SIGNING_CERTIFICATE,
    /// An entry of a transparency log, written or read.
    LOG_ENTRY,
    TIMESTAMP,
    /// Metadata and targets of a root of trust.
    TRUST_ROOT,
    /// What a scanning service knows of an image.
    VULNERABILITIES,
    /// A service that holds keys: a public key, or a signature.
    KEY_SERVICE;

    /// Whether the transport may send it again by itself after it may have reached the host. The bytes of an
    /// upload may not: what the host kept of them only the caller can find out. Such a request is sent again only
    /// where the host cannot have read any of it, and otherwise fails at once.
    /// The same goes for what a forge is to make.
    boolean repeatable() {
        return this != PUT_BLOB && this != PATCH_UPLOAD && this != WRITE_FORGE && this != SEND_ASSET;
    }

    /// Whether it brings bytes, as many as there are, so that small questions go first.
    boolean isLarge() {
        return this == GET_BLOB || this == GET_FILE || sends();
    }

    /// Whether the other side may work long on it before it answers: it reads again what it was sent, or copies.
    boolean isLong() {
        return this == FINISH_UPLOAD || this == COPY_FILE || sends();
    }

    private boolean sends() {
        return this == PUT_BLOB || this == PATCH_UPLOAD || this == PUT_FILE || this == PUT_PART || this == SEND_ASSET;
    }
}
