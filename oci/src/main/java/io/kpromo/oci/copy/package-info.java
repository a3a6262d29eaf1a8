/// Copies contents from one repository to many. Start at [Copier].
///
/// The way of the data: a [ContentTree] is fetched for each [CopyJob]; each distinct blob of it becomes one
/// `BlobTransfer`, which reads it once through a [io.kpromo.oci.feed.Feed] for all repositories that need it and
/// spreads it by a `Route`;
/// a `TreeWriter` for each repository then writes manifests, children first, and the tags last.
@NullMarked
package io.kpromo.oci.copy;

import org.jspecify.annotations.NullMarked;
