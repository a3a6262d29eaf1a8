// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import static io.kpromo.oci.http.Kind.GET_BLOB;
import static io.kpromo.oci.http.Kind.REFERRERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.ManifestWriter;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.copy.Artifacts.Blob;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Fault;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.store.Finding.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles of others may be anything. It is contained and said, and never taken for "nothing there".
class HostileBundleTest extends Hostile {
    private static Finding broken(Loaded<?> loaded) {
        assertThat(loaded).isInstanceOf(Loaded.Broken.class);
        return ((Loaded.Broken<?>) loaded).finding();
    }

    /// A referrer whose only layer is this, whatever it is.
    private AttachedBundle attached(Descriptor layer, byte[]... blobs) throws InterruptedException {
        RawManifest manifest = ManifestWriter.image(
                Optional.of(Bundle.MEDIA_TYPE),
                Blob.EMPTY.descriptor(MediaTypes.EMPTY),
                List.of(layer),
                Optional.of(bench.subject()),
                Map.of());
        bench.write(app.at(manifest.digest()), manifest, blobs);
        return look().bundles().all().stream()
                .filter(bundle -> bundle.digest().equals(manifest.digest()))
                .findFirst()
                .orElseThrow();
    }

    private AttachedBundle attached(String bundle) throws InterruptedException {
        byte[] bytes = bundle.getBytes(StandardCharsets.UTF_8);
        return attached(Blob.of(bytes).descriptor(Bundle.MEDIA_TYPE), bytes);
    }

    @Test
    void aBundleThatSaysItIsHugeIsNotRead() throws Exception {
        byte[] small = {1};
        AttachedBundle huge = attached(new Descriptor(Bundle.MEDIA_TYPE, Digest.sha256(small), Long.MAX_VALUE), small);
        registry.resetCounts();

        Finding finding = broken(bench.attachments().load(huge));

        assertThat(finding.kind()).isEqualTo(Kind.TOO_MUCH);
        assertThat(finding.why()).contains("no more than 33554432");
        assertThat(registry.counts().of(GET_BLOB)).isZero();
    }

    @Test
    void aBundleOfMoreBytesThanItsManifestSaysIsReadNoFurther() throws Exception {
        byte[] large = new byte[1 << 20];
        AttachedBundle lying = attached(new Descriptor(Bundle.MEDIA_TYPE, Digest.sha256(large), 10), large);

        Finding finding = broken(bench.attachments().load(lying));

        assertThat(finding.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(finding.why()).contains("more than the 10 bytes");
        assertThat(finding.where()).isEqualTo(app.at(Digest.sha256(large)));
    }

    @Test
    void aBundleOfFewerBytesThanItsManifestSaysIsAFinding() throws Exception {
        byte[] small = {1};
        AttachedBundle lying = attached(new Descriptor(Bundle.MEDIA_TYPE, Digest.sha256(small), 10), small);

        assertThat(broken(bench.attachments().load(lying)).why()).contains("1 bytes instead of the 10 bytes");
    }

    @Test
    void aBundleWithOtherBytesThanItsDigestIsAFinding() throws Exception {
        AttachedBundle bundle = bench.attachments()
                .attach(app, bench.subject(), bench.bundle(PredicateTypes.SIGNATURE, "s"), Bench.SIGNER);
        registry.faults().add(Fault.on(GET_BLOB).corrupts(3));

        Finding finding = broken(bench.attachments().load(bundle));

        assertThat(finding.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(finding.why()).contains("another digest");
    }

    @Test
    void bytesThatWereDamagedOnTheWayAreAskedForAgain() throws Exception {
        Bundle bundle = bench.bundle(PredicateTypes.SIGNATURE, "s");
        AttachedBundle attached = bench.attachments().attach(app, bench.subject(), bundle, Bench.SIGNER);
        registry.faults().add(Fault.on(GET_BLOB).times(1).corrupts(3));

        assertThat(bench.attachments().load(attached)).isEqualTo(new Loaded.Whole<>(bundle));
    }

    @Test
    void aBundleThatIsListedAndGoneIsAFinding() throws Exception {
        AttachedBundle bundle = attached("{}");
        registry.folder().repository("app").deleteManifest(bundle.digest());

        assertThat(broken(bench.attachments().load(bundle)).why()).contains("not there");
    }

    @Test
    void aBundleWhoseBytesAreGoneIsAFinding() throws Exception {
        AttachedBundle bundle = attached(Blob.of(new byte[] {7}).descriptor(Bundle.MEDIA_TYPE));

        Finding finding = broken(bench.attachments().load(bundle));

        assertThat(finding.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(finding.where()).isEqualTo(app.at(Digest.sha256(new byte[] {7})));
    }

    @Test
    void aBundleThatMayNotBeReadIsUnreadable() throws Exception {
        AttachedBundle bundle = attached("{}");
        registry.faults().add(Fault.on(GET_BLOB).answers(403));

        assertThat(broken(bench.attachments().load(bundle)).kind()).isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void aBundleThatRefersToAnotherImageIsAFinding() throws Exception {
        AttachedBundle bundle = attached("{}");
        Digest other = Digest.sha256(new byte[] {9});

        assertThat(broken(bench.attachments().load(new AttachedBundle(app, other, bundle.descriptor())))
                        .why())
                .contains(other.toString())
                .contains(bench.digest().toString());
    }

    @Test
    void aBundleOfManyLayersIsAFinding() throws Exception {
        Descriptor layer = Blob.EMPTY.descriptor(Bundle.MEDIA_TYPE);
        RawManifest manifest = ManifestWriter.image(
                Optional.of(Bundle.MEDIA_TYPE),
                Blob.EMPTY.descriptor(MediaTypes.EMPTY),
                Collections.nCopies(3000, layer),
                Optional.of(bench.subject()),
                Map.of());
        bench.write(app.at(manifest.digest()), manifest);

        assertThat(broken(bench.attachments().load(look().bundles().all().getFirst()))
                        .why())
                .contains("it has 3000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{}",
                "{\"mediaType\":7}",
                "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}",
                "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":[],\"dsseEnvelope\":\"x\"}",
                "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v9+json\",\"verificationMaterial\":{},\"dsseEnvelope\":{}}"
            })
    void whatIsNoBundleIsAFinding(String text) throws Exception {
        AttachedBundle bundle = attached(text);

        Finding finding = broken(bench.attachments().load(bundle));

        assertThat(finding.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(finding.toString()).contains(app.toString()).contains("bundle");
    }

    @Test
    void aBundleThatNestsWithoutEndIsAFinding() throws Exception {
        AttachedBundle bundle = attached("{\"a\":".repeat(200_000) + "1" + "}".repeat(200_000));

        assertThat(broken(bench.attachments().load(bundle)).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void annotationsOfWrongTypesAreNoHints() throws Exception {
        String body = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                + "\",\"manifests\":[{\"mediaType\":\"a/b\",\"digest\":\"" + Blob.EMPTY.digest()
                + "\",\"size\":2,\"artifactType\":\"" + Bundle.MEDIA_TYPE
                + "\",\"annotations\":{\"io.kpromo.signer\":{\"x\":[]},\"io.kpromo.subject\":[1]}}]}";
        registry.faults()
                .add(Fault.on(REFERRERS)
                        .by(new Effect.Answers(200, Map.of("Content-Type", MediaTypes.OCI_INDEX), body)));

        assertThat(look().bundles().all()).singleElement().satisfies(bundle -> {
            assertThat(bundle.signer()).isEmpty();
            assertThat(bundle.subjectName()).isEmpty();
        });
    }

    @Test
    void anEnvelopeThatIsNoneIsAFinding() throws Exception {
        bench.writeLayers(
                app.at(Attachments.attestationTag(bench.digest())),
                "application/vnd.dsse.envelope.v1+json",
                "{\"payload\":7}".getBytes(StandardCharsets.UTF_8));
        AttachedPayload layer =
                bench.attachments().legacy(app, bench.digest()).all().getFirst();

        assertThat(broken(bench.attachments().envelope(layer)).kind()).isEqualTo(Kind.MALFORMED);
    }

    /// Bundles and manifests with bytes changed, lost, doubled: whatever becomes of them, nothing but an answer.
    @Test
    void whatIsDamagedAnyhowIsWholeOrBroken() throws Exception {
        Random random = new Random(7);
        byte[] bundle = bench.bundle(PredicateTypes.SIGNATURE, "s").json().array();
        byte[] manifest = ManifestWriter.image(
                        Optional.of(Bundle.MEDIA_TYPE),
                        Blob.EMPTY.descriptor(MediaTypes.EMPTY),
                        List.of(Blob.EMPTY.descriptor(Bundle.MEDIA_TYPE)),
                        Optional.of(bench.subject()),
                        Map.of("a", "b"))
                .bytes();
        Reading reading = new Reading(bench.client(), StoreLimits.standard());
        int broken = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damagedBundle = damaged(bundle, random);
            byte[] damagedManifest = damaged(manifest, random);
            Loaded<Bundle> one = reading.attempt(app.at(bench.digest()), () -> Bundle.parse(Bytes.of(damagedBundle)));
            Loaded<Manifest.Image> other = reading.attempt(
                    app.at(bench.digest()),
                    () -> Carrying.image(
                            app.at(bench.digest()),
                            bench.digest(),
                            RawManifest.of(MediaTypes.OCI_MANIFEST, damagedManifest)));
            broken += (one instanceof Loaded.Broken ? 1 : 0) + (other instanceof Loaded.Broken ? 1 : 0);
        }
        assertThat(broken).isBetween(1000, 6000);
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(8);
        byte[] tail = Arrays.copyOfRange(bytes, Math.min(bytes.length, at + length), bytes.length);
        byte[] more = new byte[random.nextInt(8)];
        for (int i = 0; i < more.length; i++) {
            more[i] = random.nextBoolean() ? bytes[random.nextInt(bytes.length)] : (byte) random.nextInt();
        }
        byte[] all = Arrays.copyOf(bytes, at + more.length + tail.length);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(tail, 0, all, at + more.length, tail.length);
        return all;
    }
}
