// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import static io.kpromo.oci.http.Kind.GET_BLOB;
import static io.kpromo.oci.http.Kind.MOUNT;
import static io.kpromo.oci.http.Kind.PUT_TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.fault.Fault;
import io.kpromo.trust.statement.PredicateTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CarryingTest {
    private static final Feature[] ALL = {};
    private static final Feature[] OLD = {Feature.REFERRERS_API, Feature.SINGLE_POST, Feature.MOUNTS};

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

    /// What staging and production lack.
    static Stream<List<Feature[]>> lacking() {
        return Stream.of(List.of(ALL, ALL), List.of(ALL, OLD), List.of(OLD, ALL), List.of(OLD, OLD));
    }

    private Looked look(Registry registry) throws InterruptedException {
        return bench.attachments().look(Bench.app(registry), bench.digest());
    }

    /// A staging registry with an image that is signed in both forms.
    private Registry signed(Feature... lacking) throws Exception {
        Registry staging = bench.holder(options -> options.without(lacking));
        Attachments builder = bench.attachments();
        builder.appendSignatures(
                Bench.app(staging), bench.digest(), List.of(bench.payload("one"), bench.payload("two")));
        builder.attach(
                Bench.app(staging), bench.subject(), bench.bundle(PredicateTypes.PROVENANCE_1, "p"), Bench.SIGNER);
        return staging;
    }

    private void carry(Attachments attachments, Registry from, Repository into) throws InterruptedException {
        Looked source = attachments.look(Bench.app(from), bench.digest());
        Looked there = attachments.look(into, bench.digest());
        attachments.carrySignatures(source.payloads().all(), into, bench.digest(), there.payloads());
        for (AttachedBundle bundle : source.bundles().all()) {
            attachments.carry(bundle, into, there.bundles());
        }
    }

    @ParameterizedTest
    @MethodSource("lacking")
    void signaturesAndBundlesArriveByteForByte(List<Feature[]> lacking) throws Exception {
        Registry staging = signed(lacking.getFirst());
        Registry production = bench.holder(options -> options.without(lacking.getLast()));

        carry(bench.attachments(), staging, Bench.app(production));

        assertThat(look(production).bundles().all())
                .extracting(AttachedBundle::descriptor)
                .isEqualTo(look(staging).bundles().all().stream()
                        .map(AttachedBundle::descriptor)
                        .toList());
        assertThat(look(production).payloads().all())
                .extracting(AttachedPayload::layer)
                .isEqualTo(look(staging).payloads().all().stream()
                        .map(AttachedPayload::layer)
                        .toList());
        for (AttachedPayload layer : look(production).payloads().all()) {
            assertThat(bench.attachments().payload(layer)).isInstanceOf(Loaded.Whole.class);
        }
        assertThat(production.audit()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lacking")
    void whatIsThereIsNotCarriedAgain(List<Feature[]> lacking) throws Exception {
        Registry staging = signed(lacking.getFirst());
        Registry production = bench.holder(options -> options.without(lacking.getLast()));
        Attachments attachments = bench.attachments();
        carry(attachments, staging, Bench.app(production));
        Looked before = look(production);
        staging.resetCounts();
        production.resetCounts();

        carry(attachments, staging, Bench.app(production));

        assertThat(staging.counts().total()).isEqualTo(2);
        assertThat(production.counts().total()).isEqualTo(2);
        assertThat(look(production)).isEqualTo(before);
    }

    @Test
    void oursIsAddedToWhatWasCarried() throws Exception {
        Registry staging = signed();
        Registry production = bench.holder(options -> options);
        Attachments attachments = bench.attachments();
        carry(attachments, staging, Bench.app(production));

        attachments.appendSignatures(Bench.app(production), bench.digest(), List.of(bench.payload("ours")));

        assertThat(look(production).payloads().all())
                .extracting(layer -> layer.annotations().get(SignedPayload.SIGNATURE))
                .containsExactly("one", "two", "ours");
    }

    @Test
    void onOneHostBlobsAreMounted() throws Exception {
        Registry host = bench.holder(options -> options.without(Feature.SINGLE_POST));
        bench.image.pushTo(host, "production");
        Attachments attachments = bench.attachments();
        attachments.appendSignatures(Bench.app(host), bench.digest(), List.of(bench.payload("one")));
        attachments.attach(
                Bench.app(host), bench.subject(), bench.bundle(PredicateTypes.PROVENANCE_1, "p"), Bench.SIGNER);
        host.resetCounts();

        carry(bench.attachments(), host, new Repository(host.host(), "production"));

        assertThat(host.counts().of(GET_BLOB)).isZero();
        assertThat(host.counts().of(MOUNT)).isEqualTo(3);
        assertThat(host.audit()).isEmpty();
    }

    @Test
    void whatIsDamagedIsNotCarried() throws Exception {
        Registry staging = signed();
        Registry production = bench.holder(options -> options);
        AttachedBundle bundle = look(staging).bundles().all().getFirst();
        staging.faults().add(Fault.on(GET_BLOB).corrupts(10));

        assertThatExceptionOfType(OciException.class)
                .isThrownBy(() -> bench.attachments().carry(bundle, Bench.app(production), Attached.of(List.of())))
                .withMessageContaining("another digest");
        assertThat(look(production).bundles().isNone()).isTrue();
        assertThat(production.audit()).isEmpty();
    }

    @Test
    void whatIsGoneSinceTheLookIsNamed() throws Exception {
        Registry staging = signed();
        Registry production = bench.holder(options -> options);
        AttachedBundle bundle = look(staging).bundles().all().getFirst();
        Digest gone = bundle.digest();
        staging.folder().repository("app").deleteManifest(gone);

        assertThatExceptionOfType(OciException.class)
                .isThrownBy(() -> bench.attachments().carry(bundle, Bench.app(production), Attached.of(List.of())))
                .withMessageContaining(gone.toString());
    }

    @Test
    void whatIsCarriedAndOursTakeOneWrite() throws Exception {
        Registry staging = signed();
        Registry production = bench.holder(options -> options);
        Attachments attachments = bench.attachments();
        List<AttachedPayload> carried = look(staging).payloads().all();

        attachments
                .beginSignatures(Bench.app(production), bench.digest(), carried, List.of(bench.payload("ours")))
                .confirm();

        assertThat(production.counts().of(PUT_TAG)).isEqualTo(1);
        assertThat(look(production).payloads().all())
                .extracting(layer -> layer.annotations().get(SignedPayload.SIGNATURE))
                .containsExactly("one", "two", "ours");
        assertThat(production.audit()).isEmpty();
    }
}
