// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Digest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.http.Content;
import io.kpromo.registry.store.RegistryFolder;
import io.kpromo.registry.store.RepositoryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// `/v2/<name>/blobs/<digest>`. Distribution-spec 1.1, "Pulling blobs", "Deleting Blobs".
final class Blobs {
    private final RegistryFolder folder;
    private final RegistryOptions options;
    private final Ledger ledger;

    Blobs(RegistryFolder folder, RegistryOptions options, Ledger ledger) {
        this.folder = folder;
        this.options = options;
        this.ledger = ledger;
    }

    Answer get(Asked asked, RepositoryFolder repository) throws IOException {
        Digest digest = asked.digest();
        long size = repository.blob(digest).orElseThrow(() -> unknown(repository, digest));
        if (asked.method().equals("GET")) {
            ledger.read(digest);
        }
        Path file = folder.contents().file(digest);
        Answer answer = Answer.of(200)
                .with("Content-Type", MediaTypes.OCTETS)
                .with("Docker-Content-Digest", digest.toString())
                .with("ETag", "\"" + digest + "\"")
                .with(new Content.Part(file, 0, size));
        return options.has(Feature.RANGES) ? part(asked, answer.with("Accept-Ranges", "bytes"), file, size) : answer;
    }

    private static Answer part(Asked asked, Answer whole, Path file, long size) {
        Optional<String> header = asked.http().headers().first("Range");
        if (header.isEmpty()) {
            return whole;
        }
        try {
            Optional<ByteRange> range = ByteRange.requested(header.get(), size);
            return range.isEmpty()
                    ? whole
                    : new Answer(206, whole.headers(), whole.content(), whole.delivery())
                            .with("Content-Range", range.get().of(size))
                            .with(new Content.Part(
                                    file, range.get().from(), range.get().length()));
        } catch (RefusedException e) {
            return e.answer().with("Content-Range", "bytes */" + size);
        }
    }

    Answer delete(Asked asked, RepositoryFolder repository) throws IOException {
        Digest digest = asked.digest();
        if (!repository.deleteBlob(digest)) {
            throw unknown(repository, digest);
        }
        return Answer.of(202).with("Docker-Content-Digest", digest.toString());
    }

    private static RefusedException unknown(RepositoryFolder repository, Digest digest) {
        return ErrorCode.BLOB_UNKNOWN.because(repository.path() + " holds no blob " + digest);
    }
}
