// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.oci.OciException;
import io.kpromo.release.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What others have released since, for each dependency with an upstream.
public sealed interface Outlook {
    /// The name of the dependency.
    String dependency();

    /// There is something newer.
    ///
    /// @param here the version as the file has it
    /// @param latest written as that is, with or without `v`
    record Newer(String dependency, String here, String latest) implements Outlook {}

    /// There is nothing newer, or nothing that is worth telling.
    record UpToDate(String dependency, String here) implements Outlook {}

    /// Somebody could not be asked, or the answer makes no sense.
    record Unknown(String dependency, String why) implements Outlook {}

    /// Asks all upstreams, many at the same time. Failing to ask one is its answer, not a failure of all.
    ///
    /// @return in the order of the file
    static List<Outlook> of(Dependencies dependencies, Upstreams upstreams) throws InterruptedException {
        List<Future<Outlook>> questions = new ArrayList<>();
        List<Outlook> all = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (Dependency dependency : dependencies.all()) {
                dependency
                        .upstream()
                        .ifPresent(
                                upstream -> questions.add(threads.submit(() -> of(dependency, upstream, upstreams))));
            }
            for (Future<Outlook> question : questions) {
                all.add(question.get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException said ? said : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return all;
    }

    private static Outlook of(Dependency dependency, Upstream upstream, Upstreams upstreams)
            throws InterruptedException {
        try {
            String latest = sameStyle(dependency.version(), upstreams.latest(upstream, dependency.version()));
            return isNewer(dependency, latest)
                    ? new Newer(dependency.name(), dependency.version(), latest)
                    : new UpToDate(dependency.name(), dependency.version());
        } catch (OciException | IllegalArgumentException e) {
            return new Unknown(dependency.name(), String.valueOf(e.getMessage()));
        }
    }

    /// With a `v` in front, where the version here has one, or without.
    private static String sameStyle(String here, String latest) {
        if (Version.tolerant(latest).isEmpty() || Version.tolerant(here).isEmpty()) {
            return latest;
        }
        String bare = latest.replaceFirst("^v", "");
        return here.startsWith("v") ? "v" + bare : bare;
    }

    private static boolean isNewer(Dependency dependency, String latest) {
        return switch (dependency.scheme()) {
            case ALPHA -> latest.compareTo(dependency.version()) > 0;
            case RANDOM -> !latest.equals(dependency.version());
            case SEMVER -> isNewer(version(dependency.version()), version(latest), dependency.sensitivity());
        };
    }

    private static boolean isNewer(Version here, Version latest, Sensitivity sensitivity) {
        boolean major = latest.major() > here.major();
        boolean minor = latest.major() == here.major() && latest.minor() > here.minor();
        return switch (sensitivity) {
            case MAJOR -> major;
            case MINOR -> major || minor;
            case PATCH -> latest.compareTo(here) > 0;
        };
    }

    private static Version version(String text) {
        Optional<Version> version = Version.tolerant(text);
        return version.orElseThrow(() -> new IllegalArgumentException(
                text + " is no SemVer version, so nothing can be told to be newer; is scheme: alpha or random meant?"));
    }
}
