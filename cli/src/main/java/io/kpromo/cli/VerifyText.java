// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.images.check.VerifiedImage;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `kpromo verify` prints.
final class VerifyText {
    private VerifyText() {}

    static String text(List<VerifiedImage> images) {
        StringBuilder page = new StringBuilder();
        for (VerifiedImage image : images) {
            page.append(reference(image)).append(": ").append(image.isVerified() ? "verified" : "NOT verified");
            image.failure().ifPresent(why -> page.append(": ").append(Text.oneLine(why)));
            page.append('\n');
            image.answers().forEach((requirement, answer) -> EvidenceText.lines(page, "  ", requirement, answer));
        }
        return page.toString();
    }

    /// With the digest, whatever the image was asked for by.
    private static String reference(VerifiedImage image) {
        String asked = image.asked().toString();
        return image.digest()
                .map(Object::toString)
                .filter(digest -> !asked.endsWith(digest))
                .map(digest -> asked + "@" + digest)
                .orElse(asked);
    }

    static String json(List<VerifiedImage> images) {
        ObjectNode json = EvidenceText.object();
        ArrayNode all = json.put("verified", images.stream().allMatch(VerifiedImage::isVerified))
                .putArray("images");
        for (VerifiedImage image : images) {
            ObjectNode one = all.addObject()
                    .put("image", image.asked().toString())
                    .put("name", image.name())
                    .put("verified", image.isVerified());
            EvidenceText.put(one, "digest", image.digest());
            EvidenceText.put(one, "error", image.failure());
            one.set("requirements", EvidenceText.json(image.answers()));
        }
        return EvidenceText.page(json);
    }
}
