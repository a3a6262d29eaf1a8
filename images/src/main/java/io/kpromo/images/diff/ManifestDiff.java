// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

import io.kpromo.oci.Digest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/// The digests that a change added: those that stand on added lines of the image lists, in whatever quotes,
/// those whose tags were added to, and those below an image that was renamed. What a change only removed is not
/// among them.
///
/// Compares commits, as `git diff BASE HEAD` does: what is not committed does not count.
public final class ManifestDiff {
    private final Path manifests;

    private ManifestDiff(Path manifests) {
        this.manifests = manifests;
    }

    /// @param manifests the folder of a thin tree, or a plain manifest; somewhere in a git repository's work tree
    public static ManifestDiff in(Path manifests) {
        return new ManifestDiff(manifests);
    }

    /// The change that a Prow job tests (`--use-prow-manifest-diff`): for the job types `presubmit` and `batch`
    /// since `PULL_BASE_SHA`, for `postsubmit` since `HEAD^`.
    ///
    /// @param environment with `JOB_TYPE` and `PULL_BASE_SHA`
    /// @return may be empty: then there is nothing to do
    /// @throws DiffException for any other job type, a missing variable, a base that is not there
    public Set<Digest> prow(Map<String, String> environment) {
        String base = base(environment);
        try (History history = History.of(manifests)) {
            return history.added(history.commit(base));
        }
    }

    /// What came in since a date as git writes them (`--manifest-diff-since`): since the parent of the oldest
    /// commit that is younger, or since that commit where it has no parent.
    ///
    /// @param date `7 days`, `24 hours ago`, `yesterday`, `2 weeks ago`, `2026-11-01`, …
    /// @param clock what the date is relative to, and the time zone of dates without one
    /// @return may be empty: then there is nothing to do
    /// @throws DiffException for a date that is none, or a history that does not reach back to it
    public Set<Digest> since(String date, Clock clock) {
        GitDate since = GitDate.parse(date, clock);
        try (History history = History.of(manifests)) {
            return history.addedSince(since.instant());
        }
    }

    private static String base(Map<String, String> environment) {
        String type = environment.getOrDefault("JOB_TYPE", "");
        return switch (type) {
            case "presubmit", "batch" -> {
                String sha = environment.getOrDefault("PULL_BASE_SHA", "");
                if (sha.isBlank()) {
                    throw new DiffException("JOB_TYPE is " + type + " and PULL_BASE_SHA is not set; set it to the"
                            + " commit that the change is based on");
                }
                yield sha.strip();
            }
            case "postsubmit" -> "HEAD^";
            case "" ->
                throw new DiffException("JOB_TYPE is not set; want presubmit, batch or postsubmit, as Prow sets it");
            default ->
                throw new DiffException(
                        "JOB_TYPE is \"" + type + "\"; a manifest diff is for presubmit, batch and postsubmit");
        };
    }
}
