// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Repository;
import java.util.Optional;

/// A bundle that refers to an image, as the list of referrers tells of it. What its annotations say proves
/// nothing; it helps to fetch only what is of use.
///
/// @param subject the image's digest
/// @param descriptor of the bundle's manifest
public record AttachedBundle(Repository repository, Digest subject, Descriptor descriptor) {
    /// What its envelope is, where cosign 3 wrote it: `dsse-envelope` or `message-signature`.
    public static final String CONTENT = "dev.sigstore.bundle.content";

    public static final String PREDICATE_TYPE = "dev.sigstore.bundle.predicateType";
    public static final String CREATED = "org.opencontainers.image.created";

    /// Whose signature it is: an [io.kpromo.trust.Identity] as text.
    public static final String SIGNER = "io.kpromo.signer";

    /// The name that its statement gives the image.
    public static final String SUBJECT = "io.kpromo.subject";

    public Digest digest() {
        return descriptor.digest();
    }

    public ImageReference where() {
        return repository.at(descriptor.digest());
    }

    public Optional<String> predicateType() {
        return annotation(PREDICATE_TYPE);
    }

    /// Only in bundles that kpromo wrote.
    public Optional<String> signer() {
        return annotation(SIGNER);
    }

    /// Only in bundles that kpromo wrote.
    public Optional<String> subjectName() {
        return annotation(SUBJECT);
    }

    private Optional<String> annotation(String name) {
        return Optional.ofNullable(descriptor.annotations().get(name)).filter(text -> !text.isEmpty());
    }
}
