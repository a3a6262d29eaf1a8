// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Tag;
import io.kpromo.yaml.InvalidInputException;
import io.kpromo.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One test a rule of image-promotion.md, "Manifests": what is refused, where it stands, what to do.
final class PlainManifestTest {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);
    private static final String REGISTRIES = """
            registries:
            - name: gcr.io/staging
              src: true
            - name: us-docker.pkg.dev/prod/images
              service-account: me@prod
            """;

    @TempDir
    private Path folder;

    @Test
    void aManifestIsRead() {
        PromoterManifest manifest = read(REGISTRIES + "images:\n- name: foo/bar\n  dmap:\n    \"" + A
                + "\": [\"1.1\", \"latest\"]\n    " + B + ": []\n");
        assertThat(manifest.project()).isEqualTo("m");
        assertThat(manifest.source().name()).hasToString("gcr.io/staging");
        assertThat(manifest.destinations()).singleElement().satisfies(registry -> {
            assertThat(registry.name()).hasToString("us-docker.pkg.dev/prod/images");
            assertThat(registry.serviceAccount()).isEqualTo(Optional.of("me@prod"));
        });
        assertThat(manifest.images()).singleElement().satisfies(image -> {
            assertThat(image.name()).isEqualTo("foo/bar");
            assertThat(image.place()).hasToString(file() + ":7:9");
            assertThat(image.entries()).extracting(e -> e.digest().toString()).containsExactly(A, B);
            assertThat(image.entries().getFirst().tags()).containsExactly(new Tag("1.1"), new Tag("latest"));
            assertThat(image.entries().getFirst().tagPlaces().getLast()).hasToString(file() + ":9:88");
            assertThat(image.entries().getLast().tags()).isEmpty();
            assertThat(image.entries().getLast().place()).hasToString(file() + ":10:5");
        });
    }

    @Test
    void unquotedTagsKeepTheirText() {
        PromoterManifest manifest = read(REGISTRIES + image("[1.10, yes, 2026-01-01, 0x1F, null]"));
        assertThat(manifest.images().getFirst().entries().getFirst().tags())
                .extracting(Tag::text)
                .containsExactly("1.10", "yes", "2026-01-01", "0x1F", "null");
    }

    @Test
    void trailingSlashesAreDropped() {
        PromoterManifest manifest =
                read("registries: [{name: gcr.io/a/, src: true}, {name: 'gcr.io/b//'}]\nimages: [{name: foo/, dmap: {"
                        + A + ": []}}]");
        assertThat(manifest.source().name()).hasToString("gcr.io/a");
        assertThat(manifest.destinations().getFirst().name()).hasToString("gcr.io/b");
        assertThat(manifest.images().getFirst().name()).isEqualTo("foo");
    }

    @Test
    void aRegistryMayBeAHostAlone() {
        PromoterManifest manifest =
                read("registries: [{name: 'localhost:5000', src: true}, {name: '[::1]:5001'}]\n" + image("[]"));
        assertThat(manifest.source().name().repository("foo")).hasToString("localhost:5000/foo");
        assertThat(manifest.destinations().getFirst().name().repository("foo")).hasToString("[::1]:5001/foo");
    }

    @Test
    void registriesAndTagsMayBeAnchorsAliasesAndMerged() {
        PromoterManifest manifest = read("""
                        registries:
                        - {name: gcr.io/staging, src: true}
                        - &d {name: gcr.io/one, service-account: me}
                        - {<<: *d, name: gcr.io/two}
                        images:
                        - {name: a, dmap: {AAA: &tags [x, y], BBB: *tags}}
                        """.replace("AAA", A).replace("BBB", B));
        assertThat(manifest.destinations())
                .extracting(r -> r.name() + " " + r.serviceAccount().orElse(""))
                .containsExactly("gcr.io/one me", "gcr.io/two me");
        assertThat(manifest.images().getFirst().entries())
                .extracting(e -> e.tags().size())
                .containsExactly(2, 2);
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsAreFine() {
        PromoterManifest manifest = read("\uFEFF" + (REGISTRIES + image("[a]")).replace("\n", "\r\n"));
        assertThat(manifest.destinations()).hasSize(1);
    }

    @Test
    void anUnknownKeyIsRefused() {
        refused(REGISTRIES + "image: []\n" + image("[]"), "6:1: unknown key \"image\"; did you mean \"images\"?");
    }

    @Test
    void anUnknownKeyOfARegistryIsRefused() {
        refused(
                "registries: [{name: gcr.io/a, src: true}, {name: gcr.io/b, service_account: x}]\n" + image("[]"),
                "1:60: unknown key \"service_account\"; did you mean \"service-account\"?");
    }

    @Test
    void anUnknownKeyOfAnImageIsRefused() {
        refused(
                REGISTRIES + "images: [{name: a, tags: [], dmap: {" + A + ": []}}]",
                "6:20: unknown key \"tags\"; known are dmap, name");
    }

    @Test
    void aDuplicateKeyIsRefused() {
        refused(REGISTRIES + image("[]") + "images: []\n", "10:1: duplicate key \"images\", first at line 6");
    }

    @Test
    void aDuplicateDigestIsRefused() {
        refused(
                REGISTRIES + image("[a]") + "    " + A + ": [b]\n",
                "10:5: duplicate key \"" + A + "\", first at line 9");
    }

    @Test
    void aSecondDocumentIsRefused() {
        refused(
                REGISTRIES + image("[]") + "---\n" + REGISTRIES,
                "10:1: a second document begins; a file holds one, split it");
    }

    @Test
    void sourceIsABooleanOnly() {
        refused(
                "registries:\n- {name: gcr.io/a, src: 'true'}\n- {name: gcr.io/b, src: yes}\n" + image("[]"),
                "2:25: src: want true or false (without quotes), found \"true\"",
                "3:25: src: want true or false (without quotes), found \"yes\"");
    }

    @Test
    void exactlyOneSourceIsWanted() {
        refused(
                "registries:\n- name: gcr.io/a\n- name: gcr.io/b\n" + image("[]"),
                "1:1: no registry is the source; mark one with src: true");
        refused(
                "registries:\n- {name: gcr.io/a, src: true}\n- {name: gcr.io/b, src: true}\n- name: gcr.io/c\n"
                        + image("[]"),
                "3:10: a second source, the first is gcr.io/a at line 2; a manifest has one");
    }

    @Test
    void aDestinationIsWanted() {
        refused(
                "registries:\n- {name: gcr.io/a, src: true}\n" + image("[]"),
                "1:1: no destination; name at least one registry without src: true");
    }

    @Test
    void theSourceIsNotItsOwnDestination() {
        refused(
                "registries:\n- {name: gcr.io/a, src: true}\n- name: gcr.io/a/\n" + image("[]"),
                "3:9: gcr.io/a is the source and its own destination; remove one");
    }

    @Test
    void registriesAreWanted() {
        refused(image("[]"), "1:1: \"registries\" is missing; name one source (src: true) and its destinations");
        refused("", ": is empty; want registries");
        refused("# nothing\n", ": is empty; want registries");
    }

    @Test
    void aRegistryHasAName() {
        refused(
                "registries:\n- src: true\n- name: ''\n- name:\n- name: [gcr.io/a]\n- gcr.io/b\n" + image("[]"),
                "2:3: a registry without a name; add name: host/path",
                "3:9: the registry's name is empty; want host/path",
                "4:8: the registry's name is empty; want host/path",
                "5:9: name: want text, found a list",
                "6:3: a registry: want a mapping, found \"gcr.io/b\"");
    }

    @Test
    void registryNamesFollowTheGrammar() {
        for (String name : List.of(
                "gcr.io/../a", "gcr.io/Foo", "gcr.io/a b", "gcr.io//a", "foo/bar", "gcr.io/a:1", "https://gcr.io/a")) {
            assertThat(problems("registries:\n- {name: gcr.io/a, src: true}\n- name: '" + name + "'\n" + image("[]")))
                    .as(name)
                    .singleElement()
                    .asString()
                    .startsWith("3:9: invalid re");
        }
    }

    @Test
    void imageNamesFollowTheGrammar() {
        for (String name : List.of("../a", "Foo", "a b", "/a", "a//b", "a:1", "a@b", "-a", "ä")) {
            assertThat(problems(REGISTRIES + "images:\n- name: '" + name + "'\n  dmap: {" + A + ": []}\n"))
                    .as(name)
                    .singleElement()
                    .asString()
                    .startsWith("7:9: invalid repository name \"" + name + "\": want lower-case letters");
        }
    }

    @Test
    void registryAndImageTogetherAreNotTooLong() {
        String name = "a".repeat(245);
        refused(
                REGISTRIES + "images: [{name: " + name + ", dmap: {" + A + ": []}}]",
                "6:17: name and registry together have more than 255 characters; shorten one");
    }

    @Test
    void anImageHasANameAndADmap() {
        refused(
                REGISTRIES + "images:\n- dmap: {" + A + ": []}\n- name: a\n- name: ''\n  dmap: {" + A + ": []}\n",
                "7:3: an image without a name; add name: path/below/the/registry",
                "8:3: an image without a dmap; add dmap: with \"sha256:…\": [\"tag\", …], and [] for a digest without tags",
                "9:9: the image's name is empty; want a path below the registry");
    }

    @Test
    void aDmapHasDigests() {
        refused(
                REGISTRIES + "images:\n- name: a\n  dmap: {}\n- name: b\n  dmap:\n- c\n",
                "8:3: the dmap is empty; want \"sha256:…\": [\"tag\", …], and [] for a digest without tags",
                "10:8: dmap: want a mapping, found nothing",
                "11:3: an image: want a mapping, found \"c\"");
    }

    @Test
    void digestsAreSha256InLowerCase() {
        String sha512 = "sha512:" + "a".repeat(128);
        for (String digest : List.of(
                "latest",
                "sha256:abc",
                A.toUpperCase(java.util.Locale.ROOT),
                A + "a",
                sha512,
                "md5:" + "a".repeat(32))) {
            assertThat(problems(REGISTRIES + "images:\n- name: a\n  dmap:\n    '" + digest + "': [a]\n"))
                    .as(digest)
                    .singleElement()
                    .asString()
                    .startsWith("9:5: ")
                    .contains("want sha256: and 64");
        }
    }

    @Test
    void tagsFollowTheGrammar() {
        for (String tag : List.of(".a", "-a", "a b", "a/b", "a:b", "ä", "", "a".repeat(129))) {
            assertThat(problems(REGISTRIES + image("['" + tag + "']")))
                    .as(tag)
                    .singleElement()
                    .asString()
                    .startsWith("9:79: invalid tag \"")
                    .contains("want up to 128");
        }
    }

    @Test
    void tagsAreAList() {
        refused(
                REGISTRIES + "images: [{name: a, dmap: {" + A + ": latest, " + B + ": }}, {name: b, dmap: {" + A
                        + ": [[x]]}}]",
                "6:100: tags of a digest ([] for none): want a list, found \"latest\"",
                "6:180: tags of a digest ([] for none): want a list, found nothing",
                "6:276: a tag: want text, found a list");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThat(problems("registries:\n- {name: A, src: 1}\nimages:\n- name: B\n  dmap: {x: [.], y: z}\n"))
                .hasSize(6);
    }

    @Test
    void aManifestWithoutImagesIsAWarning() throws IOException {
        Files.writeString(file(), REGISTRIES);
        assertThat(Manifests.plain(file()).warnings())
                .extracting(Problem::toString)
                .containsExactly(file() + ":1:1: no images: nothing will be promoted");
    }

    @Test
    void imagesPathIsForThinTreesOnly() {
        refused(
                REGISTRIES + "imagesPath: x\n" + image("[]"),
                "6:1: unknown key \"imagesPath\"; known are images, provenance, registries");
    }

    private static String image(String tags) {
        return "images:\n- name: a\n  dmap:\n    " + A + ": " + tags + "\n";
    }

    private Path file() {
        return folder.resolve("m.yaml");
    }

    private PromoterManifest read(String text) {
        try {
            Files.writeString(file(), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Manifests.plain(file()).all().getFirst();
    }

    private List<String> problems(String text) {
        try {
            read(text);
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems().stream()
                    .map(p -> p.toString().substring(file().toString().length()).replaceFirst("^:(?=\\d)", ""))
                    .toList();
        }
    }

    private void refused(String text, String... expected) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file().toString());
        assertThat(problems(text)).isEqualTo(Arrays.asList(expected));
    }
}
