// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

import io.kpromo.images.manifest.Entry;
import io.kpromo.images.manifest.Image;
import io.kpromo.images.manifest.ImageLists;
import io.kpromo.oci.Digest;
import io.kpromo.yaml.YamlReader;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.diff.Edit;

/// What one file's change added, by its lines and by its meaning.
///
/// Lines alone miss a digest that gets a tag in a list below it, or all digests of an image that is renamed.
/// Meaning alone would need both versions to be valid. So a digest counts that either of them finds.
final class AddedDigests {
    static final int LARGEST = YamlReader.LARGEST;
    private static final String PREFIX = "sha256:";
    private static final int HEX = 64;

    /// Something that is promoted: a tag, or an untagged digest.
    private record Wish(String image, Digest digest, String tag) {}

    private AddedDigests() {}

    /// @param before empty where the file is new
    /// @param edits from before to after, by lines
    static Set<Digest> between(String before, String after, List<Edit> edits) {
        Set<Digest> added = new TreeSet<>();
        String[] lines = after.split("\n", -1);
        for (Edit edit : edits) {
            for (int i = edit.getBeginB(); i < Math.min(edit.getEndB(), lines.length); i++) {
                collect(lines[i], added);
            }
        }
        Set<Wish> old = wishes(before);
        for (Wish wish : wishes(after)) {
            if (!old.contains(wish)) {
                added.add(wish.digest);
            }
        }
        return added;
    }

    private static void collect(String line, Set<Digest> into) {
        int comment = line.indexOf('#');
        String text = comment < 0 ? line : line.substring(0, comment);
        for (int at = text.indexOf(PREFIX); at >= 0; at = text.indexOf(PREFIX, at + 1)) {
            int end = at + PREFIX.length();
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
                end++;
            }
            String found = text.substring(at, end);
            if (found.length() == PREFIX.length() + HEX && found.equals(found.toLowerCase(Locale.ROOT))) {
                into.add(Digest.parse(found));
            }
        }
    }

    /// None where the text is not a valid list of images: then the lines have to do.
    private static Set<Wish> wishes(String text) {
        Set<Wish> wishes = new HashSet<>();
        for (Image image : ImageLists.parse(text)) {
            for (Entry entry : image.entries()) {
                if (entry.tags().isEmpty()) {
                    wishes.add(new Wish(image.name(), entry.digest(), ""));
                }
                entry.tags().forEach(tag -> wishes.add(new Wish(image.name(), entry.digest(), tag.text())));
            }
        }
        return wishes;
    }
}
