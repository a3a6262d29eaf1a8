// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.yaml.InvalidInputException;
import org.junit.jupiter.api.Test;

class TrackingTemplateTest {
    @Test
    void labelsAndAssigneesComeFromTheFrontMatter() {
        TrackingTemplate template = TrackingTemplate.read("""
            ---
            name: Release
            about: 'How: a release'
            title: Release vX.Y.Z
            labels: kind/release, area/release-eng
            assignees: [ann, bob]
            ---

            - [ ] Rollout
            """, "t.md");

        assertThat(template.labels()).containsExactly("kind/release", "area/release-eng");
        assertThat(template.assignees()).containsExactly("ann", "bob");
        assertThat(template.body()).isEqualTo("- [ ] Rollout\n");
    }

    @Test
    void aTemplateNeedsNoFrontMatter() {
        assertThat(TrackingTemplate.read("- [ ] Rollout\n---\n", "t.md").body()).isEqualTo("- [ ] Rollout\n---\n");
        assertThat(TrackingTemplate.read("---\nlabels: ''\nassignees:\n---\nx", "t.md")
                        .labels())
                .isEmpty();
    }

    @Test
    void aBrokenFrontMatterIsToldByItsPlace() {
        assertThatThrownBy(() -> TrackingTemplate.read("---\nname: x\nlabels: {a: b}\n---\n", "t.md"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("t.md:3:9");
    }
}
