// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Anchors, aliases and merge keys: what is read is what would be read if all were written out.
final class AnchorsTest {
    private final Problems problems = new Problems();

    @Test
    void anAliasIsItsAnchorOnceMore() {
        assertThat(flat("a: &x [1, {b: 2}]\nc: *x\nd: &y z\ne: *y\n")).isEqualTo("{a:[1,{b:2}],c:[1,{b:2}],d:z,e:z}");
    }

    @Test
    void anAliasMayBeAKey() {
        assertThat(flat("- &x k\n- {*x : v}\n")).isEqualTo("[k,{k:v}]");
    }

    @Test
    void anchorsMayStandInAnchors() {
        assertThat(flat("a: &x [1, &y [2]]\nb: *y\nc: *x\n")).isEqualTo("{a:[1,[2]],b:[2],c:[1,[2]]}");
    }

    @Test
    void anAnchorThatIsSetAgainDoesNotChangeWhatWasMeantBefore() {
        assertThat(flat("- &x 1\n- &y [*x]\n- &x 2\n- *y\n- *x\n")).isEqualTo("[1,[1],2,[1],2]");
    }

    @Test
    void aMergeKeyBringsWhatIsNotThere() {
        assertThat(flat("- &x {a: 1, b: 2}\n- {<<: *x, b: 3, c: 4}\n")).isEqualTo("[{a:1,b:2},{b:3,c:4,a:1}]");
    }

    @Test
    void ownKeysWinWhereverTheMergeStands() {
        assertThat(flat("- &x {a: 1}\n- {a: 2, <<: *x}\n")).isEqualTo("[{a:1},{a:2}]");
    }

    @Test
    void theFirstOfSeveralMergedMappingsWins() {
        assertThat(flat("- &x {a: 1}\n- &y {a: 2, b: 3}\n- {<<: [*x, *y], c: 4}\n"))
                .isEqualTo("[{a:1},{a:2,b:3},{c:4,a:1,b:3}]");
    }

    @Test
    void aMergedMappingMayMergeItself() {
        assertThat(flat("- &x {a: 1, b: 1}\n- &y {<<: *x, b: 2}\n- {<<: *y, c: 3}\n"))
                .isEqualTo("[{a:1,b:1},{b:2,a:1},{c:3,b:2,a:1}]");
    }

    @Test
    void mergedListsKeepTheirPlaceAmongOtherValues() {
        assertThat(flat("a: {<<: {l: [1, 2]}, k: v}\nb: c\n")).isEqualTo("{a:{k:v,l:[1,2]},b:c}");
    }

    @Test
    void aQuotedMergeKeyIsAnOrdinaryKey() {
        assertThat(flat("{\"<<\": {a: 1}}")).isEqualTo("{<<:{a:1}}");
    }

    @Test
    void onlyMappingsCanBeMerged() {
        flat("- {<<: x}\n- {<<: [{a: 1}, y]}\n");
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yaml:1:8: <<: want a mapping or a list of mappings, found \"x\"",
                        "f.yaml:2:17: <<: want mappings, found \"y\"");
    }

    @Test
    void twoMergeKeysAreDuplicates() {
        flat("{<<: {a: 1}, <<: {b: 2}}");
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly("f.yaml:1:14: duplicate key \"<<\", first at line 1");
    }

    @Test
    void anAliasWithoutAnAnchorIsNamed() {
        flat("- *nobody\n");
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly("f.yaml:1:3: alias *nobody has no anchor &nobody before it");
    }

    @Test
    void anAliasInsideItsOwnAnchorIsRefused() {
        flat("a: &x [1, *x]\n");
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly("f.yaml:1:11: alias *x stands inside its own anchor");
    }

    @Test
    void anAliasBombIsRefusedBeforeItGoesOff() {
        StringBuilder bomb = new StringBuilder("- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("- &a%d [%s]\n".formatted(i, ("*a" + (i - 1) + ", ").repeat(10)));
        }
        long[] values = {0};
        YamlReader.read(bytes(bomb.toString()), "f.yaml", problems, yaml -> count(yaml, values));
        assertThat(problems.list())
                .singleElement()
                .satisfies(
                        p -> assertThat(p.text()).isEqualTo("aliases repeat more than 1000000 values; write them out"));
        assertThat(values[0]).isLessThan(1_100_000);
    }

    @Test
    void aBombThatNobodyReadsIsRefusedToo() {
        StringBuilder bomb = new StringBuilder("a0: &a0 {x: y}\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d {x: *a%d, y: *a%d}\n".formatted(i, i, i - 1, i - 1));
        }
        YamlReader.read(bytes(bomb.toString()), "f.yaml", problems, YamlReader::skip);
        assertThat(problems.list())
                .singleElement()
                .satisfies(p -> assertThat(p.text()).contains("aliases repeat more than"));
    }

    @Test
    void tenThousandHonestAliasesAreFine() {
        String text = flat("- &x [a, b]\n" + "- *x\n".repeat(10_000));
        assertThat(problems.list()).isEmpty();
        assertThat(text).hasSize(10_001 * "[a,b],".length() + 1);
    }

    private static void count(YamlReader yaml, long[] values) {
        if (yaml.isList()) {
            yaml.list("list", () -> count(yaml, values));
        } else {
            yaml.text("text");
            values[0]++;
        }
    }

    private String flat(String text) {
        StringBuilder out = new StringBuilder();
        YamlReader.read(bytes(text), "f.yaml", problems, yaml -> flat(yaml, out));
        return out.toString().replace(",]", "]").replace(",}", "}").replaceFirst(",$", "");
    }

    private static void flat(YamlReader yaml, StringBuilder out) {
        if (yaml.isMapping()) {
            out.append('{');
            yaml.mapping("mapping", (key, place) -> {
                out.append(key).append(':');
                flat(yaml, out);
            });
            out.append("},");
        } else if (yaml.isList()) {
            out.append('[');
            yaml.list("list", () -> flat(yaml, out));
            out.append("],");
        } else {
            Optional<String> text = yaml.text("text");
            out.append(text.orElse("?")).append(',');
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
