// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files are promoted to servers that others wrote, and read back there by rclone.
@Tag("interop")
class FilesBetweenStoresTest {
    private static final int MIB = 1 << 20;
    private static final Map<String, Integer> FILES = new LinkedHashMap<>(Map.of(
            "linux/amd64/kubectl", 100_000,
            "linux/amd64/kubectl.sha256", 64,
            "empty", 0,
            "with space/a+b=c&d 100%", 1000,
            "Größe/日本語", 1000,
            "what#is;this,'(!)'", 1000,
            "streamed.tar", 9 * MIB,
            "in-parts.tar", 70 * MIB));

    @TempDir
    private Path folder;

    private Bucket s3;
    private Bucket google;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        s3 = Bucket.Kind.S3.start(folder.resolve("s3"));
        google = Bucket.Kind.GS.start(folder.resolve("gs"));
    }

    @AfterEach
    void stop() {
        s3.close();
        google.close();
    }

    private Kpromo kpromo() {
        return google.tell(s3.tell(Kpromo.at(folder)));
    }

    private Path sources() throws IOException {
        Path sources = folder.resolve("sources");
        Random random = new Random(1);
        for (Map.Entry<String, Integer> file : FILES.entrySet()) {
            byte[] content = new byte[file.getValue()];
            random.nextBytes(content);
            Path path = sources.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, content);
        }
        return sources;
    }

    private Path filestores(String from, String... to) throws IOException {
        StringBuilder yaml = new StringBuilder("filestores:\n- base: " + from + "\n  src: true\n");
        for (String base : to) {
            yaml.append("- base: " + base + "\n  service-account: promoter@example.com\n");
        }
        return Files.writeString(Files.createTempFile(folder, "filestores", ".yaml"), yaml);
    }

    private Path files(Path sources) throws IOException {
        StringBuilder yaml = new StringBuilder("files:\n");
        for (String name : FILES.keySet()) {
            Digest sha256 = Digest.sha256(Files.readAllBytes(sources.resolve(name)));
            yaml.append("- name: \"" + name + "\"\n  sha256: " + sha256.hex() + "\n");
        }
        return Files.writeString(folder.resolve("files.yaml"), yaml);
    }

    private Kpromo.Ended promote(Path filestores, Path files, Path trace) throws IOException, InterruptedException {
        return promote(kpromo(), filestores, files, trace);
    }

    private static Kpromo.Ended promote(Kpromo kpromo, Path filestores, Path files, Path trace)
            throws IOException, InterruptedException {
        return kpromo.run(
                "run",
                "files",
                "--filestores=" + filestores,
                "--files=" + files,
                "--trace-requests=" + trace,
                "--confirm");
    }

    private void isAlike(String folderOfSources, Bucket bucket, String path) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(bucket.rclone());
        settings.put("RCLONE_CONFIG", folder.resolve("no-rclone.conf").toString());
        Foreign.program("rclone", folder).run(settings, "check", "--download", folderOfSources, bucket.remote(path));
    }

    /// By content and by what each holds, both ways.
    private void isAlike(String one, String other) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(s3.rclone());
        settings.putAll(google.rclone());
        settings.put("RCLONE_CONFIG", folder.resolve("no-rclone.conf").toString());
        Foreign.program("rclone", folder).run(settings, "check", "--download", one, other);
    }

    @Test
    void aFolderIsPromotedToBucketsOfBothCloudsAndRcloneFindsNoDifference() throws Exception {
        Path sources = sources();
        Path filestores = filestores("file://" + sources, "s3://prod/sub/dir", "gs://prod/sub/dir");

        Kpromo.Ended ended = promote(filestores, files(sources), folder.resolve("trace"));

        assertThat(ended.exit()).as(ended.story()).isZero();
        isAlike(sources.toString(), s3.remote("prod/sub/dir"));
        isAlike(sources.toString(), google.remote("prod/sub/dir"));
        Kpromo.Ended again = promote(filestores, files(sources), folder.resolve("trace-again"));
        assertThat(again.exit()).as(again.story()).isZero();
        assertThat(writes(folder.resolve("trace-again"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatRclonePutIntoABucketIsPromotedToAnother(Bucket.Kind kind) throws Exception {
        Bucket bucket = kind == Bucket.Kind.S3 ? s3 : google;
        Path sources = sources();
        Map<String, String> settings = new HashMap<>(bucket.rclone());
        settings.put("RCLONE_CONFIG", folder.resolve("no-rclone.conf").toString());
        Foreign.program("rclone", folder).run(settings, "copy", sources.toString(), bucket.remote("staging/v1"));
        Path filestores = filestores(kind.base("staging") + "/v1", kind.base("prod") + "/release");

        Kpromo.Ended ended = promote(filestores, files(sources), folder.resolve("trace"));

        assertThat(ended.exit()).as(ended.story()).isZero();
        isAlike(sources.toString(), bucket.remote("prod/release"));
        Kpromo.Ended again = promote(filestores, files(sources), folder.resolve("trace-again"));
        assertThat(again.exit()).as(again.story()).isZero();
        assertThat(writes(folder.resolve("trace-again"))).isEmpty();
    }

    /// Both have buckets of the same names, and neither is what the variables name.
    @Test
    void filesGoFromOneGatewayToTheNextEachWithItsOwnKeys() throws Exception {
        Path sources = sources();
        try (Bucket mirror = Bucket.Kind.S3.start(folder.resolve("mirror"))) {
            Map<String, String> settings = new HashMap<>(s3.rclone());
            settings.put("RCLONE_CONFIG", folder.resolve("no-rclone.conf").toString());
            Foreign.program("rclone", folder).run(settings, "copy", sources.toString(), s3.remote("staging/v1"));
            Path filestores =
                    Files.writeString(folder.resolve("filestores.yaml"), """
                        filestores:
                        - base: s3://staging/v1
                          endpoint: %s
                          src: true
                        - base: s3://staging/v1
                          endpoint: %s
                          profile: mirror
                        """.formatted(s3.address(), mirror.address()));
            Path config = Files.writeString(
                    folder.resolve("aws-config"), """
                        [profile mirror]
                        aws_access_key_id = %s
                        aws_secret_access_key = %s
                        endpoint_url = %s/
                        """.formatted(Bucket.ID, Bucket.KEY, mirror.address()));
            Kpromo kpromo = Kpromo.at(folder)
                    .asInstalled()
                    .with("AWS_CONFIG_FILE", config.toString())
                    .with("AWS_ACCESS_KEY_ID", "AKIDOFSOMEBODYELSE")
                    .with("AWS_SECRET_ACCESS_KEY", "not-for-any-of-these");

            Kpromo.Ended ended = promote(kpromo, filestores, files(sources), folder.resolve("trace"));

            assertThat(ended.exit()).as(ended.story()).isZero();
            isAlike(sources.toString(), mirror, "staging/v1");
            assertThat(Files.readString(folder.resolve("trace"))).doesNotContain("amazonaws.com");
            Kpromo.Ended again = promote(kpromo, filestores, files(sources), folder.resolve("trace-again"));
            assertThat(again.exit()).as(again.story()).isZero();
            assertThat(writes(folder.resolve("trace-again"))).isEmpty();
        }
    }

    static List<String> writes(Path trace) throws IOException {
        return Files.readAllLines(trace).stream()
                .filter(line -> !line.contains("\"method\":\"GET\"") && !line.contains("\"method\":\"HEAD\""))
                .toList();
    }
}
