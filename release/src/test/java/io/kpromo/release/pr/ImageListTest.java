// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import io.kpromo.yaml.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ImageListTest {
    private static final Digest A = digest(1);
    private static final Digest B = digest(2);
    private static final Digest C = digest(3);

    @Test
    void imagesComeByNameDigestsByTheirSmallestTagAndTagsByTheirText() {
        String file = """
                - name: b
                  dmap:
                    "%1$s": ["v2","v10"]
                    "%2$s": [ "v1" ]
                - name: a/c
                  dmap:
                    %3$s: []
                    "%1$s":
                    - z
                """.formatted(A, B, C);
        assertThat(read(file).text()).isEqualTo("""
                        - name: a/c
                          dmap:
                            "%3$s": []
                            "%1$s": ["z"]
                        - name: b
                          dmap:
                            "%2$s": ["v1"]
                            "%1$s": ["v10","v2"]
                        """.formatted(A, B, C));
    }

    @Test
    void digestsWithTheSameSmallestTagOrNoneComeByThemselves() {
        List<Digest> sorted = List.of(A, B).stream()
                .sorted((x, y) -> x.toString().compareTo(y.toString()))
                .toList();
        String text = read("- name: a\n  dmap:\n    %s: []\n    %s: []\n".formatted(A, B))
                .text();
        assertThat(text)
                .isEqualTo(
                        "- name: a\n  dmap:\n    \"%s\": []\n    \"%s\": []\n".formatted(sorted.get(0), sorted.get(1)));
    }

    @Test
    void commentsBeforeTheFirstEntryStayAndLaterOnesAreTold() {
        String head = "# Who to ask:\n#   release managers\n\n---\n";
        ImageList list = read(head + "- name: a\n  dmap:\n    \"%s\": [\"v1\"]\n".formatted(A));
        assertThat(list.text()).startsWith(head + "- name: a\n");
        assertThat(list.remarks()).isFalse();
        assertThat(read("- name: a # here\n  dmap:\n    %s: []\n".formatted(A)).remarks())
                .isTrue();
        assertThat(read("# only this").with(List.of(staged("a", A, "v1"))).text())
                .startsWith("# only this\n- name: a\n");
        assertThat(read("").text()).isEmpty();
    }

    @Test
    void linesEndAsTheyDidAndAMarkStaysAtTheBeginning() {
        String before = "\uFEFF# Who to ask\r\n- name: a\r\n  dmap:\r\n    \"%s\": [\"v1\"]\r\n".formatted(A);
        assertThat(read(before).text()).isEqualTo(before);
        assertThat(read(before).with(List.of(staged("a", B, "v2"))).text())
                .isEqualTo(before + "    \"%s\": [\"v2\"]\r\n".formatted(B));
        String bare = "\uFEFF- name: a\n  dmap:\n    \"%s\": [\"v1\"]\n".formatted(A);
        assertThat(read(bare).text()).isEqualTo(bare);
        assertThat(read("\uFEFF").with(List.of(staged("a", A, "v1"))).text()).isEqualTo(bare);
    }

    @Test
    void reformattingAloneSaysTheSame() {
        ImageList loose = read("- name: a\n  dmap: {%s: [v1]}\n".formatted(A));
        ImageList strict = read(loose.text());
        assertThat(loose.says(strict)).isTrue();
        assertThat(loose.with(List.of(staged("a", A, "v1"))).says(loose)).isTrue();
        assertThat(loose.with(List.of(staged("a", A, "v2"))).says(loose)).isFalse();
    }

    @Test
    void aTagThatStandsAtAnotherDigestOfTheSameImageIsAMove() {
        ImageList list = read("- name: a\n  dmap:\n    %s: [v1]\n".formatted(A));
        assertThat(list.moves(List.of(staged("a", B, "v1"), staged("a", A, "v1"), staged("b", B, "v1"))))
                .containsExactly(new TagMove(staged("a", B, "v1"), A));
    }

    @Test
    void aFileThatIsNotValidIsNotRewritten() {
        assertThatThrownBy(() -> read("- name: a\n  dmap:\n    sha256:123: [v1]\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("images.yaml:3:5");
        assertThatThrownBy(() -> read("- name: a\n  tags: []\n")).hasMessageContaining("unknown key");
    }

    @Property(tries = 200)
    void anImageThatGrowsChangesNoOtherLine(@ForAll @Size(max = 30) List<@IntRange(max = 2000) Integer> seeds) {
        List<StagedTag> tags = new ArrayList<>(List.of(staged("i/0", A, "v0")));
        for (int seed : seeds) {
            tags.add(staged("i/" + seed % 5, digest(10 + seed), "v" + seed));
        }
        String before = new ImageList("# Who to ask\n", "\n", new TreeMap<>(), false)
                .with(tags)
                .text();
        List<String> after = new ArrayList<>(read(before)
                .with(List.of(staged("i/0", B, "v1.5")))
                .text()
                .lines()
                .toList());
        assertThat(after.remove("    \"" + B + "\": [\"v1.5\"]")).isTrue();
        assertThat(after).isEqualTo(before.lines().toList());
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadAgainAndWrittenTheSame(@ForAll @Size(max = 30) List<@IntRange(max = 2000) Integer> seeds) {
        List<StagedTag> tags = new ArrayList<>();
        for (int seed : seeds) {
            tags.add(staged("i/" + seed % 5, digest(seed % 7), "v" + seed / 10));
        }
        ImageList list = ImageList.empty().with(tags);
        ImageList again = read(list.text());
        assertThat(again.says(list)).isTrue();
        assertThat(again.text()).isEqualTo(list.text());
        assertThat(new TreeSet<>(list.images().keySet()))
                .isEqualTo(new TreeSet<>(tags.stream().map(StagedTag::image).toList()));
    }

    private static ImageList read(String text) {
        return ImageList.read(text.getBytes(StandardCharsets.UTF_8), "images.yaml");
    }

    private static StagedTag staged(String image, Digest digest, String tag) {
        return new StagedTag(image, digest, new Tag(tag));
    }

    private static Digest digest(int seed) {
        return Digest.sha256(("" + seed).getBytes(StandardCharsets.UTF_8));
    }
}
