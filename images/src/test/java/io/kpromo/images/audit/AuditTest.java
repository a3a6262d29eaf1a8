// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.audit;

import static io.kpromo.registry.sample.SampleImage.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
    private static final SampleImage APP =
            image().platforms("linux/amd64", "linux/arm64").layers(1).seed(1).build();
    private static final SampleImage OTHER = image().layers(1).seed(2).build();

    @TempDir
    Path folder;

    private Registry production(boolean google) throws Exception {
        RegistryOptions options = RegistryOptions.in(folder.resolve("production"));
        return Registry.open(google ? options.with(Feature.GOOGLE_LISTING) : options);
    }

    /// One destination, `prod`, that wants `app` at the given tags.
    private DesiredState wanted(Registry production, String tags) throws Exception {
        Path file = folder.resolve("m.yaml");
        Files.writeString(
                file,
                "registries:\n- name: staging.example/stage\n  src: true\n- name: " + production.host()
                        + "/prod\nimages:\n- name: app\n  dmap:\n    \"" + APP.digest() + "\": " + tags + "\n");
        return DesiredState.of(Manifests.plain(file).all());
    }

    private static Audit.Report audit(Registry production, DesiredState desired, boolean deep) throws Exception {
        try (Registries registries =
                new Registries(HttpTransport.open(TransportOptions.standard().withTries(1)))) {
            return new Audit(registries, deep).run(desired, List.of(RegistryName.parse(production.host() + "/prod")));
        }
    }

    private static List<String> texts(Audit.Report report) {
        return report.findings().stream().map(Finding::text).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsAsTheManifestsSayGivesNoFinding(boolean google) throws Exception {
        try (Registry production = production(google)) {
            APP.pushTo(production, "prod/app", "v1", "latest");

            assertThat(texts(audit(production, wanted(production, "[\"v1\", \"latest\"]"), true)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsMissingIsNamedWithThePlaceThatWantsIt(boolean google) throws Exception {
        try (Registry production = production(google)) {
            APP.pushTo(production, "prod/app", "v1");

            assertThat(texts(audit(production, wanted(production, "[\"v1\", \"v2\"]"), false)))
                    .singleElement()
                    .asString()
                    .startsWith("missing: " + production.host() + "/prod/app:v2")
                    .contains("m.yaml:");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDigestThatIsWantedWithoutATagMayBeMissingToo(boolean google) throws Exception {
        try (Registry production = production(google)) {
            assertThat(texts(audit(production, wanted(production, "[]"), false)))
                    .singleElement()
                    .asString()
                    .startsWith("missing: " + production.host() + "/prod/app@" + APP.digest());
            APP.pushTo(production, "prod/app");
            assertThat(texts(audit(production, wanted(production, "[]"), false)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTagThatPointsElsewhereMoved(boolean google) throws Exception {
        try (Registry production = production(google)) {
            APP.pushTo(production, "prod/app");
            OTHER.pushTo(production, "prod/app", "v1");

            assertThat(texts(audit(production, wanted(production, "[\"v1\"]"), false)))
                    .containsExactly("moved: " + production.host() + "/prod/app:v1 points to " + OTHER.digest()
                            + ", wanted is " + APP.digest() + " at " + folder.resolve("m.yaml") + ":8:81");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void imagesThatNoManifestNamesAreFoundInAnyRepositoryBelow(boolean google) throws Exception {
        try (Registry production = production(google)) {
            APP.pushTo(production, "prod/app", "v1", "extra");
            OTHER.pushTo(production, "prod/deep/tool", "v9");

            assertThat(texts(audit(production, wanted(production, "[\"v1\"]"), false)))
                    .containsExactly(
                            "unnamed: " + production.host() + "/prod/app:extra (" + APP.digest()
                                    + ") is in no manifest",
                            "unnamed: " + production.host() + "/prod/deep/tool:v9 (" + OTHER.digest()
                                    + ") is in no manifest");
        }
    }

    @Test
    void whatBelongsToANamedImageIsNoStranger() throws Exception {
        try (Registry production = production(true)) {
            APP.pushTo(production, "prod/app", "v1");
            SampleImage attached = image().layers(1).seed(3).subject(APP.root()).build();
            attached.pushTo(production, "prod/app");
            OTHER.pushTo(production, "prod/app", "sha256-" + APP.digest().hex() + ".sig");

            assertThat(texts(audit(production, wanted(production, "[\"v1\"]"), false)))
                    .isEmpty();
        }
    }

    @Test
    void anUntaggedStrangerIsFoundWhereTheHostShowsIt() throws Exception {
        try (Registry production = production(true)) {
            APP.pushTo(production, "prod/app", "v1");
            OTHER.pushTo(production, "prod/app");

            assertThat(texts(audit(production, wanted(production, "[\"v1\"]"), false)))
                    .containsExactly(
                            "unnamed: " + production.host() + "/prod/app@" + OTHER.digest() + " is in no manifest");
        }
    }

    @Test
    void whereTheHostHidesUntaggedManifestsTheReportSaysSo() throws Exception {
        try (Registry production = production(false)) {
            APP.pushTo(production, "prod/app", "v1");

            assertThat(audit(production, wanted(production, "[\"v1\"]"), false).tagless())
                    .containsExactly(Repository.parse(production.host() + "/prod/app"));
        }
    }

    @Test
    void lookingDeeperFindsWhatIsMissingBelow() throws Exception {
        try (Registry production = production(true)) {
            APP.pushTo(production, "prod/app", "v1");
            Digest layer = APP.layer(0);
            try (Registries registries = new Registries(HttpTransport.open(TransportOptions.standard()))) {
                registries.blobs().delete(Repository.parse(production.host() + "/prod/app"), layer);
            }

            assertThat(texts(audit(production, wanted(production, "[\"v1\"]"), false)))
                    .isEmpty();
            assertThat(texts(audit(production, wanted(production, "[\"v1\"]"), true)))
                    .containsExactly("incomplete: " + production.host() + "/prod/app@" + APP.digest()
                            + " points to blob " + layer + ", which is not there");
        }
    }

    @Test
    void failingToLookIsAnErrorAndNotAnEmptyRegistry() throws Exception {
        try (Registry production = production(true)) {
            APP.pushTo(production, "prod/app", "v1");
            production.faults().add(Fault.on(Kind.LIST_TAGS).answers(403));

            assertThatThrownBy(() -> audit(production, wanted(production, "[\"v1\"]"), false))
                    .isInstanceOf(OciException.class)
                    .hasMessageContaining(production.host() + "/prod")
                    .hasMessageContaining("403");
        }
    }

    @Test
    void aHostWithoutACatalogueIsAskedForTheRepositoriesByName() throws Exception {
        try (Registry production =
                Registry.open(RegistryOptions.in(folder.resolve("production")).without(Feature.CATALOGUE))) {
            APP.pushTo(production, "prod/app", "v1");

            assertThatThrownBy(() -> audit(production, wanted(production, "[\"v1\"]"), false))
                    .isInstanceOf(OciException.class)
                    .hasMessageContaining("name a repository");
        }
    }
}
