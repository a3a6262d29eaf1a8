// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.oci.Repository;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what is released and who signs it.
record ImageReader(Values values) {
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+/[a-z0-9_]+(/[a-z0-9.]+)?");

    Optional<ReleasedImage> image() {
        Section section = new Section(values, "an image");
        Field<Repository> staging = section.value("staging", Repository::parse).required();
        Field<Repository> production =
                section.value("production", Repository::parse).required();
        Field<List<String>> platforms = section.list("platforms", ImageReader::platform);
        return section.read()
                ? Optional.of(new ReleasedImage(staging.get(), production.get(), platforms.or(List.of())))
                : Optional.empty();
    }

    Optional<ExpectedSigner> signer() {
        Place start = values.yaml().place();
        Section section = new Section(values, "a signer");
        Field<String> key = section.text("key");
        Field<String> identity = section.text("identity");
        Field<String> identityRegexp = section.value("identityRegexp", Values::expression);
        Field<String> issuer = section.text("issuer");
        Field<String> issuerRegexp = section.value("issuerRegexp", Values::expression);
        if (!section.read()) {
            return Optional.empty();
        }
        boolean who = identity.maybe().or(identityRegexp::maybe).isPresent();
        boolean where = issuer.maybe().or(issuerRegexp::maybe).isPresent();
        if (key.maybe().isPresent() ? who || where : !who || !where) {
            values.yaml()
                    .problem(
                            start,
                            "a signer is a key, or an identity (identity, identityRegexp) with its issuer"
                                    + " (issuer, issuerRegexp); write one of both");
        }
        return Optional.of(new ExpectedSigner(
                key.maybe(), identity.maybe(), identityRegexp.maybe(), issuer.maybe(), issuerRegexp.maybe()));
    }

    private static String platform(String text) {
        if (!PLATFORM.matcher(text).matches()) {
            throw new IllegalArgumentException("want a platform as in linux/arm64, found " + YamlReader.quoted(text));
        }
        return text;
    }
}
