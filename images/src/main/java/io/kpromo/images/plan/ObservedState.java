// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.Optional;

/// What registries hold, as far as it was read. A value: two questions of the same kind get the same answer.
///
/// Whether a wanted signature is there will be a question here too, beside the tags.
public interface ObservedState {
    /// What a destination's tag points to. To be known for every wanted tag: a tag nobody asked for is
    /// [TagState.Unreadable], never absent.
    TagState tag(Repository repository, Tag tag);

    /// Whether a repository, destination or source, holds this digest. [Presence#UNKNOWN] is a fine answer
    /// wherever nobody needed to ask.
    Presence presence(Repository repository, Digest digest);

    /// Why this destination could not be read as a whole, in a line; empty where it could, or nobody tried.
    Optional<String> failure(Repository repository);
}
