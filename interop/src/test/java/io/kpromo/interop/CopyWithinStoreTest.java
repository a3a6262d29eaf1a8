// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.s3.S3Options;
import io.kpromo.files.store.s3.S3Stores;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway copies large files by itself, part by part.
@Tag("interop")
class CopyWithinStoreTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void whatRcloneSentInPartsIsCopiedInTheSamePartsByTheGateway() throws Exception {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        byte[] content = new byte[12 * MIB + 345];
        new Random(1).nextBytes(content);
        Files.write(sources.resolve("large.tar"), content);
        try (Bucket bucket = Bucket.Kind.S3.start(folder.resolve("s3"));
                HttpTransport transport = HttpTransport.open(TransportOptions.standard())) {
            Map<String, String> settings = new HashMap<>(bucket.rclone());
            settings.put("RCLONE_CONFIG", folder.resolve("no-rclone.conf").toString());
            Foreign rclone = Foreign.program("rclone", folder);
            rclone.run(
                    settings,
                    "copy",
                    "--s3-chunk-size=5Mi",
                    "--s3-upload-cutoff=5Mi",
                    sources.toString(),
                    bucket.remote("staging/v1"));
            S3Stores stores = stores(bucket, transport);
            Store from = stores.asAnyone(Base.parse("s3://staging/v1"));
            Store into = stores.signedIn(Base.parse("s3://prod/v1"), Optional.empty(), "here");
            FileName name = new FileName("large.tar");
            StoredFile seen = from.inspect(name).orElseThrow();

            assertThat(into.copy(from, name, seen, Digest.sha256(content), Optional.empty()))
                    .isTrue();

            assertThat(into.inspect(name).orElseThrow().sha256()).contains(Digest.sha256(content));
            rclone.run(settings, "check", "--download", sources.toString(), bucket.remote("prod/v1"));
            Host host = new Host("127.0.0.1:" + bucket.process().port());
            assertThat(transport.counts().requests(host))
                    .containsEntry(Kind.COPY_FILE, 3L)
                    .doesNotContainKeys(Kind.GET_FILE, Kind.PUT_PART);
        }
    }

    /// As though requests copied no more than 5 MiB rather than 5 GiB.
    private static S3Stores stores(Bucket bucket, HttpTransport transport) {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL",
                bucket.address(),
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                Bucket.ID,
                "AWS_SECRET_ACCESS_KEY",
                Bucket.KEY);
        return new S3Stores(
                transport,
                environment,
                () -> {
                    throw new AssertionError("the variables hold keys");
                },
                S3Options.standard().withPart(5 * MIB).withCopied(5 * MIB),
                InstantSource.system());
    }
}
