// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.version;

import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Tag;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/// The tag of an image of a release: `v1.2.3-0`, and `v1.2.3-1` where the image had to be built again.
///
/// @param revision 0 or more
public record ImageTag(Version version, int revision) implements Comparable<ImageTag> {
    private static final Pattern REVISION = Pattern.compile("0|[1-9]\\d{0,8}");

    /// @throws InvalidNameException when no image can be tagged so
    public ImageTag {
        if (revision < 0) {
            throw new InvalidNameException("revision of an image", String.valueOf(revision), "0 or more");
        }
        if (!version.build().isEmpty()) {
            throw new InvalidNameException(
                    "version of an image", version.toString(), "a version without +" + version.build());
        }
    }

    /// The revision of this version that a tag is; empty when it is another one's, or none.
    public static Optional<ImageTag> of(Version version, String tag) {
        String start = version + "-";
        if (!tag.startsWith(start)
                || !REVISION.matcher(tag.substring(start.length())).matches()) {
            return Optional.empty();
        }
        return Optional.of(new ImageTag(version, Integer.parseInt(tag.substring(start.length()))));
    }

    /// The newest revision among tags.
    public static Optional<ImageTag> newest(Version version, Collection<String> tags) {
        return tags.stream().flatMap(tag -> of(version, tag).stream()).max(ImageTag::compareTo);
    }

    /// The next free revision: the one behind the newest, for a number that was once used stays used.
    public static ImageTag next(Version version, Collection<String> tags) {
        return new ImageTag(
                version, newest(version, tags).map(last -> last.revision() + 1).orElse(0));
    }

    public Tag tag() {
        return new Tag(toString());
    }

    @Override
    public int compareTo(ImageTag other) {
        int byVersion = version.compareTo(other.version);
        return byVersion != 0 ? byVersion : Integer.compare(revision, other.revision);
    }

    @Override
    public String toString() {
        return version + "-" + revision;
    }
}
