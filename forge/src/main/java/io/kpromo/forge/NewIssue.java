// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.util.List;

/// An issue to be opened.
///
/// @param body Markdown
/// @param assignees logins
public record NewIssue(String title, String body, List<String> labels, List<String> assignees) {
    public NewIssue {
        labels = List.copyOf(labels);
        assignees = List.copyOf(assignees);
    }
}
