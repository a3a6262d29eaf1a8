// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a reader sees, and what it is spared.
final class YamlReaderTest {
    private final Problems problems = new Problems();
    private final List<String> seen = new ArrayList<>();

    @Test
    void scalarsKeepTheirText() {
        read("[1.10, yes, null, ~, 0x1F, '1.0', \"a\\tb\", 2026-01-01, 1e3, true]");
        assertThat(seen)
                .containsExactly("1.10", "yes", "null", "~", "0x1F", "1.0", "a\tb", "2026-01-01", "1e3", "true");
        assertNoProblem();
    }

    @Test
    void blockScalarsAndManyLinesAreText() {
        read("- |\n  one\n  two\n- >-\n  one\n  two\n- one\n  two\n");
        assertThat(seen).containsExactly("one\ntwo\n", "one two", "one two");
        assertNoProblem();
    }

    @Test
    void keysComeWithTheirPlaces() {
        read("name: a\nlist:\n  - x: 1\n");
        assertThat(seen).containsExactly("name@f.yaml:1:1", "a", "list@f.yaml:2:1", "x@f.yaml:3:5", "1");
    }

    @Test
    void columnsCountCharactersAndNotBytes() {
        read("{ü𝒳: 1, b: 2}");
        assertThat(seen).containsExactly("ü𝒳@f.yaml:1:2", "1", "b@f.yaml:1:9", "2");
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsAreFine() {
        read("\uFEFFa: 1\r\nb:\r\n- 2\r\n");
        assertThat(seen).containsExactly("a@f.yaml:1:1", "1", "b@f.yaml:2:1", "2");
        assertNoProblem();
    }

    @Test
    void aFileWithoutADocumentIsNotRead() {
        read("# only a comment\n");
        assertThat(seen).isEmpty();
        assertNoProblem();
    }

    @Test
    void booleansAreThoseOfTheCoreSchemaWithoutQuotes() {
        List<Boolean> values = new ArrayList<>();
        run(
                "[true, False, TRUE, yes, 'true', 1, [x]]",
                yaml -> yaml.list("flags", () -> yaml.bool("src").ifPresent(values::add)));
        assertThat(values).containsExactly(true, false, true);
        assertProblems(
                "f.yaml:1:21: src: want true or false (without quotes), found \"yes\"",
                "f.yaml:1:26: src: want true or false (without quotes), found \"true\"",
                "f.yaml:1:34: src: want true or false (without quotes), found \"1\"",
                "f.yaml:1:37: src: want true or false (without quotes), found a list");
    }

    @Test
    void allWrongTypesAreToldAtOnce() {
        run("- [a]\n- {b: c}\n- d\n-\n", yaml -> yaml.list("all", () -> yaml.mapping("an image", (k, p) -> {})));
        assertProblems(
                "f.yaml:1:3: an image: want a mapping, found a list",
                "f.yaml:3:3: an image: want a mapping, found \"d\"",
                "f.yaml:4:2: an image: want a mapping, found nothing");
    }

    @Test
    void anUnknownKeyComesWithWhatWasMeant() {
        run(
                "imges: [1]\nx: 1\nSRC: 2\nimages: []\n",
                yaml -> yaml.mapping("all", (key, place) -> {
                    if (!key.equals("images")) {
                        yaml.unknownKey(key, place, List.of("images", "registries", "src"));
                    }
                }));
        assertProblems(
                "f.yaml:1:1: unknown key \"imges\"; did you mean \"images\"?",
                "f.yaml:2:1: unknown key \"x\"; known are images, registries, src",
                "f.yaml:3:1: unknown key \"SRC\"; did you mean \"src\"?");
    }

    @Test
    void aDuplicateKeyIsAProblemAndTheFirstOneCounts() {
        read("a: 1\nb: 2\n'a': 3\n");
        assertThat(seen).containsExactly("a@f.yaml:1:1", "1", "b@f.yaml:2:1", "2");
        assertProblems("f.yaml:3:1: duplicate key \"a\", first at line 1");
    }

    @Test
    void aKeyThatIsNoTextIsAProblem() {
        read("? [a, b]\n: c\nd: e\n");
        assertThat(seen).containsExactly("d@f.yaml:3:1", "e");
        assertProblems("f.yaml:1:3: a key is a list or a mapping; keys are text");
    }

    @Test
    void aSecondDocumentIsAProblem() {
        read("a: 1\n---\nb: 2\n");
        assertProblems("f.yaml:2:1: a second document begins; a file holds one, split it");
    }

    @Test
    void aTabForIndentationIsAProblem() {
        read("a:\n\t- b\n");
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo(new Place("f.yaml", 2, 1));
            assertThat(problem.text()).contains("is not YAML").contains("TAB").doesNotContain("\n");
        });
    }

    @Test
    void brokenSyntaxIsToldWithItsPlaceAfterWhatWasFoundBefore() {
        read("a: 1\na: 2\nb: [1, 2\n");
        assertThat(problems.list()).hasSize(2);
        assertThat(problems.list().getFirst()).hasToString("f.yaml:2:1: duplicate key \"a\", first at line 1");
        assertThat(problems.list().getLast().place().line()).isEqualTo(4);
        assertThat(problems.list().getLast().text()).startsWith("is not YAML: ");
    }

    @Test
    void aForeignTagIsAProblemAndStrIsNot() {
        read("- !!str 1.10\n- !!int 3\n- !evil {}\n- ! x\n");
        assertProblems(
                "f.yaml:2:3: tag \"tag:yaml.org,2002:int\" is not allowed; leave it out",
                "f.yaml:3:3: tag \"!evil\" is not allowed; leave it out");
    }

    @Test
    void bytesThatAreNotUtf8AreNamedWithTheirPlace() {
        byte[] bytes = "a: ü\nb: xx".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xe9;
        YamlReader.read(bytes, "f.yaml", problems, this::walk);
        assertProblems("f.yaml:2:5: byte 0xe9 is not UTF-8; save the file as UTF-8");
    }

    @Test
    void aCharacterThatBreaksOffAtTheEndIsNamed() {
        byte[] bytes = "b: x".getBytes(StandardCharsets.UTF_8);
        bytes[3] = (byte) 0xc3;
        YamlReader.read(bytes, "f.yaml", problems, this::walk);
        assertProblems("f.yaml:1:4: byte 0xc3 is not UTF-8; save the file as UTF-8");
    }

    @Test
    void aWrittenReplacementCharacterIsText() {
        read("a: \uFFFD");
        assertThat(seen).containsExactly("a@f.yaml:1:1", "\uFFFD");
        assertNoProblem();
    }

    @Test
    void utf16IsRefused() {
        YamlReader.read("a: 1".getBytes(StandardCharsets.UTF_16), "f.yaml", problems, this::walk);
        assertProblems("f.yaml:1:1: is not UTF-8 but perhaps UTF-16; save it as UTF-8");
    }

    @Test
    void aControlCharacterIsNamedWithItsPlace() {
        read("a: 1\nb: \"\u0007\"\n");
        assertProblems("f.yaml:2:5: character U+0007 is not allowed in YAML");
    }

    @Test
    void depthIsBounded() {
        read("[".repeat(65) + "]".repeat(65));
        assertProblems("f.yaml:1:65: is nested more than 64 levels deep");
    }

    @Test
    void aDeepFileOfManyMegabytesIsRefusedAtItsSixtyFifthLevel() {
        read("[".repeat(3_000_000));
        assertProblems("f.yaml:1:65: is nested more than 64 levels deep");
    }

    @Test
    void aFileThatIsTooLargeIsNotRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("big.yaml");
        try (var channel = Files.newByteChannel(
                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(YamlReader.LARGEST);
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {'x'}));
        }
        YamlReader.read(file, "big.yaml", problems, this::walk);
        assertProblems("big.yaml: has 67108865 bytes, more than 67108864; split it");
    }

    @Test
    void aMissingFileIsAProblem(@TempDir Path folder) {
        YamlReader.read(folder.resolve("no.yaml"), "no.yaml", problems, this::walk);
        assertProblems("no.yaml: does not exist");
    }

    @Test
    void aReaderThatReadsNothingPassesOverTheValue() {
        run("a: {b: [c, {d: e}]}\nf: g\n", yaml -> yaml.mapping("all", (key, place) -> seen.add(key)));
        assertThat(seen).containsExactly("a", "f");
    }

    @Test
    void onlyTheFirstHundredProblemsAreKeptAndTheRestCounted() {
        read("x: 1\n" + "x: 2\n".repeat(250));
        assertThat(problems.list()).hasSize(101);
        assertThat(problems.list().getLast().text()).isEqualTo("and 150 more problems; mend these first");
    }

    private void read(String text) {
        run(text, this::walk);
    }

    private void run(String text, java.util.function.Consumer<YamlReader> document) {
        YamlReader.read(text.getBytes(StandardCharsets.UTF_8), "f.yaml", problems, document);
    }

    private void walk(YamlReader yaml) {
        if (yaml.isMapping()) {
            yaml.mapping("all", (key, place) -> {
                seen.add(key + "@" + place);
                walk(yaml);
            });
        } else if (yaml.isList()) {
            yaml.list("all", () -> walk(yaml));
        } else {
            yaml.text("all").ifPresent(seen::add);
        }
    }

    private void assertNoProblem() {
        assertThat(problems.list()).isEmpty();
    }

    private void assertProblems(String... expected) {
        assertThat(problems.list()).extracting(Problem::toString).containsExactly(expected);
    }
}
