// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.images.sample.SampleTree;
import io.kpromo.yaml.InvalidInputException;
import io.kpromo.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The layout of a tree, and what may not lie in it.
final class ThinTreeTest {
    private static final String REGISTRIES = "registries: [{name: gcr.io/s, src: true}, {name: gcr.io/d}]\n";
    private static final String IMAGES = "- name: a\n  dmap: {\"sha256:" + "a".repeat(64) + "\": [x]}\n";

    @TempDir
    private Path outside;

    @Test
    void projectsComeInTheOrderOfTheirNames() throws Exception {
        project("zebra");
        project("ape");
        project("lion");
        Manifests manifests = Manifests.thinTree(root());
        assertThat(manifests.all()).extracting(PromoterManifest::project).containsExactly("ape", "lion", "zebra");
        assertThat(manifests.warnings()).isEmpty();
        assertThat(manifests.digests()).isEqualTo(3);
        assertThat(manifests.all().getFirst().imagesFile()).isEqualTo(root() + "/images/ape/images.yaml");
    }

    @Test
    void imagesPathIsAcceptedAndIgnored() throws Exception {
        write("manifests/p/promoter-manifest.yaml", REGISTRIES + "imagesPath: ../../anywhere\n");
        write("images/p/images.yaml", IMAGES);
        assertThat(Manifests.thinTree(root()).all()).hasSize(1);
    }

    @Test
    void anEmptyListOfImagesIsFine() throws Exception {
        write("manifests/p/promoter-manifest.yaml", REGISTRIES);
        write("images/p/images.yaml", "# none yet\n");
        write("manifests/q/promoter-manifest.yaml", REGISTRIES);
        write("images/q/images.yaml", "[]\n");
        assertThat(Manifests.thinTree(root()).all())
                .allSatisfy(m -> assertThat(m.images()).isEmpty());
    }

    @Test
    void otherFilesAreNoneOfItsBusiness() throws Exception {
        project("p");
        write("README.md", "x");
        write("manifests/OWNERS", "x");
        write("manifests/p/OWNERS", "x");
        write("manifests/p/old/notes.yaml", "x");
        write("images/p/OWNERS", "x");
        assertThat(Manifests.thinTree(root()).all()).hasSize(1);
    }

    @Test
    void aFolderWithoutAManifestIsAWarning() throws Exception {
        project("p");
        write("manifests/q/OWNERS", "x");
        assertThat(Manifests.thinTree(root()).warnings())
                .extracting(Problem::toString)
                .containsExactly(root() + "/manifests/q: has no promoter-manifest.yaml; the folder is passed over");
    }

    @Test
    void bothFoldersAreWanted() throws Exception {
        Files.createDirectories(root().resolve("images"));
        refused("k8s: has no folder \"manifests\"; a thin tree holds manifests/<project>/promoter-manifest.yaml"
                + " and images/<project>/images.yaml");
        assertThat(Manifests.isThinTree(root())).isFalse();
        Files.createDirectories(root().resolve("manifests"));
        assertThat(Manifests.isThinTree(root())).isTrue();
    }

    @Test
    void theTreeIsWanted() {
        refused("k8s: does not exist or cannot be read; want a folder");
    }

    @Test
    void aTreeWithoutManifestsIsRefused() throws Exception {
        Files.createDirectories(root().resolve("images"));
        Files.createDirectories(root().resolve("manifests/p"));
        refused("k8s/manifests: holds no manifest; want manifests/<project>/promoter-manifest.yaml");
    }

    @Test
    void everyManifestHasItsImages() throws Exception {
        write("manifests/p/promoter-manifest.yaml", REGISTRIES);
        Files.createDirectories(root().resolve("images"));
        refused("k8s/manifests/p/promoter-manifest.yaml: has no images: " + root()
                + "/images/p/images.yaml does not exist; add it");
    }

    @Test
    void aManifestThatLiesTooHighOrTooDeepIsRefused() throws Exception {
        project("p");
        write("manifests/promoter-manifest.yaml", REGISTRIES);
        write("manifests/p/q/promoter-manifest.yaml", REGISTRIES);
        write("manifests/x/y/z/promoter-manifest.yaml", REGISTRIES);
        String wrong = "lies in a wrong place; want manifests/<project>/promoter-manifest.yaml, one folder deep";
        refused(
                "k8s/manifests/p/q/promoter-manifest.yaml: " + wrong,
                "k8s/manifests/promoter-manifest.yaml: " + wrong,
                "k8s/manifests/x/y/z/promoter-manifest.yaml: " + wrong);
    }

    @Test
    void imagesDoNotStandInAThinManifest() throws Exception {
        write("manifests/p/promoter-manifest.yaml", REGISTRIES + "images: []\n");
        write("images/p/images.yaml", IMAGES);
        refused(
                "k8s/manifests/p/promoter-manifest.yaml:2:1: images stand in images/<project>/images.yaml in a thin tree;"
                        + " move them");
    }

    @Test
    void whatIsWrongInAnyFileIsToldInTheOrderOfFiles() throws Exception {
        for (int i = 9; i > 0; i--) {
            write("manifests/p" + i + "/promoter-manifest.yaml", "registries: 1\n");
            write("images/p" + i + "/images.yaml", "\n- name: A\n  dmap: x\n");
        }
        List<String> told = problems();
        assertThat(told).hasSize(27).isSorted();
        assertThat(told.getFirst()).startsWith("k8s/images/p1/images.yaml:2:9: invalid repository name \"A\"");
    }

    @Test
    void linksInsideTheTreeAreFine() throws Exception {
        project("p");
        Files.createSymbolicLink(root().resolve("manifests/q"), root().resolve("manifests/p"));
        Files.createDirectories(root().resolve("images/q"));
        Files.createSymbolicLink(root().resolve("images/q/images.yaml"), Path.of("../p/images.yaml"));
        assertThat(Manifests.thinTree(root()).all())
                .extracting(PromoterManifest::project)
                .containsExactly("p", "q");
    }

    @Test
    void theTreeItselfMayBeALink() throws Exception {
        project("p");
        Path link = Files.createSymbolicLink(outside.resolve("link"), root());
        assertThat(Manifests.thinTree(link).all()).hasSize(1);
    }

    @Test
    void aFileThatIsALinkOutOfTheTreeIsRefused() throws Exception {
        project("p");
        Path secret = Files.writeString(outside.resolve("secret.yaml"), IMAGES);
        Files.delete(root().resolve("images/p/images.yaml"));
        Files.createSymbolicLink(root().resolve("images/p/images.yaml"), secret);
        refused("k8s/images/p/images.yaml: is a link out of the tree, to " + secret.toRealPath()
                + "; put a copy there");
    }

    @Test
    void aFolderThatIsALinkOutOfTheTreeIsRefused() throws Exception {
        project("p");
        Path other = Files.createDirectories(outside.resolve("other"));
        Files.writeString(other.resolve("promoter-manifest.yaml"), REGISTRIES);
        Files.createSymbolicLink(root().resolve("manifests/q"), other);
        refused("k8s/manifests/q: is a link out of the tree, to " + other.toRealPath() + "; put a copy there");
    }

    @Test
    void aLinkToNothingIsRefused() throws Exception {
        project("p");
        Files.createDirectories(root().resolve("manifests/q"));
        Files.createSymbolicLink(root().resolve("manifests/q/promoter-manifest.yaml"), Path.of("nothing"));
        refused("k8s/manifests/q/promoter-manifest.yaml: is a link to nothing; mend or remove it");
    }

    @Test
    void linksInCirclesEnd() throws Exception {
        project("p");
        Files.createSymbolicLink(root().resolve("manifests/p/loop"), root().resolve("manifests/p"));
        assertThatThrownBy(() -> Manifests.thinTree(root())).isInstanceOf(InvalidInputException.class);
        assertThat(problems()).singleElement().asString().contains("promoter-manifest.yaml: lies in a wrong place");
    }

    @Test
    void whoIsInterruptedStops() throws Exception {
        SampleTree.small().write(root());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Manifests.thinTree(root())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theRealTreeIsRead() throws Exception {
        Manifests manifests = Manifests.thinTree(Path.of("src/test/resources/registry.k8s.io"));
        assertThat(manifests.all()).singleElement().satisfies(manifest -> {
            assertThat(manifest.project()).isEqualTo("k8s-staging-artifact-promoter");
            assertThat(manifest.destinations()).hasSize(20);
            assertThat(manifest.images()).extracting(Image::name).containsExactly("cip", "kpromo", "vulndash");
        });
        assertThat(manifests.digests()).isEqualTo(28);
        assertThat(manifests.warnings()).isEmpty();
    }

    private Path root() {
        return outside.resolve("k8s");
    }

    private void project(String name) throws IOException {
        write("manifests/" + name + "/promoter-manifest.yaml", REGISTRIES);
        write("images/" + name + "/images.yaml", IMAGES);
    }

    private void write(String path, String text) throws IOException {
        Path file = root().resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private List<String> problems() throws InterruptedException {
        try {
            Manifests.thinTree(root());
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems().stream()
                    .map(p -> p.toString().substring(outside.toString().length() + 1))
                    .toList();
        }
    }

    private void refused(String... expected) {
        assertThatThrownBy(() -> Manifests.thinTree(root()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(outside.toString());
        try {
            assertThat(problems()).containsExactly(expected);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
