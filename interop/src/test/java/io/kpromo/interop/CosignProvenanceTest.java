// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.key.Fingerprint;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.statement.PredicateTypes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What cosign attests in staging meets a policy; cosign finds it again in production where it was carried, and
/// verifies the summaries that tell of it.
@Tag("interop")
class CosignProvenanceTest {
    private static final Map<String, String> PASSWORD = Map.of("COSIGN_PASSWORD", "secret");

    @TempDir
    private Path folder;

    private final SampleImage image = SampleImage.image()
            .platforms("linux/amd64", "linux/arm64")
            .layers(1)
            .build();

    private String cosign(String command, String reference, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(command, "--allow-http-registry"));
        words.addAll(List.of(more));
        words.add(reference);
        return new String(
                Foreign.program("cosign", folder).run(PASSWORD, words.toArray(String[]::new)), StandardCharsets.UTF_8);
    }

    private void attest(String reference, boolean bundle) throws Exception {
        Path predicate = Files.writeString(folder.resolve("provenance.json"), """
                {"buildDefinition": {"buildType": "https://builder.example/t", "externalParameters": {}},
                 "runDetails": {"builder": {"id": "https://builder.example/b"}}}
                """);
        cosign(
                "attest",
                reference,
                "--key=" + folder.resolve("pair.key"),
                "--tlog-upload=false",
                "--use-signing-config=false",
                "--new-bundle-format=" + bundle,
                "--type=slsaprovenance1",
                "--predicate=" + predicate,
                "-y");
    }

    private String attested(String reference, String type) throws Exception {
        return cosign(
                "verify-attestation",
                reference,
                "--key=" + folder.resolve("pair.pub"),
                "--insecure-ignore-tlog=true",
                "--type=" + type);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCosignAttestsMeetsAPolicyAndCosignVerifiesWhatIsToldOfIt(boolean bundle) throws Exception {
        Foreign.program("cosign", folder).run(PASSWORD, "generate-key-pair", "--output-key-prefix", "pair");
        try (Registry staging = Registry.open(RegistryOptions.in(folder.resolve("staging")));
                Registry mirror = Registry.open(RegistryOptions.in(folder.resolve("mirror")))) {
            image.pushTo(staging, "staging/app", "build-1");
            attest(staging.host() + "/staging/app@" + image.digest(), bundle);

            Kpromo.Ended ended = Kpromo.at(folder)
                    .with("COSIGN_PASSWORD", "secret")
                    .run(
                            "cip",
                            "--manifest",
                            manifest(staging, mirror),
                            "--confirm",
                            "--verification-summaries",
                            "--key=" + folder.resolve("pair.key"));

            assertThat(ended.exit()).as(ended.story()).isZero();
            String promoted = mirror.host() + "/prod/app@";
            if (bundle) {
                assertThat(attested(promoted + image.digest(), PredicateTypes.PROVENANCE_1))
                        .contains("payload");
            }
            for (Digest manifest : manifests()) {
                assertThat(attested(promoted + manifest, PredicateTypes.VERIFICATION_SUMMARY))
                        .contains("payload");
            }
        }
    }

    private List<Digest> manifests() {
        List<Digest> all = new ArrayList<>(List.of(image.digest()));
        Manifest.parse(image.root()).manifests().stream()
                .map(Descriptor::digest)
                .forEach(all::add);
        return all;
    }

    private String manifest(Registry staging, Registry mirror) throws Exception {
        String key = Fingerprint.identity(
                        Keys.publicKeys(folder.resolve("pair.pub")).getFirst())
                .fingerprint();
        return Files.writeString(
                        folder.resolve("m.yaml"), """
                        registries: [{name: %s/staging, src: true}, {name: %s/prod}]
                        provenance:
                          mode: require
                          signers: ["key::%s"]
                          builders: [{id: "https://builder.example/b", level: 2}]
                        images: [{name: app, dmap: {"%s": ["1.0"]}}]
                        """.formatted(staging.host(), mirror.host(), key, image.digest()))
                .toString();
    }
}
