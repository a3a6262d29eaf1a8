// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What other programs pushed to a registry of any make is promoted to registries of every make, and read back
/// there by all of them.
@Tag("interop")
class PromotionBetweenRegistriesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatOthersPushedIsPromotedToEveryKindOfRegistryAndReadBackByAll(Server.Kind from)
            throws IOException, InterruptedException {
        List<Server> mirrors = new ArrayList<>();
        try (Server staging = from.start(folder.resolve("staging"), Optional.empty())) {
            for (Server.Kind to : Server.Kind.values()) {
                mirrors.add(to.start(folder.resolve("mirror-" + to), Optional.empty()));
            }
            Map<String, Digest> pushed = push(staging.host());
            Path manifest = manifest(staging, mirrors, pushed);
            Kpromo kpromo = Kpromo.at(folder);

            Kpromo.Ended promoted = kpromo.promote(manifest);

            assertThat(promoted.exit()).as(promoted.story()).isZero();
            ReadBack readBack = new ReadBack(folder);
            for (Server mirror : mirrors) {
                for (Map.Entry<String, Digest> image : pushed.entrySet()) {
                    String reference = mirror.host() + "/prod/" + image.getKey() + ":1.0";
                    if (image.getKey().equals("artifact")) {
                        readBack.artifact(reference, image.getValue());
                    } else {
                        readBack.image(reference, image.getValue());
                    }
                }
                assertThatTagsAreListedAlike(kpromo, mirror);
            }
            Kpromo.Ended again = kpromo.promote(manifest);
            assertThat(again.exit()).as(again.story()).isZero();
        } finally {
            mirrors.forEach(Server::close);
        }
    }

    /// Pushes one of each kind, each by a program of others.
    private Map<String, Digest> push(String host) throws IOException, InterruptedException {
        SampleImage index = SampleImage.image()
                .platforms("linux/amd64", "linux/arm64", "linux/s390x")
                .layers(3)
                .sharedLayers(1)
                .layerSize(50_000)
                .unpackable()
                .build();
        SampleImage single = SampleImage.image()
                .layers(2)
                .layerSize(70_000)
                .seed(7)
                .unpackable()
                .build();
        Path indexLayout = Layout.write(folder.resolve("index"), index, "1.0");
        Path singleLayout = Layout.write(folder.resolve("single"), single, "1.0");
        String prefix = host + "/staging/";
        Foreign skopeo = Foreign.program("skopeo", folder);
        skopeo.text(
                "--insecure-policy",
                "copy",
                "--all",
                "--dest-tls-verify=false",
                "oci:" + indexLayout + ":1.0",
                "docker://" + prefix + "index:1.0");
        skopeo.text(
                "--insecure-policy",
                "copy",
                "--format=v2s2",
                "--dest-tls-verify=false",
                "oci:" + singleLayout + ":1.0",
                "docker://" + prefix + "schema2:1.0");
        Foreign.program("crane", folder).text("push", singleLayout.toString(), prefix + "single:1.0");
        Files.writeString(folder.resolve("chart.txt"), "no image at all");
        Foreign.program("oras", folder)
                .text(
                        "push",
                        "--plain-http",
                        "--artifact-type",
                        "application/vnd.example.thing",
                        prefix + "artifact:1.0",
                        "chart.txt:text/plain");
        Map<String, Digest> pushed = new TreeMap<>();
        for (String name : List.of("index", "schema2", "single", "artifact")) {
            String digest = Foreign.program("crane", folder).text("digest", prefix + name + ":1.0");
            pushed.put(name, Digest.parse(digest));
        }
        assertThat(pushed.get("index")).isEqualTo(index.digest());
        assertThat(pushed.get("single")).isEqualTo(single.digest());
        return pushed;
    }

    private Path manifest(Server staging, List<Server> mirrors, Map<String, Digest> images) throws IOException {
        StringBuilder yaml = new StringBuilder("registries:\n- name: " + staging.host() + "/staging\n  src: true\n");
        mirrors.forEach(mirror -> yaml.append("- name: " + mirror.host() + "/prod\n"));
        yaml.append("images:\n");
        images.forEach((name, digest) ->
                yaml.append("- name: %s\n  dmap:\n    \"%s\": [\"1.0\", latest]\n".formatted(name, digest)));
        return Files.writeString(folder.resolve("manifest.yaml"), yaml);
    }

    private void assertThatTagsAreListedAlike(Kpromo kpromo, Server mirror) throws IOException, InterruptedException {
        String repository = mirror.host() + "/prod/index";
        Kpromo.Ended ours = kpromo.run("ls", repository);
        assertThat(ours.exit()).as(ours.story()).isZero();
        List<String> theirs =
                Foreign.program("crane", folder).text("ls", repository).lines().toList();
        assertThat(ours.out().lines().map(line -> line.split("\\s+", -1)[0]))
                .as(repository)
                .containsExactlyInAnyOrderElementsOf(theirs);
    }
}
