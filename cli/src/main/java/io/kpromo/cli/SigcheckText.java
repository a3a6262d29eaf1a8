// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.images.check.Checked;
import io.kpromo.images.check.Promoted;
import io.kpromo.oci.Tag;
import io.kpromo.trust.inspect.Answer;
import io.kpromo.trust.inspect.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `kpromo sigcheck` prints.
///
/// @param failures why an image could not be repaired
record SigcheckText(List<Checked> checked, Map<Promoted, String> failures) {
    /// A line for each image; below those that lack something, a line for each thing.
    String table() {
        StringBuilder page = new StringBuilder();
        page.append("SIGNATURE  RECORD    IMAGE\n");
        for (Checked image : checked) {
            page.append(String.format(
                    "%-9s  %-8s  %s%n",
                    word(image, Requirement.SIGNATURE), word(image, Requirement.RECORD), shown(image.image())));
            lacking(page, image);
        }
        return page.toString();
    }

    private void lacking(StringBuilder page, Checked image) {
        image.failure().ifPresent(why -> line(page, "not looked at", why));
        Optional.ofNullable(failures.get(image.image())).ifPresent(why -> line(page, "not repaired", why));
        for (Checked.OfManifest manifest : image.manifests()) {
            manifest.answers().forEach((requirement, answer) -> {
                if (!answer.isMet()) {
                    boolean child = !manifest.digest().equals(image.image().digest());
                    String of = child ? " of " + manifest.platform().orElse("manifest") + " " + manifest.digest() : "";
                    line(page, requirement + of + " " + answer.word(), String.join("; ", answer.reasons()));
                }
            });
        }
    }

    private static void line(StringBuilder page, String what, String why) {
        page.append("    ").append(what).append(": ").append(Text.oneLine(why)).append('\n');
    }

    /// The worst of the image and all below it.
    static String word(Checked image, Requirement requirement) {
        List<Answer> answers = image.manifests().stream()
                .flatMap(manifest -> Optional.ofNullable(manifest.answers().get(requirement)).stream())
                .toList();
        if (image.failure().isPresent() || answers.stream().anyMatch(Answer.Unknown.class::isInstance)) {
            return "unknown";
        }
        if (answers.isEmpty()) {
            return "-";
        }
        return answers.stream().allMatch(Answer::isMet) ? "verified" : "missing";
    }

    private static String shown(Promoted image) {
        String tags = image.tags().stream().map(Tag::text).collect(Collectors.joining(", "));
        return image.reference() + (tags.isEmpty() ? "" : " (" + tags + ")");
    }

    String json() {
        ObjectNode json = EvidenceText.object();
        ArrayNode all =
                json.put("proven", checked.stream().allMatch(Checked::isProven)).putArray("images");
        for (Checked image : checked) {
            ObjectNode one = all.addObject()
                    .put("image", image.image().reference().toString())
                    .put("name", image.name())
                    .put("proven", image.isProven());
            ArrayNode tags = one.putArray("tags");
            image.image().tags().forEach(tag -> tags.add(tag.text()));
            EvidenceText.put(one, "uploaded", image.image().uploaded());
            EvidenceText.put(one, "error", image.failure());
            EvidenceText.put(one, "notRepaired", Optional.ofNullable(failures.get(image.image())));
            ArrayNode manifests = one.putArray("manifests");
            for (Checked.OfManifest manifest : image.manifests()) {
                ObjectNode node =
                        manifests.addObject().put("digest", manifest.digest().toString());
                EvidenceText.put(node, "platform", manifest.platform());
                node.set("requirements", EvidenceText.json(manifest.answers()));
            }
        }
        return EvidenceText.page(json);
    }
}
