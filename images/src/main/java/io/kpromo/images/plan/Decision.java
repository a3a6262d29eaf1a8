// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.List;

/// What follows for a content in one destination repository. Several may follow for the same content: one tag
/// may be in place while another moved.
public sealed interface Decision {
    Repository destination();

    WantedContent content();

    /// The wanted tags this decision is about, sorted. None where the content is wanted without a tag.
    List<Tag> tags();

    /// Edges this decision is about: one a tag, or one without a tag.
    default int edges() {
        return Math.max(1, tags().size());
    }

    /// These tags point where they should, or the untagged content is there: nothing to do.
    ///
    /// @param lostBySource the source was seen not to hold it any more: nothing to do today, but nothing to make
    ///     another mirror from either; please backfill
    record UpToDate(Repository destination, WantedContent content, List<Tag> tags, boolean lostBySource)
            implements Decision {}

    /// The content is in the destination; these tags are absent and will be written.
    record AddTag(Repository destination, WantedContent content, List<Tag> tags) implements Decision {}

    /// The content is to be copied, then these tags written.
    ///
    /// @param source where from: the first that was seen to hold it, else the first nobody asked. So the copy may
    ///     still find that the source lost it
    record Copy(Repository destination, WantedContent content, List<Tag> tags, Repository source) implements Decision {}

    /// Neither destination nor any source holds it: cannot be promoted. Reported; the run goes on.
    record Lost(Repository destination, WantedContent content, List<Tag> tags) implements Decision {}

    /// The destination could not be read, so nothing is written there. Other edges go on; the run fails in the
    /// end.
    ///
    /// @param why what the registry said
    record Unreadable(Repository destination, WantedContent content, List<Tag> tags, String why) implements Decision {}

    /// Not allowed. One refusal, and nothing of the whole run is written.
    record Refused(Repository destination, WantedContent content, Reason reason) implements Decision {
        @Override
        public List<Tag> tags() {
            return switch (reason) {
                case TagMove move -> List.of(move.tag());
            };
        }

        /// `manifest.yaml:3:5: refused …`, what and why in a line.
        @Override
        public String toString() {
            return switch (reason) {
                case TagMove move ->
                    content.placeOf(move.tag()) + ": tag move refused: " + destination + ":" + move.tag()
                            + " points to " + move.from() + ", the manifest wants " + content.digest()
                            + "; promoted tags do not move, use a new tag";
            };
        }
    }

    /// Why something is refused.
    sealed interface Reason {}

    /// A destination tag points to another digest than the wanted one.
    ///
    /// @param from what it points to now
    record TagMove(Tag tag, Digest from) implements Reason {}
}
