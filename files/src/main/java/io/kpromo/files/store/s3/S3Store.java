// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.bucket.Looking;
import io.kpromo.oci.Digest;
import io.kpromo.oci.client.BlobIntake;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Files below a path of a bucket of S3.
final class S3Store implements Store {
    private final Base base;
    private final S3Client client;
    private final S3Writer writer;

    S3Store(Base base, S3Client client, S3Options options) {
        this.base = base;
        this.client = client;
        this.writer = new S3Writer(client, options);
    }

    @Override
    public Base base() {
        return base;
    }

    @Override
    public Map<FileName, StoredFile> look(Collection<FileName> names) throws InterruptedException {
        return new Looking(base, client).look(names);
    }

    @Override
    public Optional<StoredFile> inspect(FileName name) throws InterruptedException {
        return client.head(base.key(name));
    }

    @Override
    public void read(FileName name, StoredFile seen, BlobIntake into) throws InterruptedException {
        client.get(base.key(name), seen, into);
    }

    @Override
    public void write(FileName name, Incoming file, Optional<StoredFile> replaced) throws InterruptedException {
        writer.write(base.key(name), file, replaced);
    }

    @Override
    public boolean copy(Store from, FileName name, StoredFile seen, Digest sha256, Optional<StoredFile> replaced)
            throws InterruptedException {
        return from instanceof S3Store other
                && isWith(other)
                && writer.copy(
                        new S3Uploads.Path(other.base.bucket(), other.base.key(name)),
                        seen,
                        base.key(name),
                        sha256,
                        replaced);
    }

    private boolean isWith(S3Store other) throws InterruptedException {
        return client.endpoint().cloud().equals(other.client.endpoint().cloud());
    }
}
