// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A base on a store, as somebody else than kpromo sees it.
sealed interface Shelf {
    /// Its item in `filestores`.
    String filestore();

    /// What is shown there, by name.
    ///
    /// @param names that there may be, for stores that can't be listed
    Map<String, byte[]> files(Collection<String> names) throws IOException, InterruptedException;

    /// Uploads that nobody has ended.
    default String unfinished() throws IOException, InterruptedException {
        return "";
    }

    private static Map<String, byte[]> below(Path folder) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().startsWith(".kpromo-")) {
                    files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing has been written yet.
        }
        return files;
    }

    /// A folder of this machine.
    record InFolder(Path folder) implements Shelf {
        @Override
        public String filestore() {
            return "- base: file://" + folder + "\n";
        }

        @Override
        public Map<String, byte[]> files(Collection<String> names) throws IOException {
            return below(folder);
        }

        @Override
        public String toString() {
            return "a folder";
        }
    }

    /// A bucket, read by rclone.
    record InBucket(Bucket bucket, String path) implements Shelf {
        @Override
        public String filestore() {
            return "- base: " + bucket.kind().base("prod") + "/" + path + "\n  service-account: promoter@example.com\n";
        }

        private byte[] rclone(String... arguments) throws IOException, InterruptedException {
            Map<String, String> settings = new HashMap<>(bucket.rclone());
            settings.put("RCLONE_CONFIG", bucket.folder().resolve("none.conf").toString());
            return Foreign.program("rclone", bucket.folder()).run(settings, arguments);
        }

        @Override
        public Map<String, byte[]> files(Collection<String> names) throws IOException, InterruptedException {
            Path into = Files.createTempDirectory(bucket.folder(), "read-back");
            if (rclone("lsf", "--recursive", "--include", path + "/**", bucket.remote("prod")).length > 0) {
                rclone("copy", bucket.remote("prod/" + path), into.toString());
            }
            Map<String, byte[]> files = below(into);
            try (Stream<Path> all = Files.walk(into)) {
                all.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
            }
            return files;
        }

        @Override
        public String unfinished() throws IOException, InterruptedException {
            if (bucket.kind() != Bucket.Kind.S3) {
                return "";
            }
            String uploads = new String(
                    rclone("backend", "list-multipart-uploads", bucket.remote("prod")), StandardCharsets.UTF_8);
            return uploads.contains(path) ? uploads : "";
        }

        @Override
        public String toString() {
            return bucket.kind() + " " + path;
        }
    }

    /// A registry, asked as anybody may.
    ///
    /// @param host that kpromo is told of
    record InRegistry(Server server, String host, String path) implements Shelf {
        private static final Pattern LAYER =
                Pattern.compile("\"layers\":\\[\\{[^}]*\"digest\":\"(sha256:[0-9a-f]{64})\"");

        @Override
        public String filestore() {
            return "- base: oci://" + host + "/" + path + "\n";
        }

        @Override
        public Map<String, byte[]> files(Collection<String> names) throws IOException, InterruptedException {
            Map<String, byte[]> files = new HashMap<>();
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (String name : names) {
                    String[] version = name.split("/", 2);
                    String repository = "http://" + server.host() + "/v2/" + path + "/" + version[1];
                    HttpResponse<byte[]> manifest = get(client, repository + "/manifests/" + version[0]);
                    if (manifest.statusCode() == 200) {
                        Matcher layer = LAYER.matcher(new String(manifest.body(), StandardCharsets.UTF_8));
                        assertThat(layer.find()).as(name).isTrue();
                        files.put(
                                name,
                                get(client, repository + "/blobs/" + layer.group(1))
                                        .body());
                    }
                }
            }
            return files;
        }

        private static HttpResponse<byte[]> get(HttpClient client, String address)
                throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }

        @Override
        public String toString() {
            return "a registry, " + path;
        }
    }
}
