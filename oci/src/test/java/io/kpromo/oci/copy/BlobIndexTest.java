// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.Repository;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Which repositories are known to hold which blobs.
class BlobIndexTest {
    private static final Digest BLOB = Digest.sha256("blob".getBytes(StandardCharsets.UTF_8));
    private static final Digest OTHER = Digest.sha256("other".getBytes(StandardCharsets.UTF_8));
    private static final Repository PAUSE = Repository.parse("eu.mirror.example/kube/pause");
    private static final Repository PROXY = Repository.parse("eu.mirror.example/kube/proxy");
    private static final Repository FAR = Repository.parse("us.mirror.example/kube/pause");

    private final BlobIndex index = new BlobIndex();

    @Test
    void nothingIsKnownBeforeItIsLearned() {
        assertThat(index.holds(PAUSE, BLOB)).isFalse();
        assertThat(index.whereabouts(BLOB, PAUSE.host())).isEmpty();
    }

    @Test
    void whatIsLearnedIsKnownOfThatBlobAndThatRepositoryAlone() {
        index.learned(BLOB, PAUSE);
        index.learned(BLOB, PAUSE);

        assertThat(index.holds(PAUSE, BLOB)).isTrue();
        assertThat(index.holds(PAUSE, OTHER)).isFalse();
        assertThat(index.holds(PROXY, BLOB)).isFalse();
        assertThat(index.holds(FAR, BLOB)).isFalse();
    }

    @Test
    void aHolderIsFoundOnTheHostThatIsAskedForOnly() {
        index.learned(BLOB, PAUSE);
        index.learned(BLOB, FAR);

        assertThat(index.whereabouts(BLOB, new Host("eu.mirror.example"))).contains(PAUSE);
        assertThat(index.whereabouts(BLOB, new Host("us.mirror.example"))).contains(FAR);
        assertThat(index.whereabouts(BLOB, new Host("eu.mirror.example:5000"))).isEmpty();
        assertThat(index.whereabouts(OTHER, new Host("eu.mirror.example"))).isEmpty();
    }

    @Test
    void whenOneHolderIsForgottenTheOtherIsFound() {
        index.learned(BLOB, PAUSE);
        index.learned(BLOB, PROXY);

        index.forget(BLOB, PAUSE);

        assertThat(index.holds(PAUSE, BLOB)).isFalse();
        assertThat(index.whereabouts(BLOB, PAUSE.host())).contains(PROXY);
    }

    @Test
    void forgettingWhatWasNotKnownChangesNothing() {
        index.forget(BLOB, PAUSE);
        index.learned(BLOB, PROXY);
        index.forget(BLOB, PAUSE);
        index.forget(OTHER, PROXY);

        assertThat(index.holds(PROXY, BLOB)).isTrue();
    }

    @Test
    void whatWasForgottenCanBeLearnedAgain() {
        index.learned(BLOB, PAUSE);
        index.forget(BLOB, PAUSE);
        index.learned(BLOB, PAUSE);

        assertThat(index.whereabouts(BLOB, PAUSE.host())).contains(PAUSE);
    }
}
