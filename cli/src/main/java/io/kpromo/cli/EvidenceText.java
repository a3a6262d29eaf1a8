// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.trust.inspect.Answer;
import io.kpromo.trust.inspect.Requirement;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.Standing;
import io.kpromo.trust.statement.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Signatures, attestations and what became of them, as people and programs read them.
final class EvidenceText {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private EvidenceText() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String page(ObjectNode json) {
        return JSON.writeValueAsString(json) + "\n";
    }

    /// What it is: `signature`, `promotion record`, a predicate type.
    static String kind(Evidence evidence) {
        String type = evidence.predicateType();
        for (Requirement requirement : Requirement.values()) {
            if (requirement != Requirement.PROVENANCE && requirement.isOf(type)) {
                return requirement.words();
            }
        }
        return type.isEmpty() ? "unknown" : Shown.briefly(type);
    }

    /// `by key 12… on 2026-11-23T05:00:00Z (tag sha256-….sig, layer 0)`
    static String origin(Evidence evidence) {
        StringBuilder text = new StringBuilder();
        if (evidence.standing() instanceof Standing.Verified(var signer, var signedAt)) {
            text.append("by ").append(Text.oneLine(signer.toString()));
            signedAt.ifPresent(time -> text.append(" on ").append(time));
            text.append(' ');
        }
        return text.append('(').append(evidence.where()).append(')').toString();
    }

    /// One line for what was required, and one more for each reason.
    static void lines(StringBuilder page, String indent, Requirement requirement, Answer answer) {
        page.append(indent).append(requirement).append(": ").append(answer.word());
        if (answer instanceof Answer.Met(Evidence evidence)) {
            page.append(' ').append(origin(evidence));
        }
        List<String> reasons = answer.reasons();
        if (reasons.size() == 1) {
            page.append(": ").append(Text.oneLine(reasons.getFirst()));
        } else {
            reasons.forEach(why -> page.append('\n').append(indent).append("  ").append(Text.oneLine(why)));
        }
        page.append('\n');
    }

    static ArrayNode json(Map<Requirement, Answer> answers) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        answers.forEach((requirement, answer) -> {
            ObjectNode one =
                    all.addObject().put("requirement", requirement.toString()).put("result", answer.word());
            if (answer instanceof Answer.Met(Evidence evidence)) {
                put(one, evidence);
            }
            ArrayNode reasons = one.putArray("reasons");
            answer.reasons().forEach(reasons::add);
        });
        return all;
    }

    static void put(ObjectNode json, Evidence evidence) {
        json.put("predicateType", evidence.predicateType())
                .put("where", evidence.where().toString());
        if (evidence.standing() instanceof Standing.Verified(var signer, var signedAt)) {
            json.put("signer", signer.toString());
            signedAt.ifPresent(time -> json.put("signedAt", time.toString()));
        }
    }

    static void put(ObjectNode json, String name, Optional<?> value) {
        value.ifPresent(some -> json.put(name, some.toString()));
    }
}
