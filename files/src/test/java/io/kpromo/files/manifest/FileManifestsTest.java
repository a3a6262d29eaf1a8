// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.yaml.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What manifests of files may say, and what is told of those that are wrong.
class FileManifestsTest extends ManifestsFixture {
    @Test
    void aFilestoresFileAndAFilesFileMakeAManifest() throws Exception {
        FileManifest manifest =
                read(STORES, files("linux/amd64/kubectl", A)).all().getFirst();
        assertThat(manifest.project()).isEqualTo("stores");
        assertThat(manifest.source().base().toString()).isEqualTo("gs://staging");
        assertThat(manifest.destinations())
                .singleElement()
                .satisfies(store -> assertThat(store.base().toString()).isEqualTo("s3://prod/subdir"))
                .satisfies(store -> assertThat(store.serviceAccount()).contains("foo@project.iam.gserviceaccount.com"));
        assertThat(manifest.files()).singleElement().satisfies(file -> {
            assertThat(file.name().text()).isEqualTo("linux/amd64/kubectl");
            assertThat(file.sha256().hex()).isEqualTo(A);
            assertThat(file.place().toString()).endsWith("files.yaml:2:9");
        });
    }

    @Test
    void aFolderOfFilesFilesIsMergedInTheOrderOfPaths() throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        write("files/b.yaml", files("two", B));
        write("files/a/z.yaml", files("one", A));
        FileManifests read = FileManifests.of(write("stores.yaml", STORES), files);
        assertThat(read.all().getFirst().files().stream()
                        .map(file -> file.name().text()))
                .containsExactly("one", "two");
        assertThat(read.files()).isEqualTo(2);
        assertThat(read.edges()).isEqualTo(2);
    }

    @Test
    void aTreeHoldsAProjectInEachFolder() throws Exception {
        tree("kops", STORES, files("kops", A));
        tree("cri", STORES.replace("subdir", "cri"), files("crictl", B));
        assertThat(FileManifests.isTree(folder)).isTrue();
        FileManifests read = FileManifests.tree(folder);
        assertThat(read.all().stream().map(FileManifest::project)).containsExactly("cri", "kops");
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void whatIsPassedOverInATreeIsToldOf() throws Exception {
        tree("kops", STORES, files("kops", A));
        write("manifests/kops/README.md", "read me");
        write("manifests/other/a.yaml", files("a", A));
        Files.createDirectories(folder.resolve("filestores/empty"));
        assertThat(texts(FileManifests.tree(folder).warnings()))
                .containsExactly(
                        "filestores/empty: has no filepromoter-manifest.yaml; the folder is passed over",
                        "manifests/kops/README.md: does not end in .yaml; it is passed over",
                        "manifests/other: has no filestores: " + folder
                                + "/filestores/other/filepromoter-manifest.yaml does not exist; it is passed over");
    }

    @Test
    void aProjectWithoutAFolderOfFilesIsWrong() throws Exception {
        write("filestores/kops/filepromoter-manifest.yaml", STORES);
        Files.createDirectories(folder.resolve("manifests"));
        assertTreeProblem("filestores/kops/filepromoter-manifest.yaml: has no files: the folder " + folder
                + "/manifests/kops does not exist");
    }

    @Test
    void aTreeWithoutItsFoldersIsWrong() {
        assertTreeProblem("has no folder \"filestores\"");
    }

    @Test
    void aTreeWithoutManifestsIsWrong() throws Exception {
        Files.createDirectories(folder.resolve("filestores"));
        Files.createDirectories(folder.resolve("manifests"));
        assertTreeProblem("filestores: holds no manifest; want filestores/<project>/filepromoter-manifest.yaml");
    }

    @Test
    void aLinkOutOfTheTreeIsNotFollowed(@TempDir Path elsewhere) throws Exception {
        tree("kops", STORES, files("kops", A));
        Path outside = Files.writeString(elsewhere.resolve("x.yaml"), files("evil", B));
        Files.createSymbolicLink(folder.resolve("manifests/kops/x.yaml"), outside);
        assertTreeProblem("manifests/kops/x.yaml: is a link out of the tree");
    }

    @Test
    void aLinkToNothingIsRefused() throws Exception {
        tree("kops", STORES, files("kops", A));
        Files.createSymbolicLink(folder.resolve("manifests/kops/x.yaml"), Path.of("nothing"));
        assertTreeProblem("manifests/kops/x.yaml: is a link to nothing; mend or remove it");
    }

    @Test
    void twoProjectsCantWantDifferentContentsInOnePlace() throws Exception {
        tree("a", STORES, files("kubectl", A));
        tree("b", STORES, files("kubectl", B));
        assertTreeProblem("manifests/b/files.yaml:2:9: s3://prod/subdir/kubectl is wanted with another sha256 at ");
    }

    @Test
    void filesInAFilestoresFileAreWrong() throws Exception {
        assertProblem(STORES + files("a", A), files("a", A), "stores.yaml:6:1: files stand in a file of their own");
    }

    @Test
    void filestoresInAFilesFileAreWrong() throws Exception {
        assertProblem(STORES, STORES + files("a", A), "files.yaml:1:1: filestores stand in a file of their own");
    }

    @Test
    void aFilestoreIsNeeded() throws Exception {
        assertProblem("filestores: []\n", files("a", A), "stores.yaml:1:1: no filestore; name one source");
        assertProblem("{}\n", files("a", A), "stores.yaml: \"filestores\" is missing");
    }

    @Test
    void aFileIsNeeded() throws Exception {
        assertProblem(STORES, "files: []\n", "files.yaml: no file; name at least one");
        assertProblem(STORES, "{}\n", "files.yaml: \"files\" is missing");
    }

    @Test
    void namesThatLeaveTheirBaseAreWrong() throws Exception {
        for (String name : List.of("../x", "a/../x", "/x", "a//b", "a/", "./a", "a\\\\b")) {
            assertProblem(STORES, files("\"" + name + "\"", A), "files.yaml:2:9: invalid file name");
        }
    }

    @Test
    void aNameIsNeededAndASumToo() throws Exception {
        assertProblem(STORES, "files:\n- sha256: " + A + "\n", "files.yaml:2:3: a file without a name");
        assertProblem(STORES, "files:\n- name: a\n", "files.yaml:2:3: a file without its sha256");
    }

    @Test
    void noPlaceIsWrittenWithTheRightsThatAnotherManifestNames() throws Exception {
        tree("a", STORES, files("kubectl", A));
        tree("b", STORES.replaceAll(" *service-account: .*\n", ""), files("kubeadm", B));
        assertTreeProblem("filestores/b/filepromoter-manifest.yaml:4:9: s3://prod/subdir has another service-account or"
                + " profile at ");
        tree("b", STORES, files("kubeadm", B));
        assertThat(FileManifests.tree(folder).all()).hasSize(2);
    }

    @Test
    void aFolderThatIsABaseCantBeAFileOfAnother() throws Exception {
        assertProblem("""
            filestores:
            - base: gs://staging
              src: true
            - base: file:///srv/mirror
            - base: file:///srv/mirror/tools
            """, files("tools", A), "files.yaml:2:9: file:///srv/mirror/tools/tools needs a folder where ");
    }

    @Test
    void aSumHas64LowerCaseDigits() throws Exception {
        for (String sum : List.of("abc", "A".repeat(64), "g".repeat(64), "a".repeat(65), "sha256:" + A)) {
            assertProblem(STORES, files("a", sum), "files.yaml:3:11: invalid sha256");
        }
    }

    @Test
    void aNameStandsForOneContent() throws Exception {
        assertProblem(
                STORES,
                files("a", A) + "- name: a\n  sha256: " + B + "\n",
                "files.yaml:4:9: \"a\" has another sha256 at ");
    }

    @Test
    void theSameFileMayBeNamedAgain() throws Exception {
        FileManifests read = read(STORES, files("a", A) + "- name: a\n  sha256: " + A + "\n");
        assertThat(read.files()).isEqualTo(1);
    }

    @Test
    void unknownKeysAreWrongEverywhere() throws Exception {
        assertProblem(STORES + "x: 1\n", files("a", A), "stores.yaml:6:1: unknown key \"x\"");
        assertProblem(STORES.replace("src:", "source:"), files("a", A), "stores.yaml:3:3: unknown key \"source\"");
        assertProblem(STORES, files("a", A) + "  sha1: x\n", "files.yaml:4:3: unknown key \"sha1\"");
        assertProblem(STORES, files("a", A) + "x: 1\n", "files.yaml:4:1: unknown key \"x\"");
    }

    @Test
    void aNameIsTooLongTogetherWithItsBase() throws Exception {
        String long1020 = ("x".repeat(101) + "/").repeat(10).substring(0, 1018) + "ab";
        assertProblem(STORES, files(long1020, A), "files.yaml:2:9: the name has 1027 bytes together with the path of");
    }

    @Test
    void aFolderCantHoldAFileAndAFolderOfOneName() throws Exception {
        assertProblem(
                STORES + "- base: file:///srv/files\n",
                files("a/b", A) + "- name: a\n  sha256: " + B + "\n",
                "files.yaml:2:9: \"a\" is a file already, at ");
    }

    @Test
    void bucketsCanHoldBoth() throws Exception {
        assertThat(read(STORES, files("a/b", A) + "- name: a\n  sha256: " + B + "\n")
                        .files())
                .isEqualTo(2);
    }

    @Test
    void aBombOfAliasesIsRefused() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append(("*a" + (i - 1) + ",").repeat(10))
                    .append("]\n");
        }
        assertThatThrownBy(() -> read(STORES, bomb + "files: *a11\n")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws Exception {
        Path large = folder.resolve("files.yaml");
        try (var channel = java.nio.channels.FileChannel.open(
                large, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[1]), 65L << 20);
        }
        Path stores = write("stores.yaml", STORES);
        assertThatThrownBy(() -> FileManifests.of(stores, large)).hasMessageContaining("split it");
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        Path stores = write("stores.yaml", STORES);
        assertThatThrownBy(() -> FileManifests.of(stores, folder.resolve("none.yaml")))
                .hasMessageContaining("none.yaml: does not exist");
    }
}
