// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.Stores;
import io.kpromo.oci.Digest;
import io.kpromo.oci.feed.Feed;
import io.kpromo.yaml.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Stores in memory, and a promotion of files between them.
abstract class PromotionFixture {
    static final byte[] SMALL = "content of kubectl".getBytes(UTF_8);
    static final byte[] LARGE = random(3_000_000);
    static final FileOptions CONFIRMED = FileOptions.standard().withConfirm(true);
    static final FileOptions STREAMED = CONFIRMED.withSmall(0).withStreams(2).withWindow(8L * Feed.PIECE);

    final TestStore source = new TestStore("gs://staging");
    final TestStore one = new TestStore("s3://one");
    final TestStore two = new TestStore("s3://two");
    final TestStore three = new TestStore("gs://three");
    final List<FileEdge> wanted = new ArrayList<>();

    void want(String name, byte[] content, TestStore... stores) {
        for (TestStore store : stores) {
            FileEdge edge = edge(store, name, content);
            wanted.removeIf(other -> other.to().equals(edge.to()));
            wanted.add(edge);
        }
    }

    static FileEdge edge(TestStore store, String name, byte[] content) {
        return new FileEdge(
                Base.parse("gs://staging"),
                store.base(),
                new FileName(name),
                Digest.sha256(content),
                Place.of("files.yaml"));
    }

    FileOutcome run(FileOptions options) throws InterruptedException {
        return new FilePromotion(stores(source, List.of(one, two, three)), options, FileListener.silent())
                .run(new DesiredFiles(wanted));
    }

    static List<String> failures(FileOutcome outcome) {
        return Stream.concat(
                        outcome.results().values().stream()
                                .flatMap(Optional::stream)
                                .map(failure -> String.valueOf(failure.getMessage())),
                        outcome.plan().all(FileDecision.Unreadable.class).map(FileDecision.Unreadable::why))
                .toList();
    }

    static Stores stores(TestStore source, List<TestStore> destinations) {
        return new Stores() {
            @Override
            public Store source(Base base) {
                return source;
            }

            @Override
            public Store destination(Base base) {
                return destinations.stream()
                        .filter(store -> store.base().equals(base))
                        .findFirst()
                        .orElseThrow();
            }

            @Override
            public void close() {}
        };
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
