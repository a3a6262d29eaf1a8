// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.artifact;

import io.kpromo.oci.Host;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which repository and tag a file has: one repository for each file, one tag for each version of it.
///
/// The first part of the path that reads as a version is the tag, and the other parts are the repository:
/// `release/v1.30.0/linux/crictl` is `release/linux/crictl:v1.30.0`. Without such a part the tag is `latest`.
/// Capital letters, which repositories can't have, become small ones; a `+`, which tags can't have, becomes `_`.
///
/// @param version as the path has it
record Place(Repository repository, Tag tag, Optional<String> version) {
    private static final Tag WITHOUT_VERSION = new Tag("latest");
    private static final Pattern VERSION = Pattern.compile("v?[0-9]+\\.[0-9]+(\\.[0-9]+)?([-+][0-9A-Za-z.+-]+)?");

    /// @param path of the file on the registry, with the base's
    /// @throws InvalidNameException when no repository or no tag can be called so
    static Place of(Host host, String path) {
        List<String> parts = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        Optional<String> version =
                parts.stream().filter(part -> VERSION.matcher(part).matches()).findFirst();
        version.filter(v -> parts.size() > 1).ifPresent(parts::remove);
        Repository repository = new Repository(host, String.join("/", parts).toLowerCase(Locale.ROOT));
        Tag tag = version.map(v -> new Tag(v.replace('+', '_'))).orElse(WITHOUT_VERSION);
        return new Place(repository, tag, version);
    }

    ImageReference reference() {
        return repository.at(tag);
    }
}
