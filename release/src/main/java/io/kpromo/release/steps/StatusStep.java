// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.release.config.PromotionJob;
import io.kpromo.release.config.ReleasedImage;
import io.kpromo.release.job.JobRun;
import io.kpromo.release.job.Jobs;
import io.kpromo.release.version.ImageTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the promotion is done. Registries decide: every destination has the tag, it is the image of staging, and
/// who shall have signed it has. The job that promotes only tells why it is not so yet.
final class StatusStep implements Step {
    /// Where the image of staging goes.
    @FunctionalInterface
    interface Destinations {
        List<Repository> of(ReleasedImage image) throws InterruptedException;
    }

    private final StagedImages images;
    private final Registries registries;
    private final Destinations destinations;
    private final Optional<Means.Verifying> verifying;
    private final Optional<PromotionJob> job;
    private final Jobs jobs;
    /// The run that had failed before we began to wait: the next one counts.
    private Optional<String> failedBefore = Optional.empty();

    private boolean watched;

    /// @param verifying empty where nobody is named who signs
    StatusStep(
            StagedImages images,
            Registries registries,
            Destinations destinations,
            Optional<Means.Verifying> verifying,
            Optional<PromotionJob> job,
            Jobs jobs) {
        this.images = images;
        this.registries = registries;
        this.destinations = destinations;
        this.verifying = verifying;
        this.job = job;
        this.jobs = jobs;
    }

    /// From now on a job that fails ends the waiting, but not one that had failed before.
    void watch() {
        watched = true;
    }

    @Override
    public String id() {
        return "status";
    }

    @Override
    public String title() {
        return "Promotion";
    }

    @Override
    public List<String> boxes() {
        return List.of("Image promotion", "Check the promotion");
    }

    @Override
    public Standing look() throws InterruptedException {
        if (images.images().isEmpty()) {
            return new Standing.Left("release.yaml names no images");
        }
        Optional<ImageTag> tag = images.newest();
        if (tag.isEmpty()) {
            return new Standing.Blocked(
                    "there is no image of this version in staging", "kpromo release staged --wait 30m waits for it");
        }
        int right = 0;
        List<String> missing = new ArrayList<>();
        for (Map.Entry<ReleasedImage, Descriptor> image : images.of(tag.get()).entrySet()) {
            Digest wanted = image.getValue().digest();
            for (Repository destination : destinations.of(image.getKey())) {
                ImageReference there = destination.at(tag.get().tag());
                Optional<Digest> found = registries.manifests().head(there).map(Descriptor::digest);
                if (found.isPresent() && !found.get().equals(wanted)) {
                    return new Standing.Blocked(
                            there + " is " + found.get() + ", and in staging it is " + wanted,
                            "find out who wrote it; a tag that was promoted does not move: build a new revision");
                }
                found.ifPresentOrElse(_ -> {}, () -> missing.add(there.toString()));
                right += found.isPresent() ? 1 : 0;
            }
        }
        if (missing.isEmpty() && images.of(tag.get()).size() == images.images().size()) {
            missing.addAll(unproven(tag.get()));
        }
        return missing.isEmpty() ? done(tag.get(), right) : pending(missing);
    }

    private Standing done(ImageTag tag, int right) {
        return new Standing.Done(tag + " is in " + (right == 1 ? "its destination" : "all " + right + " destinations")
                + (verifying.isPresent() ? ", signed and recorded" : ""));
    }

    private List<String> unproven(ImageTag tag) throws InterruptedException {
        if (verifying.isEmpty()) {
            return List.of();
        }
        List<ImageReference> canonical = images.images().stream()
                .map(image -> image.production().at(tag.tag()))
                .toList();
        return verifying.get().verify(canonical).stream()
                .filter(image -> !image.isVerified())
                .map(image -> "proof of " + image.asked())
                .toList();
    }

    private Standing pending(List<String> missing) throws InterruptedException {
        String what = String.join(", ", missing);
        Optional<JobRun> run = job.isEmpty() ? Optional.empty() : jobs.newest(job.get());
        if (run.isEmpty()) {
            return new Standing.Waiting("the promotion; not there yet: " + what);
        }
        JobRun newest = run.get();
        boolean failed = newest.state() == JobRun.State.FAILED;
        if (failed && watched && failedBefore.isEmpty()) {
            failedBefore = Optional.of(newest.id());
        }
        boolean old = failedBefore.filter(newest.id()::equals).isPresent();
        if (failed && !old) {
            return new Standing.Blocked(
                    "the job that promotes failed (" + newest.name() + ", " + newest.log() + "); not there yet: "
                            + what,
                    "see why, and let it run again; where it ran before the merge, wait for the next one");
        }
        String how = switch (newest.state()) {
            case RUNNING -> "the job that promotes is running (" + newest.name() + ")";
            case SUCCEEDED -> "the newest run of the job had no more to do (" + newest.name() + ")";
            case FAILED -> "the newest run of the job had failed before (" + newest.name() + ")";
        };
        return new Standing.Waiting(how + "; not there yet: " + what, newest.log());
    }

    @Override
    public Standing perform() throws InterruptedException {
        return look();
    }
}
