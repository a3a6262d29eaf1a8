// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import static io.kpromo.oci.http.Kind.GET_MANIFEST;
import static io.kpromo.oci.http.Kind.REFERRERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Repository;
import io.kpromo.registry.Counts;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.statement.PredicateTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttachmentsTest {
    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<Set<Feature>> lacking() {
        return Stream.of(
                Set.of(),
                Set.of(Feature.REFERRERS_API),
                Set.of(Feature.SINGLE_POST),
                Set.of(Feature.MOUNTS),
                Set.of(Feature.REFERRERS_API, Feature.SINGLE_POST, Feature.MOUNTS));
    }

    private Registry holderWithout(Set<Feature> features) throws Exception {
        return bench.holder(options -> options.without(features.toArray(Feature[]::new)));
    }

    @ParameterizedTest
    @MethodSource("lacking")
    void whatIsAttachedIsFoundByWhoLooksLater(Set<Feature> features) throws Exception {
        Registry registry = holderWithout(features);
        Repository app = Bench.app(registry);
        Bundle bundle = bench.bundle(PredicateTypes.SIGNATURE, "one");
        Attachments writer = bench.attachments();

        AttachedBundle attached = writer.attach(app, bench.subject(), bundle, Bench.SIGNER);
        boolean added = writer.appendSignatures(app, bench.digest(), List.of(bench.payload("c2ln")));

        Attachments reader = bench.attachments();
        Looked looked = reader.look(app, bench.digest());
        assertThat(added).isTrue();
        assertThat(looked.findings()).isEmpty();
        assertThat(looked.bundles().all()).containsExactly(attached);
        assertThat(attached.signer()).contains(Bench.SIGNER.toString());
        assertThat(attached.subjectName()).contains(Bench.NAME);
        assertThat(attached.predicateType()).contains(PredicateTypes.SIGNATURE);
        assertThat(attached.descriptor().annotations())
                .containsEntry(AttachedBundle.CONTENT, "dsse-envelope")
                .containsEntry(AttachedBundle.CREATED, "2026-11-23T05:00:00Z");
        assertThat(reader.load(attached)).isEqualTo(new Loaded.Whole<>(bundle));
        assertThat(looked.payloads().all())
                .singleElement()
                .satisfies(layer ->
                        assertThat(reader.payload(layer)).isEqualTo(new Loaded.Whole<>(bench.payload("c2ln"))));
        assertThat(registry.audit()).isEmpty();
    }

    @Test
    void lookingTakesTwoRequests() throws Exception {
        Registry registry = bench.holder(options -> options);

        Looked looked = bench.attachments().look(Bench.app(registry), bench.digest());

        assertThat(looked.bundles().isNone()).isTrue();
        assertThat(looked.payloads().isNone()).isTrue();
        assertThat(registry.counts()).isEqualTo(Counts.none().and(REFERRERS, 1).and(GET_MANIFEST, 1));
    }
}
