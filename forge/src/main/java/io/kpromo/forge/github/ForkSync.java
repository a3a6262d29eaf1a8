// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.RefusedException;
import io.kpromo.oci.http.Method;

/// Forks share what they hold with what they were forked from, but learn of its newest commits only after a while.
/// What is refused for that is sent again once the fork was brought up to date, and that is done once at most.
final class ForkSync {
    private static final String BY_HAND = "; bring the fork up to date by hand, then try again";

    /// Something that is sent to the fork.
    interface Sending<T> {
        T send() throws InterruptedException;
    }

    private final Place place;
    private final GitHubSources sources;
    private final NewCommit commit;
    private boolean done;

    ForkSync(Place place, GitHubSources sources, NewCommit commit) {
        this.place = place;
        this.sources = sources;
        this.commit = commit;
    }

    /// @param sending what names the commit's parent, or something made of it
    <T> T send(Sending<T> sending) throws InterruptedException {
        try {
            return sending.send();
        } catch (RefusedException refused) {
            if (commit.upstream().isEmpty() || !mayBeUnknown(refused)) {
                throw refused;
            }
            if (done) {
                throw unknown(refused);
            }
            bringUpToDate(refused);
        }
        done = true;
        try {
            return sending.send();
        } catch (RefusedException refused) {
            throw unknown(refused);
        }
    }

    /// A tree over one that is not there gets a 404, and so does who may not write; of other things GitHub says it.
    private static boolean mayBeUnknown(RefusedException refused) {
        return refused.status() == 404 || refused.is(422, "does not exist") || refused.is(422, "base_tree");
    }

    private ForgeException unknown(RefusedException refused) {
        return new ForgeException(
                place + " does not take commit " + commit.parent().brief() + " of "
                        + commit.upstream().orElseThrow() + " for a parent, though it is up to date: "
                        + refused.getMessage() + BY_HAND,
                refused);
    }

    private void bringUpToDate(RefusedException why) throws InterruptedException {
        RefName main = sources.mainBranch();
        try {
            place.api()
                    .send(place.set(
                            Method.POST,
                            place.target("/merge-upstream"),
                            Json.object().put("branch", main.text()),
                            "bring branch " + main + " up to date"));
        } catch (RefusedException refused) {
            boolean mayNotWrite = refused.status() == 403 || refused.status() == 404;
            throw mayNotWrite ? why : new ForgeException(refused.getMessage() + BY_HAND, refused);
        }
    }
}
