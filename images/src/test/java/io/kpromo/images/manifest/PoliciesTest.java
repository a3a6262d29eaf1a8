// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Repository;
import io.kpromo.trust.policy.ProvenancePolicy;
import io.kpromo.yaml.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which policy counts where, and which manifests contradict each other.
final class PoliciesTest {
    @TempDir
    private Path folder;

    @Test
    void aPolicyCoversItsSourceAndNestedRepositories() throws Exception {
        project("a", "gcr.io/stage", policy("require"));
        Policies policies = read();
        assertThat(level(policies, "gcr.io/stage/x")).contains(1);
        assertThat(level(policies, "gcr.io/stage/x/y/z")).contains(1);
        assertThat(level(policies, "gcr.io/stage2/x")).isEmpty();
        assertThat(level(policies, "gcr.io/other/stage")).isEmpty();
    }

    @Test
    void aPolicyCoversWhatAnotherManifestTakesFromItsSource() throws Exception {
        project("inner", "gcr.io/stage/sub", policy("require"));
        project("outer", "gcr.io/stage", "");
        Policies policies = read();
        assertThat(level(policies, "gcr.io/stage/sub/x")).contains(1);
        assertThat(level(policies, "gcr.io/stage/x")).isEmpty();
    }

    @Test
    void modeOffAsksForNothing() throws Exception {
        project("a", "gcr.io/stage", policy("off"));
        assertThat(level(read(), "gcr.io/stage/x")).isEmpty();
    }

    @Test
    void aPolicyForAllIsForThoseThatHaveNone() throws Exception {
        project("a", "gcr.io/a", policy("require"));
        project("b", "gcr.io/b", policy("off"));
        project("c", "gcr.io/c", "");
        Path file = Files.writeString(folder.resolve("p.yaml"), policy("warn").replace("level: 1}", "level: 3}"));
        Policies policies = read().otherwise(PolicyFile.read(file));
        assertThat(mode(policies, "gcr.io/a/x")).contains("require");
        assertThat(mode(policies, "gcr.io/b/x")).isEmpty();
        assertThat(mode(policies, "gcr.io/c/x")).contains("warn");
    }

    @Test
    void withoutPoliciesThereAreNone() throws Exception {
        project("a", "gcr.io/a", "");
        assertThat(read().isEmpty()).isTrue();
        assertThat(Policies.none().of(Repository.parse("gcr.io/a/x"))).isEmpty();
    }

    @Test
    void manifestsThatShareASourceMayHaveTheSamePolicy() throws Exception {
        project("a", "gcr.io/stage", policy("require"));
        project("b", "gcr.io/stage", "# the same, said otherwise\n" + policy("\"require\""));
        assertThat(level(read(), "gcr.io/stage/x")).contains(1);
    }

    @Test
    void manifestsThatShareASourceAndDisagreeAreRefusedWithBothPlaces() throws Exception {
        project("a", "gcr.io/stage", policy("require"));
        project("b", "gcr.io/stage", policy("warn"));
        assertThat(problems())
                .containsExactly(at("b") + ":2:1: disagrees with " + at("a")
                        + ":2:1 on the provenance policy of their common source gcr.io/stage;"
                        + " write the same policy in both");
    }

    @Test
    void aManifestWithoutPolicyDisagreesWithOneThatHasIt() throws Exception {
        project("a", "gcr.io/stage", policy("require"));
        project("b", "gcr.io/stage/", "");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(at("b") + ":1:21: disagrees with " + at("a") + ":2:1");
    }

    @Test
    void aPolicyBelowAnotherMustBeTheSame() throws Exception {
        project("a", "gcr.io/stage", policy("require"));
        project("b", "gcr.io/stage/sub", policy("off"));
        assertThat(problems())
                .containsExactly(at("b") + ":2:1: disagrees with " + at("a") + ":2:1, whose provenance policy covers"
                        + " gcr.io/stage/sub as part of gcr.io/stage; write the same policy in both,"
                        + " or leave this one out");
    }

    private static String policy(String mode) {
        return "provenance: {mode: " + mode
                + ", signers: [\"sigstore::https://i::a\"], builders: [{id: b, level: 1}]}\n";
    }

    private void project(String name, String source, String policy) throws IOException {
        write(
                "manifests/" + name + "/promoter-manifest.yaml",
                "registries: [{name: " + source + ", src: true}, {name: gcr.io/d}]\n" + policy);
        write("images/" + name + "/images.yaml", "[]\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private Policies read() throws InterruptedException {
        return Policies.of(Manifests.thinTree(folder).all());
    }

    private String at(String project) {
        return folder + "/manifests/" + project + "/promoter-manifest.yaml";
    }

    private List<String> problems() throws InterruptedException {
        try {
            read();
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems().stream().map(Object::toString).toList();
        }
    }

    private static Optional<Integer> level(Policies policies, String repository) {
        return policies.of(Repository.parse(repository))
                .map(PlacedPolicy::policy)
                .map(ProvenancePolicy::level);
    }

    private static Optional<String> mode(Policies policies, String repository) {
        return policies.of(Repository.parse(repository))
                .map(placed -> placed.policy().mode().toString());
    }
}
