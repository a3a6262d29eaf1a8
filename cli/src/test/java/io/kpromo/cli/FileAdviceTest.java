// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.feed.Expected;
import io.kpromo.oci.feed.Feed;
import io.kpromo.oci.feed.Origin;
import io.kpromo.oci.feed.Window;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.Request;
import io.kpromo.yaml.Place;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a report advises, by what went wrong.
class FileAdviceTest {
    private static final FileDecision COPY = new FileDecision.Copy(
            new FileEdge(
                    Base.parse("gs://staging"),
                    Base.parse("s3://prod"),
                    new FileName("kubectl"),
                    Digest.sha256(new byte[0]),
                    Place.of("files.yaml")),
            new StoredFile(0, Optional.empty(), Sums.none(), "1"),
            Optional.empty());

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 429, 500, 503})
    void whatMayBeBetterLaterIsRunAgain(int status) {
        assertThat(advice(refusal(status)))
                .isEqualTo("run the same command again; what is in place is not written again");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void whoMayNotWriteIsLetWriteFirst(int status) {
        assertThat(advice(refusal(status))).startsWith("let this account write there; then run");
        assertThat(advice(new StoreException("refused, too, with keys that were asked for anew", refusal(status))))
                .startsWith("let this account write there; then run");
    }

    @Test
    void aSourceThatMayNotBeReadIsOpenedFirst() throws InterruptedException {
        Expected kubectl = new Expected("kubectl", 9, Digest.sha256(new byte[9]));
        Window all = new Window(1 << 20, Duration.ofSeconds(10));
        Origin closed = new Origin() {
            @Override
            public Expected expected() {
                return kubectl;
            }

            @Override
            public Window window() {
                return all;
            }

            @Override
            public void read(BlobIntake into) {
                throw refusal(403);
            }
        };
        try (Feed feed = Feed.shared(kubectl, all, true, 1 << 20)) {
            feed.readFrom(closed);
            assertThatThrownBy(() -> feed.share().awaitAll())
                    .isInstanceOfSatisfying(
                            OciException.class,
                            failure -> assertThat(advice(failure)).startsWith("let the source be read; then run"));
        }
    }

    @Test
    void whatElseIsWrongIsMendedFirst() {
        assertThat(advice(refusal(404))).startsWith("see to what it says; then run the same command again");
        assertThat(advice(new StoreException("write file:///prod/kubectl: No space left on device")))
                .startsWith("see to what it says; then run the same command again");
    }

    @Test
    void whereSomethingCannotBeReadThatMayBeForWantOfRightsOrNot() {
        assertThat(FileAdvice.of(new FileDecision.Unreadable(COPY.edge(), "503"), Optional.empty()))
                .isEqualTo("nothing was written; run again once it can be read with the rights of this run");
    }

    private static String advice(OciException failure) {
        return FileAdvice.of(COPY, Optional.of(failure));
    }

    private static RegistryException refusal(int status) {
        Request put = new Request(
                new Host("s3.example"),
                Method.PUT,
                URI.create("/prod/kubectl"),
                Map.of(),
                Optional.empty(),
                Kind.PUT_FILE,
                List.of(),
                "write s3://prod/kubectl");
        return new RegistryException(put, status, "", "", 1);
    }
}
