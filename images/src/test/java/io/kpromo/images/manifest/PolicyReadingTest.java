// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.trust.policy.Builder;
import io.kpromo.trust.policy.ProvenancePolicy;
import io.kpromo.trust.policy.ProvenancePolicy.Mode;
import io.kpromo.trust.policy.Signer;
import io.kpromo.yaml.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stands below `provenance`: read strictly, for a policy with a typing error must not let anything through.
final class PolicyReadingTest {
    private static final String ALICE = "sigstore::https://accounts.google.com::alice@example.com";
    private static final String FULL = """
            provenance:
              mode: require
              signers:
              - sigstore::https://accounts.google.com::alice@example.com
              - sigstore(identityMatch=regex)::https://token.actions.githubusercontent.com::https://github.com/org/.*
              builders:
              - id: https://github.com/org/repo/.github/workflows/provenance.yml
                level: 3
                signers: ["sigstore::https://accounts.google.com::alice@example.com"]
              - {id: https://cloudbuild.googleapis.com/GoogleHostedWorker, level: 2}
              sources: [https://github.com/org/repo.git]
              predicateTypes: [https://spdx.dev/Document]
              level: 2
            """;

    @TempDir
    private Path folder;

    @Test
    void everythingThatAPolicySaysIsRead() {
        Signer alice = Signer.parse(ALICE);
        assertThat(policy(FULL))
                .isEqualTo(new ProvenancePolicy(
                        Mode.REQUIRE,
                        List.of(
                                alice,
                                Signer.parse(
                                        "sigstore(identityMatch=regex)::https://token.actions.githubusercontent.com"
                                                + "::https://github.com/org/.*")),
                        List.of(
                                new Builder(
                                        "https://github.com/org/repo/.github/workflows/provenance.yml",
                                        3,
                                        List.of(alice)),
                                new Builder("https://cloudbuild.googleapis.com/GoogleHostedWorker", 2, List.of())),
                        List.of("github.com/org/repo"),
                        List.of("https://spdx.dev/Document"),
                        2));
    }

    @Test
    void itStandsInPlainManifestsToo() throws Exception {
        Path file = Files.writeString(folder.resolve("m.yaml"), FULL + registries("gcr.io/s") + "images: []\n");
        PromoterManifest manifest = Manifests.plain(file).all().getFirst();
        assertThat(manifest.provenance().orElseThrow().policy()).isEqualTo(policy(FULL));
        assertThat(manifest.provenance().orElseThrow().place()).hasToString(file + ":1:1");
    }

    @Test
    void anEmptyPolicyIsOff() {
        assertThat(policy("provenance: {}\n").mode()).isEqualTo(Mode.OFF);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "mode: on ~ 2:9: unknown mode \"on\"; want off, warn or require",
                "mode: Require ~ 2:9: unknown mode \"Require\"; want off, warn or require",
                "mode: [require] ~ 2:9: mode: want text, found a list",
                "modes: warn ~ 2:3: unknown key \"modes\"; did you mean \"mode\"?",
                "level: 0 ~ 2:10: level \"0\" is no SLSA build level; want 1, 2 or 3",
                "level: 4 ~ 2:10: level \"4\" is no SLSA build level; want 1, 2 or 3",
                "level: two ~ 2:10: level \"two\" is no SLSA build level; want 1, 2 or 3",
                "level:  ~ 2:9: level \"\" is no SLSA build level; want 1, 2 or 3",
                "signers: [] ~ 2:12: signers is an empty list; fill it, or leave the key out",
                "signers: alice ~ 2:12: signers: want a list, found \"alice\"",
                "signers: [[]] ~ 2:13: one of signers: want text, found a list",
                "sources: [\"\"] ~ 2:13: the source is empty; remove it",
                "predicateTypes: [\" \"] ~ 2:20: the predicate type is empty; remove it",
                "builders: [x] ~ 2:14: a builder: want a mapping, found \"x\"",
                "builders: [{id: x}] ~ 2:14: a builder without a level; want id: what provenance names as its builder, and level: 1, 2 or 3",
                "builders: [{level: 1}] ~ 2:14: a builder without an id; want id: what provenance names as its builder, and level: 1, 2 or 3",
                "builders: [{id: \"\", level: 1}] ~ 2:14: the builder's id is empty; want what provenance names as its builder",
                "builders: [{id: x, level: 4}] ~ 2:29: level \"4\" is no SLSA build level; want 1, 2 or 3",
                "builders: [{id: x, level: 1, signer: []}] ~ 2:32: unknown key \"signer\"; did you mean \"signers\"?",
                "builders: [{id: x, level: 1, signers: []}] ~ 2:41: signers is an empty list; fill it, or leave the key out",
                "mode: require ~ 1:1: mode require without signers: nobody could pass; list signers",
            })
    void whatIsWrongIsToldWithItsPlace(String line, String problem) {
        assertThat(problems("provenance:\n  " + line + "\n")).containsExactly(problem);
    }

    @Test
    void aWrongSignerIsToldWithItsPlace() {
        assertThat(problems("provenance:\n  signers:\n  - alice@example.com\n"))
                .singleElement()
                .asString()
                .startsWith("3:5: invalid signer \"alice@example.com\": want sigstore::<issuer>::<identity>,");
        assertThat(problems("provenance:\n  signers: [\"sigstore(identityMatch=regex)::https://i::(\"]\n"))
                .containsExactly(
                        "2:13: invalid signer \"sigstore(identityMatch=regex)::https://i::(\": the expression is"
                                + " no RE2: missing closing )");
    }

    @Test
    void aBuilderBoundToAStrangerIsToldWithItsPlace() {
        String text = "provenance:\n  mode: warn\n  signers: [\"" + ALICE + "\"]\n"
                + "  builders: [{id: b, level: 1, signers: [\"" + ALICE + ".evil\"]}]\n";
        assertThat(problems(text))
                .containsExactly("1:1: builder b is bound to " + ALICE
                        + ".evil, who is not among the policy's signers; list it there too");
    }

    @Test
    void severalMistakesAreToldAtOnceAndNothingIsHalfRead() {
        assertThat(problems(
                        "provenance:\n  mode: on\n  builders: [{id: x, level: 9}, {id: y, level: 1}]\n  level: 7\n"))
                .hasSize(3);
    }

    @Test
    void aPolicyThatIsNoMappingIsRefused() {
        assertThat(problems("provenance: require\n"))
                .containsExactly("1:13: provenance: want a mapping, found \"require\"");
        assertThat(problems("provenance:\n")).containsExactly("1:12: provenance: want a mapping, found nothing");
    }

    @Test
    void aFileHoldsAPolicyAndNothingElse() {
        assertThat(problems("provenance: {}\nregistries: []\n"))
                .containsExactly("2:1: unknown key \"registries\"; known are provenance");
        assertThat(problems("# nothing\n"))
                .containsExactly(": holds no policy; want provenance: as in a promoter-manifest.yaml");
    }

    private Path file() {
        return folder.resolve("policy.yaml");
    }

    private ProvenancePolicy policy(String text) {
        try {
            return PolicyFile.read(Files.writeString(file(), text)).policy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> problems(String text) {
        try {
            policy(text);
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems().stream()
                    .map(p -> p.toString().substring(file().toString().length()).replaceFirst("^:(?=\\d)", ""))
                    .toList();
        }
    }

    private static String registries(String source) {
        return "registries: [{name: " + source + ", src: true}, {name: gcr.io/d}]\n";
    }
}
