// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.oci.ImageReference;
import io.kpromo.trust.inspect.Inspection;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `kpromo attestations` prints.
final class AttestationsText {
    private AttestationsText() {}

    static String text(ImageReference image, Inspection inspection) {
        StringBuilder page = new StringBuilder(image.toString()).append('\n');
        for (Evidence evidence : inspection.found().all()) {
            page.append("  ").append(EvidenceText.kind(evidence)).append(": ").append(standing(evidence));
            page.append(' ').append(EvidenceText.origin(evidence)).append('\n');
            evidence.standing()
                    .reason()
                    .filter(_ -> !(evidence.standing() instanceof Standing.Unsigned))
                    .ifPresent(
                            why -> page.append("    ").append(Text.oneLine(why)).append('\n'));
        }
        inspection
                .found()
                .unseen()
                .forEach(finding -> page.append("  not looked at: ")
                        .append(Text.oneLine(finding.toString()))
                        .append('\n'));
        if (inspection.found().all().isEmpty() && inspection.found().unseen().isEmpty()) {
            page.append("  nothing\n");
        }
        return page.toString();
    }

    /// Whether it is about this digest is not known of what can't be read.
    private static String standing(Evidence evidence) {
        boolean read = evidence.statement().isPresent();
        return evidence.standing().word() + (read && !evidence.about() ? ", ABOUT ANOTHER DIGEST" : "");
    }

    static String json(ImageReference image, Inspection inspection) {
        ObjectNode json = EvidenceText.object().put("image", image.toString());
        ArrayNode all = json.putArray("found");
        for (Evidence evidence : inspection.found().all()) {
            ObjectNode one = all.addObject();
            EvidenceText.put(one, evidence);
            one.put("standing", evidence.standing().word()).put("aboutThisDigest", evidence.about());
            EvidenceText.put(one, "why", evidence.standing().reason());
            ArrayNode names = one.putArray("subjects");
            subjects(evidence).forEach(names::add);
        }
        ArrayNode unseen = json.putArray("notLookedAt");
        inspection
                .found()
                .unseen()
                .forEach(finding -> unseen.addObject()
                        .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                        .put("where", finding.where().toString())
                        .put("why", finding.why()));
        return EvidenceText.page(json);
    }

    private static List<String> subjects(Evidence evidence) {
        List<String> names = new ArrayList<>();
        evidence.statement()
                .ifPresent(statement -> statement
                        .subjects()
                        .forEach(subject -> names.add(subject.name().orElse("") + "@" + subject.digest())));
        return names;
    }
}
