// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// An in-toto statement: a predicate about subjects.
///
/// @param subjects at least one
/// @param predicate any JSON; its form is the type's
public record Statement(List<Subject> subjects, String predicateType, JsonNode predicate) {
    /// The media type of a statement in an envelope.
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    public Statement {
        subjects = List.copyOf(subjects);
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("a statement is about something");
        }
    }
}
