// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.Discussions;
import io.kpromo.forge.Forge;
import io.kpromo.forge.Issues;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.Releases;
import io.kpromo.forge.Slug;
import io.kpromo.forge.Sources;
import io.kpromo.forge.WorkflowRuns;
import io.kpromo.forge.api.Account;
import io.kpromo.forge.api.Api;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.api.NoDiscussions;
import io.kpromo.forge.api.RateLimits;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// A Gitea or a Forgejo. They grew from one program, and what is used here of their APIs is the same.
public final class GiteaForge implements Forge {
    private final Api api;

    /// @param transport closed by whoever opened it
    /// @param address the root of the API: `https://codeberg.org/api/v1`
    /// @throws io.kpromo.forge.ForgeException when that is no address
    public GiteaForge(Transport transport, URI address, Optional<Secret> token, LimitListener listener, Time time) {
        Account account = new Account("Gitea", token, "GITEA_TOKEN");
        this.api = new Api(transport, address, account, new RateLimits(account, time, listener), Map.of());
    }

    @Override
    public String name() {
        return api.host().name();
    }

    @Override
    public String user() throws InterruptedException {
        return Json.text(api.send(Ask.get("/user", "ask " + name() + " who is signed in")), "login");
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

    @Override
    public Discussions discussions(Slug repository) {
        return new NoDiscussions("Gitea");
    }

    /// Nothing is open but the transport, which is its owner's.
    @Override
    public void close() {}
}
