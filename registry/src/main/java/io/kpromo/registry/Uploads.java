// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.store.Draft;
import io.kpromo.registry.store.RegistryFolder;
import io.kpromo.registry.store.RepositoryFolder;
import io.kpromo.registry.store.WrongDigestException;
import java.io.IOException;
import java.util.Optional;

/// `/v2/<name>/blobs/uploads/`. Distribution-spec 1.1, "Pushing blobs".
final class Uploads {
    private final RegistryFolder folder;
    private final RegistryOptions options;
    private final OpenUploads open;

    Uploads(RegistryFolder folder, RegistryOptions options, OpenUploads open) {
        this.folder = folder;
        this.options = options;
        this.open = open;
    }

    /// Mounts, takes a whole blob, or opens an upload, whichever was asked for and can be done.
    ///
    /// @param mayRead whether the sender may read where the blob is to be mounted from
    Answer post(Asked asked, RepositoryFolder repository, boolean mayRead) throws IOException {
        Optional<String> mount = asked.query("mount");
        if (mount.isPresent()) {
            Digest digest = Asked.digest(mount.get());
            if (isMounted(repository, digest, asked.query("from"), mayRead)) {
                return created(repository, digest);
            }
        } else if (asked.query("digest").isPresent() && options.has(Feature.SINGLE_POST)) {
            return whole(asked, repository, Asked.digest(asked.query("digest").get()));
        }
        Upload upload = open.begin(repository.path(), algorithm(asked));
        return accepted(upload);
    }

    private boolean isMounted(RepositoryFolder into, Digest digest, Optional<String> from, boolean mayRead)
            throws IOException {
        if (!options.has(Feature.MOUNTS) || !mayRead) {
            return false;
        }
        boolean there = from.isPresent()
                ? isIn(from.get(), digest)
                : options.has(Feature.MOUNTS_FROM_ANYWHERE)
                        && folder.contents().size(digest).isPresent();
        if (there) {
            into.addBlob(digest);
        }
        return there;
    }

    private boolean isIn(String from, Digest digest) throws IOException {
        try {
            return folder.repository(from).blob(digest).isPresent();
        } catch (InvalidNameException e) {
            return false; // nothing can be there; the answer is an upload, as for any blob that can't be mounted
        }
    }

    private Answer whole(Asked asked, RepositoryFolder repository, Digest digest) throws IOException {
        try (Draft draft = folder.contents().draft(digest.algorithm())) {
            draft.write(asked.http().body());
            return commit(draft, repository, digest);
        }
    }

    Answer patch(Asked asked, RepositoryFolder repository) throws IOException, InterruptedException {
        if (!options.has(Feature.CHUNKS)) {
            throw ErrorCode.UNSUPPORTED.because("this registry takes blobs in one piece");
        }
        Upload upload = find(asked, repository);
        open.take(upload);
        try {
            checkPlace(asked, upload);
            upload.draft().write(asked.http().body());
            upload.draft().rest();
            return accepted(upload);
        } finally {
            open.leave(upload);
        }
    }

    Answer put(Asked asked, RepositoryFolder repository) throws IOException, InterruptedException {
        Upload upload = find(asked, repository);
        Digest digest = Asked.digest(asked.query("digest").orElse(""));
        open.take(upload);
        try {
            checkPlace(asked, upload);
            append(asked, upload);
            open.forget(upload);
            try (Draft draft = upload.draft()) {
                return commit(draft, repository, digest);
            }
        } finally {
            open.leave(upload);
        }
    }

    /// All or nothing: a `PUT` that broke off is sent again as it was.
    private static void append(Asked asked, Upload upload) throws IOException {
        long before = upload.draft().size();
        boolean complete = false;
        try {
            upload.draft().write(asked.http().body());
            complete = true;
        } finally {
            if (!complete) {
                upload.draft().cutTo(before);
            }
        }
    }

    Answer status(Asked asked, RepositoryFolder repository) throws InterruptedException {
        Upload upload = find(asked, repository);
        open.take(upload);
        try {
            return progress(204, upload);
        } finally {
            open.leave(upload);
        }
    }

    Answer cancel(Asked asked, RepositoryFolder repository) throws IOException, InterruptedException {
        Upload upload = find(asked, repository);
        open.take(upload);
        try {
            open.forget(upload);
            upload.draft().close();
            return Answer.of(204);
        } finally {
            open.leave(upload);
        }
    }

    private Upload find(Asked asked, RepositoryFolder repository) {
        return open.find(asked.route().reference())
                .filter(upload -> upload.isIn(repository.path()))
                .orElseThrow(() -> ErrorCode.BLOB_UPLOAD_UNKNOWN.because("there is no such upload (any more)"));
    }

    /// A piece must begin where the last one ended.
    private static void checkPlace(Asked asked, Upload upload) {
        Optional<String> header = asked.http().headers().first("Content-Range");
        if (header.isEmpty()) {
            return;
        }
        ByteRange range = ByteRange.ofUpload(header.get())
                .orElseThrow(() -> ErrorCode.BLOB_UPLOAD_INVALID.because(416, "not a Content-Range"));
        if (range.from() != upload.draft().size()) {
            throw new OutOfPlaceException(upload);
        }
        if (asked.http().length().orElse(range.length()) != range.length()) {
            throw ErrorCode.SIZE_INVALID.because("Content-Range and Content-Length differ");
        }
    }

    private static Answer commit(Draft draft, RepositoryFolder repository, Digest digest) throws IOException {
        try {
            draft.commit(digest);
        } catch (WrongDigestException e) {
            throw ErrorCode.DIGEST_INVALID.because(String.valueOf(e.getMessage()));
        }
        repository.addBlob(digest);
        return created(repository, digest);
    }

    private static Answer created(RepositoryFolder repository, Digest digest) {
        return Answer.of(201)
                .with("Location", "/v2/" + repository.path() + "/blobs/" + digest)
                .with("Docker-Content-Digest", digest.toString());
    }

    private static Answer accepted(Upload upload) {
        return progress(202, upload);
    }

    static Answer progress(int status, Upload upload) {
        return Answer.of(status)
                .with("Location", upload.location())
                .with("Range", upload.range())
                .with("Docker-Upload-UUID", upload.id());
    }

    /// What the blob will be hashed with, where the client says so (distribution-spec 1.1, `digest-algorithm`).
    private static Digest.Algorithm algorithm(Asked asked) {
        return asked.query("digest-algorithm").orElse("").equals("sha512")
                        || asked.query("digest").orElse("").startsWith("sha512:")
                ? Digest.Algorithm.SHA512
                : Digest.Algorithm.SHA256;
    }
}
