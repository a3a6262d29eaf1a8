// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.audit;

import io.kpromo.images.plan.WantedContent;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.List;

/// Something in production that is not as the manifests say.
public sealed interface Finding {
    Repository repository();

    Digest digest();

    /// In a line: what is wrong, and where it was asked for.
    String text();

    /// A manifest wants it and it isn't there; with tags, those that are missing.
    record Missing(Repository repository, WantedContent content, List<Tag> tags) implements Finding {
        @Override
        public Digest digest() {
            return content.digest();
        }

        @Override
        public String text() {
            return tags.isEmpty()
                    ? "missing: " + repository + "@" + digest() + ", wanted at " + content.place()
                    : "missing: " + repository + ":"
                            + String.join(",", tags.stream().map(Tag::text).toList()) + " for " + digest()
                            + ", wanted at " + content.placeOf(tags.getFirst());
        }
    }

    /// A tag points to another digest than the manifests say.
    record Moved(Repository repository, WantedContent content, Tag tag, Digest to) implements Finding {
        @Override
        public Digest digest() {
            return content.digest();
        }

        @Override
        public String text() {
            return "moved: " + repository + ":" + tag + " points to " + to + ", wanted is " + digest() + " at "
                    + content.placeOf(tag);
        }
    }

    /// No manifest names it.
    ///
    /// @param tags that point to it and are not wanted; none where nothing of it is
    record Unnamed(Repository repository, Digest digest, List<Tag> tags) implements Finding {
        @Override
        public String text() {
            return tags.isEmpty()
                    ? "unnamed: " + repository + "@" + digest + " is in no manifest"
                    : "unnamed: " + repository + ":"
                            + String.join(",", tags.stream().map(Tag::text).toList()) + " (" + digest
                            + ") is in no manifest";
        }
    }

    /// It is there, but something below it is not, so that it can't be pulled.
    ///
    /// @param lacking what is not there, with its kind: `blob sha256:…`, `manifest sha256:…`
    record Incomplete(Repository repository, Digest digest, String lacking) implements Finding {
        @Override
        public String text() {
            return "incomplete: " + repository + "@" + digest + " points to " + lacking + ", which is not there";
        }
    }

    /// It is there, but something that vouches for it does not verify.
    ///
    /// @param lacking `signature`, `promotion record`
    /// @param word `missing` or, where it could not be looked at, `unknown`
    /// @param why nothing that was found counts
    record Unproven(Repository repository, Digest digest, String lacking, String word, String why) implements Finding {
        @Override
        public String text() {
            return "unproven: " + lacking + " of " + repository + "@" + digest + " is " + word + ": " + why;
        }
    }
}
