// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.github.ReleaseConfig;
import io.kpromo.files.github.ReleaseConfigs;
import io.kpromo.forge.Slug;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.yaml.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The flags that say which releases are meant, and where they go.
final class GhFlags {
    private final List<String> tags = new ArrayList<>();
    private String org = "";
    private String repo = "";
    private String bucket = "";
    private String releaseDir = "";
    private boolean prereleases;
    private boolean downloadOnly;
    private Optional<Path> config = Optional.empty();
    private Optional<Path> output = Optional.empty();

    void describe(Flags flags) {
        flags.section("Releases")
                .text("--org", "ORG", "The organisation or user on GitHub.", name -> org = name)
                .text("--repo", "REPO", "The repository.", name -> repo = name)
                .texts("--tags", "TAG", "Only the releases of these tags, prereleases or not.", tags)
                .toggle(
                        "--include-prereleases",
                        false,
                        "Where no tags are named: prereleases too.",
                        on -> prereleases = on)
                .file(
                        "--config",
                        "FILE",
                        "A file that names many repositories, instead of all flags of this section, --bucket and"
                                + " --release-dir.",
                        file -> config = Optional.of(file))
                .section("Destinations")
                .text(
                        "--bucket",
                        "BUCKET",
                        "A bucket of Google's, or any gs://, s3://, file:// or oci://.",
                        name -> bucket = name)
                .text("--release-dir", "PATH", "The folder in it. Default: ORG/REPO.", path -> releaseDir = path)
                .file(
                        "--output-dir",
                        "DIR",
                        "Keep all files here too, as ORG/REPO/TAG/FILE.",
                        folder -> output = Optional.of(folder))
                .toggle(
                        "--download-only",
                        false,
                        "Only download to --output-dir; no bucket is needed.",
                        on -> downloadOnly = on);
    }

    /// A folder that gets a copy of everything.
    Optional<Path> output() {
        return output;
    }

    List<ReleaseConfig> configs() {
        if (downloadOnly && output.isEmpty()) {
            throw new UsageException("--download-only needs --output-dir, the folder to download to");
        }
        if (config.isPresent()) {
            if (prereleases || !tags.isEmpty() || !(org + repo + bucket + releaseDir).isEmpty()) {
                throw new UsageException("--config names repositories, releases, buckets and folders in them;"
                        + " leave their flags out");
            }
            return ReleaseConfigs.read(config.get(), downloadOnly);
        }
        if (org.isEmpty() || repo.isEmpty() || (bucket.isEmpty() && !downloadOnly)) {
            throw new UsageException("--org, --repo and --bucket are needed, or --config");
        }
        return List.of(one());
    }

    private ReleaseConfig one() {
        List<String> named = tags.stream()
                .flatMap(some -> List.of(some.split(",", -1)).stream())
                .toList();
        if (named.contains("")) {
            throw new UsageException("--tags names a tag that is empty; is a comma too many, or a variable not set?");
        }
        try {
            Slug repository = new Slug(org, repo);
            String folder = releaseDir.isEmpty() ? repository.toString() : releaseDir;
            return new ReleaseConfig(
                    repository,
                    named,
                    prereleases,
                    downloadOnly ? Optional.empty() : Optional.of(ReleaseConfig.destination(bucket, folder)),
                    Place.of(repository.toString()));
        } catch (InvalidNameException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
