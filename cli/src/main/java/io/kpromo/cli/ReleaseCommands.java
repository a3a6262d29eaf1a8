// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.util.List;

/// The commands below `kpromo release`.
final class ReleaseCommands {
    private ReleaseCommands() {}

    /// In the order in which a release comes to them.
    static List<Commands.Entry> all() {
        return List.of(
                new Commands.Entry("init", r -> new ReleaseInitCommand(r)),
                new Commands.Entry("show", r -> new ReleaseShowCommand(r)),
                new Commands.Entry("run", r -> new ReleaseRunCommand(r)),
                step(
                        "track",
                        "Open the tracking issue of a release, or find it.",
                        true,
                        true,
                        "kpromo release track v1.2.3 --confirm"),
                new Commands.Entry("bump", r -> new ReleaseBumpCommand(r)),
                new Commands.Entry("verify-dependencies", r -> new ReleaseVerifyCommand(r)),
                step(
                        "validate",
                        "Promote the canaries with this very build, sign them, and verify them as a consumer would.",
                        true,
                        false,
                        "kpromo release validate --confirm"),
                step(
                        "tag",
                        "Tag what is checked out, after a look at whether the version follows and all is committed.",
                        true,
                        true,
                        "kpromo release tag v1.2.3             what would be done",
                        "kpromo release tag v1.2.3 --confirm   do it"),
                new Commands.Entry("notes", r -> new ReleaseNotesCommand(r)),
                step(
                        "draft",
                        "Draft the release: notes, assets, their sums and who released them.",
                        true,
                        false,
                        "kpromo release draft v1.2.3 --confirm"),
                step(
                        "publish",
                        "Take the draft live; versions like v1.2.3-rc.1 as pre-releases.",
                        true,
                        false,
                        "kpromo release publish v1.2.3 --confirm"),
                step(
                        "staged",
                        "Look whether the images are in staging: tag, digest, platforms, signatures. Exit code 1 where"
                                + " they are not.",
                        false,
                        false,
                        "kpromo release staged v1.2.3",
                        "kpromo release staged v1.2.3 --wait 30m"),
                step(
                        "promote",
                        "Open the pull request that asks for the promotion, as kpromo pr does.",
                        true,
                        false,
                        "kpromo release promote v1.2.3 --confirm"),
                step(
                        "status",
                        "Look whether the promotion is done: every destination has the image, signed and recorded; and"
                                + " how the job stands. Exit code 1 where it is not.",
                        false,
                        false,
                        "kpromo release status",
                        "kpromo release status v1.2.3 --watch"),
                step(
                        "rollout",
                        "Open a pull request for each place that uses the image.",
                        true,
                        false,
                        "kpromo release rollout v1.2.3 --confirm"),
                step(
                        "announce",
                        "Tell people, each place once: Slack, a mailing list, a discussion.",
                        true,
                        false,
                        "kpromo release announce v1.2.3 --confirm"));
    }

    private static Commands.Entry step(
            String id, String description, boolean changes, boolean version, String... examples) {
        return new Commands.Entry(
                id,
                root -> new ReleaseStepCommand(
                        root, new ReleaseStepCommand.About(id, description, changes, version, List.of(examples))));
    }
}
