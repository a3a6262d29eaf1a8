// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.Issues;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.Releases;
import io.kpromo.forge.Slug;
import io.kpromo.forge.Sources;
import io.kpromo.forge.WorkflowRuns;
import io.kpromo.forge.api.Account;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.api.WebForge;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.net.URI;
import java.util.Optional;

/// A Gitea or a Forgejo. They grew from one program, and what is used here of their APIs is the same.
public final class GiteaForge extends WebForge {
    /// @param transport closed by whoever opened it
    /// @param address the root of the API: `https://codeberg.org/api/v1`
    /// @throws io.kpromo.forge.ForgeException when that is no address
    public GiteaForge(Transport transport, URI address, Optional<Secret> token, LimitListener listener, Time time) {
        super(transport, address, new Account("Gitea", token, "GITEA_TOKEN"), listener, time, "login");
    }

    private GiteaPlace at(Slug repository) {
        return new GiteaPlace(api, repository);
    }

    @Override
    public Sources sources(Slug repository) {
        return new GiteaSources(at(repository));
    }

    @Override
    public PullRequests pullRequests(Slug repository) {
        return new GiteaPulls(at(repository));
    }

    @Override
    public Issues issues(Slug repository) {
        return new GiteaIssues(at(repository));
    }

    @Override
    public Releases releases(Slug repository) {
        return new GiteaReleases(at(repository));
    }

    @Override
    public WorkflowRuns workflowRuns(Slug repository) {
        return new GiteaRuns(at(repository));
    }
}
