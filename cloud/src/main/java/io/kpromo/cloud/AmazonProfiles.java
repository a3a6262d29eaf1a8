// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;

/// The files of the AWS CLI: `~/.aws/config` (`AWS_CONFIG_FILE`) and `~/.aws/credentials`
/// (`AWS_SHARED_CREDENTIALS_FILE`), of which the profile `AWS_PROFILE` is used, or the one called `default`.
record AmazonProfiles(Surroundings around) {
    private record ProfilePath(Path path, ProfileFile.Type type) {}

    String name() {
        return around.variable("AWS_PROFILE").orElse("default");
    }

    /// Not where no profile was named and there are no files.
    boolean isThere() {
        return around.variable("AWS_PROFILE").isPresent() || !files().isEmpty();
    }

    /// The region that the profile names.
    Optional<String> region() {
        return files().isEmpty()
                ? Optional.empty()
                : read().profile(name()).flatMap((Profile profile) -> profile.property(ProfileProperty.REGION));
    }

    /// Where the keys of a profile belong, for S3: what its section of services names, or the profile itself.
    Optional<String> endpoint(String name) {
        ProfileFile file = read();
        Optional<Profile> profile = file.profile(name);
        return profile.flatMap(one -> one.property("services"))
                .flatMap(services -> file.getSection("services", services))
                .flatMap(services -> services.property("s3." + ProfileProperty.ENDPOINT_URL))
                .or(() -> profile.flatMap(one -> one.property(ProfileProperty.ENDPOINT_URL)));
    }

    ProfileFile read() {
        ProfileFile.Aggregator all = ProfileFile.aggregator();
        for (ProfilePath file : files()) {
            all.addFile(
                    ProfileFile.builder().content(file.path()).type(file.type()).build());
        }
        return all.build();
    }

    private List<ProfilePath> files() {
        List<ProfilePath> files = new ArrayList<>();
        file("AWS_CONFIG_FILE", "config").ifPresent(f -> files.add(new ProfilePath(f, ProfileFile.Type.CONFIGURATION)));
        file("AWS_SHARED_CREDENTIALS_FILE", "credentials")
                .ifPresent(f -> files.add(new ProfilePath(f, ProfileFile.Type.CREDENTIALS)));
        return files;
    }

    private Optional<Path> file(String variable, String name) {
        return around.variable(variable)
                .map(Path::of)
                .or(() -> around.home().map(home -> home.resolve(".aws").resolve(name)))
                .filter(Files::isRegularFile);
    }
}
