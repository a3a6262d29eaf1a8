// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.concurrent.Threads;
import io.kpromo.oci.concurrent.Threads.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The manifests of sources, each fetched once however many ask for it.
@Timeout(60)
class SourceTreesTest {
    private static final Repository STAGING = Repository.parse("staging.example/kube/pause");
    private static final Repository OTHER = Repository.parse("staging.example/kube/proxy");
    /// Levels below the root, and manifests in all, that a content may have.
    private static final int DEEPEST = 8;

    private static final int MOST = 10_000;

    private final Shelf shelf = new Shelf();
    private final SourceTrees trees = new SourceTrees(new Registries(shelf).manifests());
    private final Threads threads = new Threads();

    @AfterEach
    void noThreadIsLeft() {
        threads.close();
    }

    @Test
    void aTreeIsFetchedWithOneRequestForEachManifestAndKeepsTheirOrder() throws Exception {
        Digest amd64 = shelf.image(STAGING, "amd64");
        Digest arm64 = shelf.image(STAGING, "arm64");
        Digest root = shelf.index(STAGING, "root", arm64, amd64);

        ContentTree tree = trees.tree(STAGING, root);

        assertThat(tree.raw().digest()).isEqualTo(root);
        assertThat(childrenOf(tree)).containsExactly(arm64, amd64);
        assertThat(shelf.requests()).isEqualTo(3);
    }

    @Test
    void whatManyContentsShareIsFetchedOnce() throws Exception {
        Digest shared = shelf.image(STAGING, "shared");
        List<Digest> roots = IntStream.range(0, 10)
                .mapToObj(i -> shelf.index(STAGING, "root " + i, shared))
                .toList();

        List<Running<ContentTree>> all = new ArrayList<>();
        for (Digest root : roots) {
            all.add(threads.run(() -> trees.tree(STAGING, root)));
            all.add(threads.run(() -> trees.tree(STAGING, root)));
        }

        for (Running<ContentTree> one : all) {
            assertThat(childrenOf(one.get())).containsExactly(shared);
        }
        assertThat(trees.manifest(STAGING, shared)).isPresent();
        assertThat(shelf.requests()).isEqualTo(11);
    }

    @Test
    void theSameManifestOfAnotherRepositoryIsAnother() throws Exception {
        Digest here = shelf.image(STAGING, "image");
        Digest there = shelf.image(OTHER, "image");

        trees.tree(STAGING, here);
        trees.tree(OTHER, there);

        assertThat(there).isEqualTo(here);
        assertThat(shelf.requests(STAGING, here)).isEqualTo(1);
        assertThat(shelf.requests(OTHER, there)).isEqualTo(1);
    }

    @Test
    void aChildThatAnIndexNamesTwiceIsOneChild() throws Exception {
        Digest child = shelf.image(STAGING, "child");
        Digest root = shelf.index(STAGING, "root", child, child);

        assertThat(childrenOf(trees.tree(STAGING, root))).containsExactly(child);
        assertThat(shelf.requests(STAGING, child)).isEqualTo(1);
    }

    @Test
    void aMissingChildIsNamedWithItsIndex() {
        Digest gone = shelf.image(STAGING, "gone");
        Digest inner = shelf.index(STAGING, "inner", shelf.image(STAGING, "there"), gone);
        Digest root = shelf.index(STAGING, "root", inner);
        shelf.remove(STAGING, gone);

        assertThatThrownBy(() -> trees.tree(STAGING, root))
                .isInstanceOf(OciException.class)
                .hasMessage("copy staging.example/kube/pause@" + gone
                        + ": the source does not have this manifest, though its index " + inner + " points to it");
    }

    @Test
    void aMissingRootIsNamedAlone() {
        Digest gone = shelf.image(STAGING, "gone");
        shelf.remove(STAGING, gone);

        assertThatThrownBy(() -> trees.tree(STAGING, gone))
                .isInstanceOf(OciException.class)
                .hasMessage("copy staging.example/kube/pause@" + gone + ": the source does not have this manifest");
    }

    @Test
    void aManifestThatIsNotThereIsNoFailureByItself() throws Exception {
        Digest gone = shelf.image(STAGING, "gone");
        shelf.remove(STAGING, gone);

        assertThat(trees.manifest(STAGING, gone)).isEmpty();
    }

    @Test
    void indexesMayNestAsDeepAsAnybodyNeeds() throws Exception {
        Digest root = chain(DEEPEST);

        ContentTree tree = trees.tree(STAGING, root);

        for (int i = 0; i < DEEPEST; i++) {
            tree = tree.children().getFirst();
        }
        assertThat(tree.children()).isEmpty();
        assertThat(shelf.requests()).isEqualTo(DEEPEST + 1);
    }

    @Test
    void deeperIndexesAreRefusedAndWhatIsBelowIsNotAskedFor() {
        Digest root = chain(DEEPEST + 3);

        assertThatThrownBy(() -> trees.tree(STAGING, root))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("nest deeper than " + DEEPEST);
        assertThat(shelf.requests()).isEqualTo(DEEPEST + 1);
    }

    @Test
    void asManyManifestsAsAnybodyNeedsAreFetched() throws Exception {
        Digest root = shelf.index(STAGING, "root", images(MOST - 1));

        assertThat(trees.tree(STAGING, root).children()).hasSize(MOST - 1);
        assertThat(shelf.requests()).isEqualTo(MOST);
    }

    @Test
    void moreManifestsAreRefused() {
        Digest root = shelf.index(STAGING, "root", images(MOST));

        assertThatThrownBy(() -> trees.tree(STAGING, root))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("hold more than " + MOST + " manifests");
        assertThat(shelf.requests()).isLessThanOrEqualTo(MOST);
    }

    @Test
    void fewIndexesThatMultiplyFromLevelToLevelAreRefused() {
        List<Digest> level = images(4);
        for (int depth = 1; depth < DEEPEST; depth++) {
            List<Digest> below = level;
            String name = "level " + depth + ", ";
            level = IntStream.range(0, 4)
                    .mapToObj(i -> shelf.index(STAGING, name + i, below))
                    .toList();
        }
        Digest root = shelf.index(STAGING, "root", level);

        assertThatThrownBy(() -> trees.tree(STAGING, root))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("hold more than " + MOST + " manifests");
        assertThat(shelf.requests()).isLessThanOrEqualTo(4 * DEEPEST + 1);
    }

    @Test
    void whatWasLetGoIsFetchedAgain() throws Exception {
        Digest child = shelf.image(STAGING, "child");
        Digest root = shelf.index(STAGING, "root", child);
        trees.letGo(STAGING, trees.tree(STAGING, root));

        trees.tree(STAGING, root);

        assertThat(shelf.requests(STAGING, root)).isEqualTo(2);
        assertThat(shelf.requests(STAGING, child)).isEqualTo(2);
    }

    private static List<Digest> childrenOf(ContentTree tree) {
        return tree.children().stream().map(child -> child.raw().digest()).toList();
    }

    private List<Digest> images(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> shelf.image(STAGING, "image " + i))
                .toList();
    }

    /// An image below so many indexes, one in the other.
    private Digest chain(int indexes) {
        Digest top = shelf.image(STAGING, "image");
        for (int i = 0; i < indexes; i++) {
            top = shelf.index(STAGING, "level " + i, top);
        }
        return top;
    }
}
