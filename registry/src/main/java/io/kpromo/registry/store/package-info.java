/// A registry's contents in a folder that survives a kill at any moment.
///
/// Start at [RegistryFolder]. The folder holds:
/// ```
/// lock                                        held while a process uses the folder
/// blobs/sha256/ab/<hex>                       contents, blobs and manifests, shared by all repositories
/// uploads/<id>                                what is not complete yet; swept at the next start
/// repositories/<path>/_blobs/sha256-<hex>     this repository holds this blob; empty
/// repositories/<path>/_manifests/sha256-<hex> … this manifest: its media type, the size of what it points to
/// repositories/<path>/_tags/<tag>             the digest that the tag points to
/// repositories/<path>/_referrers/sha256-<hex>/sha256-<hex>   the second has the first as its subject; empty
/// ```
/// A part of a repository's name never starts with `_`, so these folders can't be mistaken for repositories.
/// Whatever has contents is written elsewhere and renamed into its place, children before parents, tags last: what can
/// be seen is complete.
@NullMarked
package io.kpromo.registry.store;

import org.jspecify.annotations.NullMarked;
