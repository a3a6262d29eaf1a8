// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.snapshot;

import io.kpromo.images.snapshot.Snapshot.Content;
import io.kpromo.images.snapshot.Snapshot.Image;
import io.kpromo.oci.Tag;
import java.io.IOException;

/// How a snapshot is written; both are read by other programs, so they do not change.
public enum SnapshotFormat {
    /// A list that can stand in an `images.yaml` as it is.
    YAML {
        @Override
        public void write(Snapshot snapshot, Appendable out) throws IOException {
            for (Image image : snapshot.images()) {
                out.append("- name: ").append(image.name()).append("\n  dmap:\n");
                for (Content content : image.contents()) {
                    out.append("    \"").append(content.digest().toString()).append("\": [");
                    String comma = "";
                    for (Tag tag : content.tags()) {
                        out.append(comma).append('"').append(tag.text()).append('"');
                        comma = ", ";
                    }
                    out.append("]\n");
                }
            }
        }
    },
    /// A line a tag: `image@digest,image:tag`; `image@digest,-` for a digest without tags.
    CSV {
        @Override
        public void write(Snapshot snapshot, Appendable out) throws IOException {
            for (Image image : snapshot.images()) {
                for (Content content : image.contents()) {
                    String digest = image.name() + "@" + content.digest() + ",";
                    if (content.tags().isEmpty()) {
                        out.append(digest).append("-\n");
                    }
                    for (Tag tag : content.tags()) {
                        out.append(digest)
                                .append(image.name())
                                .append(':')
                                .append(tag.text())
                                .append('\n');
                    }
                }
            }
        }
    };

    /// Writes all of it, a small piece at a time: give it something buffered.
    ///
    /// @throws IOException when `out` does
    public abstract void write(Snapshot snapshot, Appendable out) throws IOException;
}
