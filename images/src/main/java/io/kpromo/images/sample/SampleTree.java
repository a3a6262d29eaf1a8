// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.sample;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A thin tree with the shape of the largest real one: one big project with two destinations on every mirror,
/// and many small projects. The same values give the same bytes. Its digests exist nowhere.
///
/// @param projects 1 or more; the first is the big one
/// @param mirrors 1 or more
/// @param bigImages images of the big project
/// @param bigDigests digests of the big project
/// @param digests of each other project
/// @param seed that all digests are made of
public record SampleTree(int projects, int mirrors, int bigImages, int bigDigests, int digests, String seed) {
    /// 20,880 digests, 657,360 edges.
    public static SampleTree standard() {
        return new SampleTree(100, 20, 40, 9000, 120, "k8s");
    }

    /// A tree of some hundred edges.
    public static SampleTree small() {
        return new SampleTree(5, 3, 4, 60, 12, "small");
    }

    /// Writes the standard tree: `SampleTree FOLDER`.
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        if (args.length != 1) {
            out.println("usage: SampleTree FOLDER");
            return;
        }
        standard().write(Path.of(args[0]));
    }

    /// Writes all files below a folder, which is made where it is missing.
    public void write(Path root) throws IOException {
        for (int i = 0; i < projects; i++) {
            write(root.resolve("manifests/" + project(i) + "/promoter-manifest.yaml"), promoterManifest(i));
            write(root.resolve("images/" + project(i) + "/images.yaml"), images(i));
        }
    }

    private static String project(int i) {
        return i == 0 ? "k8s-staging-kubernetes" : "k8s-staging-project-%03d".formatted(i);
    }

    private String promoterManifest(int i) {
        StringBuilder out = new StringBuilder("registries:\n- name: gcr.io/" + project(i) + "\n  src: true\n");
        for (String suffix : i == 0 ? List.of("", "/kubernetes") : List.of("/project-%03d".formatted(i))) {
            for (int m = 0; m < mirrors; m++) {
                out.append("- name: region-%02d-docker.pkg.dev/k8s-artifacts-prod/images%s\n".formatted(m, suffix))
                        .append("  service-account: promoter@k8s-artifacts-prod.iam.gserviceaccount.com\n");
            }
        }
        return out.toString();
    }

    private String images(int i) {
        int images = i == 0 ? bigImages : 3 + i % 5;
        int total = i == 0 ? bigDigests : digests;
        StringBuilder out = new StringBuilder();
        for (int image = 0; image < images; image++) {
            out.append("- name: image-%02d\n  dmap:\n".formatted(image));
            for (int d = image; d < total; d += images) {
                out.append("    \"").append(digest(project(i), image, d)).append("\": [");
                out.append(String.join(
                        ",", tags(d).stream().map(t -> '"' + t + '"').toList()));
                out.append("]\n");
            }
        }
        return out.toString();
    }

    private Digest digest(String project, int image, int d) {
        String name = seed + "/" + project + "/" + image + "/" + d;
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    /// Most digests have one tag, every tenth two, every twenty-fifth none.
    private static List<String> tags(int d) {
        List<String> tags = new ArrayList<>();
        if (d % 25 != 3) {
            tags.add("v1." + d / 200 + "." + d % 200);
            if (d % 10 == 0) {
                tags.add("v1." + d / 200 + "-latest-" + d);
            }
        }
        tags.sort(null);
        return tags;
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text);
    }
}
