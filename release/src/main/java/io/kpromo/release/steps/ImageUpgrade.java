// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.release.version.ImageTag;
import io.kpromo.release.version.Version;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces the tag of an image in a text by a newer one. Pure: what is no reference to just this image stays byte
/// for byte.
///
/// @param image as the text names it
/// @param tag to use from now on
/// @param digest of the image with this tag; references that have a digest get this one
record ImageUpgrade(Repository image, ImageTag tag, Optional<Digest> digest) {
    /// @param text with references of the new tag
    /// @param replaced how many references were older
    /// @param there how many had the new tag before
    /// @param newer how many have a newer one, or one that is no version, and were left alone
    record Upgraded(String text, int replaced, int there, int newer) {}

    /// Distribution-spec 1.1, "Pulling manifests", `reference`.
    private static final String TAG = "(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127})";

    Upgraded of(String text) {
        // What is before must not make it the end of a longer name.
        Pattern reference = Pattern.compile("(?<![A-Za-z0-9._/:@-])(?<name>" + Pattern.quote(image.toString()) + "):"
                + TAG + "(?<digest>@sha256:[0-9a-f]{64})?");
        Matcher matcher = reference.matcher(text);
        StringBuilder out = new StringBuilder(text.length() + 64);
        int replaced = 0;
        int there = 0;
        int newer = 0;
        while (matcher.find()) {
            boolean older = isOlder(matcher.group("tag"));
            boolean same = matcher.group("tag").equals(tag.toString());
            replaced += older ? 1 : 0;
            there += same ? 1 : 0;
            newer += older || same ? 0 : 1;
            String pinned = matcher.group("digest") == null
                    ? ""
                    : digest.map(d -> "@" + d).orElse("");
            String written = matcher.group("name") + ":" + tag + pinned;
            matcher.appendReplacement(out, Matcher.quoteReplacement(older ? written : matcher.group()));
        }
        return new Upgraded(matcher.appendTail(out).toString(), replaced, there, newer);
    }

    private boolean isOlder(String other) {
        int dash = other.lastIndexOf('-');
        Optional<Version> whole = Version.parse(other);
        Optional<ImageTag> revision = dash < 0
                ? Optional.empty()
                : Version.parse(other.substring(0, dash)).flatMap(version -> ImageTag.of(version, other));
        if (revision.isPresent()) {
            return revision.get().compareTo(tag) < 0;
        }
        // Without a revision, as projects without them tag.
        return whole.isPresent() && whole.get().compareTo(tag.version()) < 0;
    }
}
