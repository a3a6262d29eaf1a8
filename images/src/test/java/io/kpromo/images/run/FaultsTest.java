// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import static io.kpromo.registry.sample.SampleImage.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.plan.Decision;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each fault at each kind of request: the run ends right, or says precisely what failed; nothing wrong is ever
/// stored.
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {
    private static final List<Kind> READS = List.of(Kind.GET_MANIFEST, Kind.GET_BLOB);
    private static final List<Kind> WRITES =
            List.of(Kind.HEAD_MANIFEST, Kind.POST_UPLOAD, Kind.MOUNT, Kind.PUT_BLOB, Kind.PUT_MANIFEST, Kind.PUT_TAG);

    /// What may go wrong once and be right the next time.
    @SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
    enum Passing {
        TOO_MANY_REQUESTS(on -> on.answers(429)),
        TOO_MANY_REQUESTS_FOR_A_SECOND(on -> on.answers(429, Map.of("Retry-After", "1"))),
        TROUBLE_WITH_WORDS(on -> on.answers(500)),
        TROUBLE_OF_A_PROXY(on -> on.answersPlainly(502, "<html>Bad gateway</html>")),
        RESET_BEFORE_THE_ANSWER(Fault.On::resets),
        RESET_AFTER_THE_WORK(Fault.On::resetsAfterwards),
        ENDS_EARLY(on -> on.truncates(10)),
        BREAKS_WHILE_SENDING(on -> on.resetsWhileSending(5)),
        WRONG_BYTES(on -> on.corrupts(3)),
        TOO_LITTLE_ANNOUNCED(on -> on.announcesMore(-1)),
        TOO_MUCH_ANNOUNCED(on -> on.announcesMore(1));

        private final Function<Fault.On, Fault> fault;

        Passing(Function<Fault.On, Fault> fault) {
            this.fault = fault;
        }

        Fault on(Kind kind) {
            return fault.apply(Fault.on(kind).times(1));
        }
    }

    @TempDir
    Path folder;

    private Scene scene() throws Exception {
        Scene scene = new Scene(folder, 2, Feature.SINGLE_POST);
        for (int i = 0; i < 2; i++) {
            SampleImage app = image().platforms("linux/amd64", "linux/arm64")
                    .layers(2)
                    .layerSize(70_000)
                    .sharedLayers(1)
                    .seed(i)
                    .build();
            scene.stage("app-" + i, app, "v1", "v1." + i);
        }
        return scene;
    }

    @ParameterizedTest
    @EnumSource
    void whatGoesWrongOnceAtEveryKindOfRequestIsOvercome(Passing fault) throws Exception {
        try (Scene scene = scene()) {
            READS.forEach(kind -> scene.staging.faults().add(fault.on(kind)));
            scene.mirrors.forEach(
                    mirror -> WRITES.forEach(kind -> mirror.faults().add(fault.on(kind))));

            Outcome outcome = scene.promote();

            assertThat(outcome.results().values())
                    .allSatisfy(failure -> assertThat(failure).isEmpty());
            assertThat(outcome.failed()).isFalse();
            scene.mirrors.forEach(mirror -> assertThat(mirror.audit()).isEmpty());
            scene.mirrors.forEach(mirror -> mirror.faults().clear());
            assertThat(scene.promote().plan().upToDate()).isEqualTo(2 * 2 * 2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HEAD_MANIFEST", "POST_UPLOAD", "PUT_BLOB", "PUT_MANIFEST", "PUT_TAG"})
    void whatStaysWrongAtADestinationFailsItsOwnEdgesAndSaysWhereAndWhy(Kind kind) throws Exception {
        try (Scene scene = scene()) {
            Registry broken = scene.mirrors.getFirst();
            Registry sound = scene.mirrors.getLast();
            broken.faults().add(Fault.on(kind).answers(503));

            Outcome outcome =
                    scene.run(Scene.confirmed(), TransportOptions.standard().withTries(2));

            assertThat(outcome.failed()).isTrue();
            assertThat(failures(outcome))
                    .isNotEmpty()
                    .allSatisfy(message -> assertThat(message)
                            .contains(broken.host().name())
                            .contains("prod/app-")
                            .contains("503")
                            .contains("injected fault".substring(0, kind == Kind.HEAD_MANIFEST ? 0 : 8)));
            assertThat(sound.audit()).isEmpty();
            assertThat(broken.audit()).isEmpty();
            assertThat(sound.counts().of(Kind.PUT_TAG)).isEqualTo(4);
            broken.faults().clear();
            assertThat(scene.promote().failed()).isFalse();
            assertThat(scene.promote().plan().upToDate()).isEqualTo(2 * 2 * 2);
        }
    }

    @Test
    void aSourceThatKeepsSendingWrongBytesIsNamedAndNothingOfItIsStored() throws Exception {
        try (Scene scene = scene()) {
            scene.staging.faults().add(Fault.on(Kind.GET_BLOB).corrupts(100));

            Outcome outcome =
                    scene.run(Scene.confirmed(), TransportOptions.standard().withTries(2));

            assertThat(failures(outcome))
                    .isNotEmpty()
                    .allSatisfy(message -> assertThat(message)
                            .contains(scene.staging.host().name())
                            .contains("in its place"));
            scene.mirrors.forEach(mirror -> {
                assertThat(mirror.audit()).isEmpty();
                assertThat(mirror.counts().of(Kind.PUT_TAG)).isZero();
            });
        }
    }

    @Test
    void aSourceWithoutABlobThatItsManifestNamesIsNamed() throws Exception {
        try (Scene scene = scene()) {
            scene.staging.faults().add(Fault.on(Kind.GET_BLOB).answers(404, "BLOB_UNKNOWN", Map.of()));

            Outcome outcome = scene.promote();

            assertThat(failures(outcome))
                    .isNotEmpty()
                    .allSatisfy(message -> assertThat(message)
                            .contains("read blob " + scene.staging.host() + "/stage/app-")
                            .contains("404 BLOB_UNKNOWN"));
        }
    }

    @Test
    void aManifestWithoutAnEndIsRefusedAndTheRestGoesOn() throws Exception {
        try (Scene scene = scene()) {
            String endless = "{" + " ".repeat(5 << 20) + "}";
            scene.staging
                    .faults()
                    .add(Fault.on(Kind.GET_MANIFEST).repository("stage/app-0").answersPlainly(200, endless));

            Outcome outcome = scene.promote();

            assertThat(outcome.failed()).isTrue();
            assertThat(failures(outcome))
                    .isNotEmpty()
                    .allSatisfy(message ->
                            assertThat(message).contains("stage/app-0@sha256:").contains("larger than"));
            assertThat(outcome.results().entrySet())
                    .filteredOn(result -> result.getValue().isEmpty())
                    .hasSize(2);
        }
    }

    private static List<String> failures(Outcome outcome) {
        List<String> all = new ArrayList<>();
        outcome.results().values().forEach(failure -> failure.ifPresent(e -> all.add(String.valueOf(e.getMessage()))));
        outcome.plan().all(Decision.Unreadable.class).forEach(decision -> all.add(decision.why()));
        return all;
    }
}
