// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.MergedPullRequest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NotesTest {
    @Test
    void notesAreSortedByKindAndNameTheirAuthors() {
        Notes notes = notes(
                request(1, "alice", "```release-note\r\nFixed a crash.\r\n```\r\n", "kind/bug"),
                request(2, "bob", "text\n```release-notes\nA new flag.\n```\nmore", "kind/feature", "area/cli"),
                request(3, "Carol", "~~~ release-note\nGone.\n~~~", "kind/cleanup", "kind/deprecation"),
                request(4, "alice", "```release-note\nMove now.\n```", "kind/bug", "release-note-action-required"),
                request(5, "dave", "```release-note\nSpecial.\n```", "kind/zebra"),
                request(6, "erin", "```release-note\nPlain.\n```"));
        assertThat(notes.markdown()).isEqualTo("""
                        ## Before you upgrade

                        - Move now. ([#4](https://git.example.org/a/b/pull/4), [@alice](https://git.example.org/alice))

                        ## Deprecations

                        - Gone. ([#3](https://git.example.org/a/b/pull/3), [@Carol](https://git.example.org/Carol))

                        ## Features

                        - A new flag. ([#2](https://git.example.org/a/b/pull/2), [@bob](https://git.example.org/bob))

                        ## Bug fixes

                        - Fixed a crash. ([#1](https://git.example.org/a/b/pull/1), [@alice](https://git.example.org/alice))

                        ## zebra

                        - Special. ([#5](https://git.example.org/a/b/pull/5), [@dave](https://git.example.org/dave))

                        ## Other changes

                        - Plain. ([#6](https://git.example.org/a/b/pull/6), [@erin](https://git.example.org/erin))

                        ## Contributors

                        Thank you: alice, bob, Carol, dave, erin.
                        """);
    }

    @Test
    void nothingIsNothingInEveryWayPeopleWriteIt() {
        for (String text :
                List.of("NONE", "none", "\"NONE\"", "N/A", "n/a.", "", " \n ", "[NONE]", "`none`", "NA", "- none")) {
            Notes notes = notes(request(1, "a", "```release-note\r\n" + text + "\r\n```\r\n"));
            assertThat(notes.sections()).as(text).isEmpty();
            assertThat(notes.silent()).as(text).isEmpty();
        }
        assertThat(texts("```release-note\nNone of the flags changed.\n```"))
                .containsExactly("None of the flags changed.");
        assertThat(notes(request(1, "a", "```release-note\nText\n```", "release-note-none"))
                        .sections())
                .isEmpty();
    }

    @Test
    void whoSaysNothingAtAllIsNamed() {
        assertThat(notes(request(7, "a", "no block"), request(8, "dependabot[bot]", "", "dependencies"))
                        .silent())
                .containsExactly(7L);
    }

    @Test
    void onlyRealBlocksCount() {
        assertThat(texts("<!-- write\n```release-note\nexample\n```\n-->\n```release-note\nreal\n```"))
                .containsExactly("real");
        assertThat(texts("````markdown\n```release-note\nquoted\n```\n````\n")).isEmpty();
        assertThat(texts("```release-note\none\n```\n```release-notes\ntwo\n```"))
                .containsExactly("one", "two");
        assertThat(texts("````release-note\n```go\nf()\n```\n````")).containsExactly("```go\nf()\n```");
        assertThat(texts("   ```release-note\nindented\n   ```")).containsExactly("indented");
        assertThat(texts("    ```release-note\ncode\n    ```")).isEmpty();
        assertThat(texts("```release-note\nnever closed")).containsExactly("never closed");
        assertThat(texts("```release-notebook\nx\n```")).isEmpty();
        assertThat(texts("<!-- a --> b <!-- c\n--> \n```release-note\nafter\n```"))
                .containsExactly("after");
    }

    @Test
    void aNoteCannotBreakOutOfItsItem() {
        assertThat(NoteText.contained("# Big\n<!-- rest\n<script>x</script> @team <https://a.example>\n---\n===\n"))
                .isEqualTo(
                        "\\# Big\n\\<!-- rest\n\\<script>x\\</script> @<!-- -->team <https://a.example>\n\\---\n\\===");
        assertThat(NoteText.contained("Use `List<String>` and ``a`<b>`` or `<c"))
                .isEqualTo("Use `List<String>` and ``a`<b>`` or `\\<c");
        assertThat(NoteText.contained("```yaml\na: <b>")).isEqualTo("```yaml\na: <b>\n```");
        assertThat(NoteText.contained("- a\n- b@c.example")).isEqualTo("- a\n- b@c.example");
        Notes notes = notes(request(1, "x](http://e)<img>", "```release-note\nfirst\n\n```\nsecond\n```"));
        assertThat(notes.markdown()).contains("- first (");
        assertThat(notes.markdown()).doesNotContain("<img>").doesNotContain("](http://e)");
    }

    @Test
    void whatOnlyLooksLikeCodeIsMadeHarmlessAsWell() {
        assertThat(NoteText.contained("a `\n\n<img> @team `")).isEqualTo("a `\n\n\\<img> @<!-- -->team `");
        assertThat(NoteText.contained("`\n- <img> `")).isEqualTo("`\n- \\<img> `");
        assertThat(NoteText.contained("|a|b|\n|-|-|\n| ` <img> | ` |")).endsWith("| ` \\<img> | ` |");
        assertThat(NoteText.contained("```\n     ```\n```\n<img>\n")).isEqualTo("```\n     ```\n```\n\\<img>");
        assertThat(NoteText.contained("```\n\t```\n```\n<img>\n")).endsWith("\n\\<img>");
        assertThat(NoteText.contained("para\n\n    ```\n<b>\n    ```")).contains("\\<b>");
    }

    @Test
    void nobodyIsMentionedAndNoLinkOfOthersIsTurned() {
        assertThat(NoteText.contained("\\@team &#64;team &commat;team &lt;b&gt; \\&#64;x"))
                .isEqualTo("\\@<!-- -->team &amp;#64;team &amp;commat;team &lt;b&gt; \\&amp;#64;x");
        assertThat(NoteText.contained("[docs]: https://evil.example\n> [#1]: x"))
                .isEqualTo("[docs]\\: https://evil.example\n> [#1]\\: x");
        assertThat(NoteText.contained("- # Big\n> ## Big\n1. # Big\n    # a comment in code\n- - -\n#12 stays"))
                .isEqualTo("- \\# Big\n> \\## Big\n1. \\# Big\n    # a comment in code\n- - \\-\n#12 stays");
    }

    @Test
    void codeAtTheEndOfANoteStaysCode() {
        assertThat(notes(request(1, "a", "````release-note\nRun:\n```sh\nls\n```\n````"))
                        .markdown())
                .contains("- Run:\n  ```sh\n  ls\n  ```\n\n  ([#1](");
    }

    @Test
    void stepsOfADependencyBecomeOne() {
        Notes notes = notes(
                request(1, "dependabot[bot]", "Bumps x", "Bump golang.org/x/net from 0.1.0 to 0.2.0", "dependencies"),
                request(2, "renovate[bot]", "", "fix(deps): update dependency junit from 5.1 to 5.2"),
                request(3, "dependabot[bot]", "", "build(deps): bump golang.org/x/net from 0.2.0 to 0.3.0 in /tools"),
                request(4, "alice", "```release-note\nNONE\n```", "Use `new` base <image>", "area/dependency"),
                request(5, "alice", "", "Bump the volume from 1 to 11"));
        assertThat(notes.dependencies())
                .containsExactly(
                        new DependencyChange("Use `new` base <image>", "", "", List.of(4L)),
                        new DependencyChange("golang.org/x/net", "0.1.0", "0.3.0", List.of(1L, 3L)),
                        new DependencyChange("junit", "5.1", "5.2", List.of(2L)));
        assertThat(notes.markdown())
                .contains("- `golang.org/x/net`: 0.1.0 → 0.3.0 (#1, #3)\n", "- Use \\`new\\` base \\<image\\> (#4)\n")
                .contains("Thank you: alice.");
    }

    @Test
    void aPullRequestThatComesTwiceCountsOnce() {
        MergedPullRequest once = request(1, "a", "```release-note\nOnce.\n```");
        assertThat(notes(once, once).sections().getFirst().notes()).hasSize(1);
    }

    @Test
    void programsReadTheSame() {
        JsonNode json = new JsonMapper()
                .readTree(notes(
                                request(1, "a", "```release-note\n\"q\"\n```", "kind/bug"),
                                request(2, "dependabot[bot]", "", "Bump b from 1 to 2"),
                                request(3, "c", ""))
                        .json());
        assertThat(json.path("from").asString()).isEqualTo("v1.0.0");
        assertThat(json.path("sections").path(0).path("kind").asString()).isEqualTo("bug");
        assertThat(json.path("sections")
                        .path(0)
                        .path("notes")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("\"q\"");
        assertThat(json.path("dependencies")
                        .path(0)
                        .path("pullRequests")
                        .path(0)
                        .asLong())
                .isEqualTo(2);
        assertThat(json.path("contributors").size()).isEqualTo(2);
        assertThat(json.path("silent").path(0).asLong()).isEqualTo(3);
    }

    @Test
    void noNotesAreSaidInWords() {
        assertThat(notes().markdown()).isEqualTo("Nothing in this release changes anything for users.\n");
    }

    private static List<String> texts(String body) {
        return NoteBlocks.in(body).texts();
    }

    private static Notes notes(MergedPullRequest... requests) {
        return Notes.of("v1.0.0", "v1.1.0", List.of(requests));
    }

    /// @param labels those with a space are the title
    private static MergedPullRequest request(long number, String author, String body, String... labels) {
        List<String> words = List.of(labels);
        return new MergedPullRequest(
                number,
                words.stream().filter(label -> label.contains(" ")).findFirst().orElse("A title"),
                body,
                author,
                words.stream().filter(label -> !label.contains(" ")).toList(),
                new CommitId("%040x".formatted(number)),
                URI.create("https://git.example.org/a/b/pull/" + number));
    }
}
