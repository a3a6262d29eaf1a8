// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import io.kpromo.forge.MergedPullRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Changes of dependencies, as programs name their pull requests: `Bump NAME from 1.0 to 1.1`.
final class DependencyTitles {
    private static final Set<String> LABELS = Set.of("area/dependency", "dependencies", "kind/dependency");
    private static final Pattern STEP = Pattern.compile(
            "(?i)(?:[a-z]{1,20}(?:\\([^)]{0,40}\\))?!?:\\s{0,5})?(?:bump|update|upgrade)s?\\s{1,5}(?:dependency\\s{1,5})?"
                    + "(\\S{1,200})\\s{1,5}from\\s{1,5}(\\S{1,100})\\s{1,5}to\\s{1,5}(\\S{1,100}).*");

    private DependencyTitles() {}

    /// By its labels, or because a program made a step of a version.
    static boolean isAboutOne(MergedPullRequest request) {
        return request.labels().stream().anyMatch(LABELS::contains)
                || (Notes.isProgram(request.author())
                        && STEP.matcher(request.title().strip()).matches());
    }

    static List<DependencyChange> changes(Collection<MergedPullRequest> merged) {
        Map<String, DependencyChange> byName = new LinkedHashMap<>();
        for (MergedPullRequest request : merged) {
            if (isAboutOne(request)) {
                DependencyChange change = change(request);
                byName.merge(change.name(), change, DependencyTitles::both);
            }
        }
        return List.copyOf(new TreeMap<>(byName).values());
    }

    private static DependencyChange change(MergedPullRequest request) {
        Matcher step = STEP.matcher(request.title().strip());
        return step.matches()
                ? new DependencyChange(step.group(1), step.group(2), step.group(3), List.of(request.number()))
                : new DependencyChange(request.title().strip(), "", "", List.of(request.number()));
    }

    private static DependencyChange both(DependencyChange first, DependencyChange second) {
        List<Long> requests = new ArrayList<>(first.pullRequests());
        requests.addAll(second.pullRequests());
        return new DependencyChange(first.name(), first.from(), second.to(), requests);
    }
}
