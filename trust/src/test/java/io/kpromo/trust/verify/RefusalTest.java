// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import static io.kpromo.trust.verify.CertificateVerifierTest.STATEMENT;
import static io.kpromo.trust.verify.CertificateVerifierTest.WHO;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.sigstore.SampleSigstore;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.store.SignedPayload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything about a signature that is changed by one byte is refused.
class RefusalTest {
    /// Each flip is a verification: not all positions are tried, but others in each part.
    private static final int STRIDE = 29;

    private static Stream<Bytes> changed(Bytes bytes) {
        return Stream.iterate(bytes.length() - 1, at -> at >= 0, at -> at - STRIDE)
                .map(at -> {
                    byte[] copy = bytes.array();
                    copy[at] ^= 1;
                    return Bytes.of(copy);
                });
    }

    private static Stream<String> changed(String text) {
        return Stream.iterate(text.length() - 2, at -> at >= 0, at -> at - STRIDE)
                .map(at -> text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1));
    }

    private static void assertRefused(SampleSigstore sigstore, Stream<Bundle> changed) {
        CertificateVerifier verifier = CertificateVerifier.of(sigstore.root());
        assertThat(changed.map(verifier::verify).toList())
                .isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict).isNotInstanceOf(Verdict.Verified.class));
    }

    private static Bundle with(Bundle bundle, Envelope envelope) {
        return new Bundle(bundle.material(), bundle.entries(), bundle.timestamps(), envelope);
    }

    private static Bundle with(Bundle bundle, LogEntry entry) {
        return new Bundle(bundle.material(), List.of(entry), bundle.timestamps(), bundle.envelope());
    }

    private static Bundle withCertificates(Bundle bundle, List<Bytes> chain) {
        return new Bundle(new Material.Certificates(chain), bundle.entries(), bundle.timestamps(), bundle.envelope());
    }

    private static Bytes leaf(Bundle bundle) {
        return ((Material.Certificates) bundle.material()).chain().getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPayloadASignatureOrATypeThatWasChanged(int rekor) {
        SampleSigstore sigstore = SampleSigstore.withRekor(rekor);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        Envelope was = bundle.envelope();
        Envelope.Signature signature = was.signatures().getFirst();

        assertRefused(
                sigstore,
                changed(was.payload())
                        .map(payload -> with(bundle, new Envelope(was.payloadType(), payload, was.signatures()))));
        assertRefused(
                sigstore,
                changed(signature.bytes())
                        .map(bytes -> with(
                                bundle,
                                new Envelope(
                                        was.payloadType(),
                                        was.payload(),
                                        List.of(new Envelope.Signature("", bytes))))));
        assertRefused(
                sigstore,
                changed(was.payloadType())
                        .map(type -> with(bundle, new Envelope(type, was.payload(), was.signatures()))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aCertificateThatWasChanged(int rekor) {
        SampleSigstore sigstore = SampleSigstore.withRekor(rekor);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);

        assertRefused(
                sigstore, changed(leaf(bundle)).map(certificate -> withCertificates(bundle, List.of(certificate))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aChainThatWasChanged(int rekor) {
        SampleSigstore sigstore = SampleSigstore.withRekor(rekor);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        List<Bytes> chain = sigstore.chain();
        Bundle whole = withCertificates(bundle, List.of(leaf(bundle), chain.get(0), chain.get(1)));

        assertThat(CertificateVerifier.of(sigstore.root()).verify(whole)).isInstanceOf(Verdict.Verified.class);
        assertRefused(
                sigstore,
                changed(chain.get(0))
                        .map(changed -> withCertificates(bundle, List.of(leaf(bundle), changed, chain.get(1)))));
        assertRefused(
                sigstore,
                changed(chain.get(0)).map(changed -> withCertificates(bundle, List.of(leaf(bundle), changed))));
        assertRefused(
                sigstore,
                changed(chain.get(1))
                        .map(changed -> withCertificates(bundle, List.of(leaf(bundle), chain.get(0), changed))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aLogEntryThatWasChanged(int rekor) {
        SampleSigstore sigstore = SampleSigstore.withRekor(rekor);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        LogEntry was = bundle.entries().getFirst();
        LogEntry.InclusionProof proof = was.proof().orElseThrow();
        Function<LogEntry.InclusionProof, Bundle> withProof = p -> with(bundle, entry(was, was.promise(), p));

        assertRefused(
                sigstore,
                changed(was.canonicalizedBody())
                        .map(body -> with(
                                bundle,
                                new LogEntry(
                                        was.logIndex(),
                                        was.logId(),
                                        was.kind(),
                                        was.version(),
                                        was.integratedTime(),
                                        was.promise(),
                                        was.proof(),
                                        body))));
        if (rekor == 1) {
            assertRefused(
                    sigstore,
                    was.promise().stream()
                            .flatMap(RefusalTest::changed)
                            .map(promise -> with(bundle, entry(was, Optional.of(promise), proof))));
        }
        assertRefused(
                sigstore,
                changed(proof.hashes().getFirst())
                        .map(hash -> withProof.apply(new LogEntry.InclusionProof(
                                proof.logIndex(),
                                proof.rootHash(),
                                proof.treeSize(),
                                replaced(proof.hashes(), hash),
                                proof.checkpoint()))));
        assertRefused(
                sigstore,
                changed(proof.checkpoint())
                        .map(checkpoint -> withProof.apply(new LogEntry.InclusionProof(
                                proof.logIndex(), proof.rootHash(), proof.treeSize(), proof.hashes(), checkpoint))));
        assertRefused(
                sigstore,
                Stream.of(
                        withProof.apply(new LogEntry.InclusionProof(
                                proof.logIndex() - 1,
                                proof.rootHash(),
                                proof.treeSize(),
                                proof.hashes(),
                                proof.checkpoint())),
                        withProof.apply(new LogEntry.InclusionProof(
                                proof.logIndex(),
                                proof.rootHash(),
                                proof.treeSize() + 1,
                                proof.hashes(),
                                proof.checkpoint()))));
    }

    private static List<Bytes> replaced(List<Bytes> hashes, Bytes first) {
        List<Bytes> all = new ArrayList<>(hashes);
        all.set(0, first);
        return all;
    }

    private static LogEntry entry(LogEntry was, Optional<Bytes> promise, LogEntry.InclusionProof proof) {
        return new LogEntry(
                was.logIndex(),
                was.logId(),
                was.kind(),
                was.version(),
                was.integratedTime(),
                promise,
                Optional.of(proof),
                was.canonicalizedBody());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0, 1"})
    void aTimeOrAnIndexThatTheLogDidNotPromise(long moreTime, long moreIndex) {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        LogEntry was = bundle.entries().getFirst();
        LogEntry other = new LogEntry(
                was.logIndex() + moreIndex,
                was.logId(),
                was.kind(),
                was.version(),
                was.integratedTime() + moreTime,
                was.promise(),
                was.proof(),
                was.canonicalizedBody());

        assertThat(CertificateVerifier.of(sigstore.root()).verify(with(bundle, other)))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        verdict -> assertThat(verdict.why()).contains("signed entry timestamp"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTimestampThatWasChanged(boolean withCertificates) {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        Bytes timestamp =
                sigstore.timestamp(bundle.envelope().signatures().getFirst().bytes(), withCertificates);

        assertThat(CertificateVerifier.of(sigstore.root()).verify(with(bundle, timestamp)))
                .isInstanceOf(Verdict.Verified.class);
        assertRefused(sigstore, changed(timestamp).map(changed -> with(bundle, changed)));
    }

    private static Bundle with(Bundle bundle, Bytes timestamp) {
        return new Bundle(bundle.material(), bundle.entries(), List.of(timestamp), bundle.envelope());
    }

    @ParameterizedTest
    @CsvSource({
        SignedPayload.SIGNATURE + ",1",
        SignedPayload.CERTIFICATE + ",1",
        SignedPayload.CHAIN + ",1",
        SignedPayload.REKOR_BUNDLE + ",1",
        SignedPayload.SIGNATURE + ",2",
        SignedPayload.TIMESTAMP + ",2"
    })
    void anAnnotationOfALayerThatWasChanged(String annotation, int rekor) {
        SampleSigstore sigstore = SampleSigstore.withRekor(rekor);
        SignedPayload signed = sigstore.payload(STATEMENT, WHO);
        CertificateVerifier verifier = CertificateVerifier.of(sigstore.root()).withoutLog();
        String was = signed.annotations().getOrDefault(annotation, "");

        assertThat(changed(was.strip()).map(changed -> {
                    Map<String, String> annotations = new HashMap<>(signed.annotations());
                    annotations.put(annotation, changed);
                    return verifier.verify(new SignedPayload(signed.payload(), annotations));
                }))
                .isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict).isNotInstanceOf(Verdict.Verified.class));
        assertThat(changed(signed.payload())
                        .map(payload -> verifier.verify(new SignedPayload(payload, signed.annotations()))))
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Failed.class));
    }
}
