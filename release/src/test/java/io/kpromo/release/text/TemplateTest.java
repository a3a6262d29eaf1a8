// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.yaml.Problems;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void namesBecomeValues() {
        Template template = new Template("Release {{name}}@{{ version }}: {{version}} $1 {{}}");
        assertThat(template.plain(Map.of("name", "a$1\\b", "version", "{{name}}")))
                .isEqualTo("Release a$1\\b@{{name}}: {{name}} $1 {{}}");
    }

    @Test
    void linesOfANameThatHasNothingToSayAreLeftOut() {
        Template template = new Template("{{a}}\n\ncc: {{ b }}\n{{a}} and {{b}}\nb\nend {{a}}");
        assertThat(template.withoutLinesOf("b").text()).isEqualTo("{{a}}\n\nb\nend {{a}}");
        assertThat(new Template("x\ncc: {{b}}").withoutLinesOf("b").text()).isEqualTo("x\n");
    }

    @Test
    void anUnknownNameIsSaidAtItsPlace() {
        Problems problems = new Problems();
        Template.of("fine\n  {{version}} {{verison}}\n", "issue.md", Set.of("version", "name"), problems);
        assertThat(problems.list())
                .singleElement()
                .hasToString("issue.md:2:15: unknown name {{verison}}; known are name, version");
    }

    @Test
    void valuesOfOthersBreakNothingInMarkdown() {
        assertThat(Markdown.escaped("a\n# b [x](http://e) <img> `c` *d* @team #12 |"))
                .isEqualTo("a #<!-- --> b \\[x\\]\\(http\\://e\\) \\<img\\> \\`c\\` \\*d\\* @<!-- -->team #<!-- -->12"
                        + " \\|");
        assertThat(Markdown.escaped("- x")).isEqualTo("\\- x");
        assertThat(Markdown.escaped("1. x")).isEqualTo("1\\. x");
        assertThat(Markdown.escaped(" \n ")).isEmpty();
        assertThat(Markdown.escaped("see HTTPS://a.example, www.b.example, a.example: yes"))
                .isEqualTo("see HTTPS\\://a.example, www\\.b.example, a.example: yes");
    }

    @Test
    void codeEndsWhereItShould() {
        assertThat(Markdown.code("a``b")).isEqualTo("```a``b```");
        assertThat(Markdown.code("`a")).isEqualTo("`` `a ``");
        assertThat(Markdown.block("", "```\nx")).isEqualTo("````\n```\nx\n````\n");
    }
}
