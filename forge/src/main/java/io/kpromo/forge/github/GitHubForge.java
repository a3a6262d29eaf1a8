// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Discussions;
import io.kpromo.forge.Forge;
import io.kpromo.forge.Issues;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.Releases;
import io.kpromo.forge.Slug;
import io.kpromo.forge.Sources;
import io.kpromo.forge.WorkflowRuns;
import io.kpromo.forge.api.Account;
import io.kpromo.forge.api.Allowance;
import io.kpromo.forge.api.Api;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.api.RateLimits;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// GitHub, or a GitHub Enterprise server.
public final class GitHubForge implements Forge {
    /// Where everybody's GitHub is; GitHub Enterprise has `https://HOST/api/v3`.
    public static final URI PUBLIC = URI.create("https://api.github.com");

    private static final Map<String, String> HEADERS = Map.of(
            "Accept", "application/vnd.github+json, application/json;q=0.9", "X-GitHub-Api-Version", "2022-11-28");

    private final Api api;

    /// @param transport closed by whoever opened it
    /// @param address the root of the REST API
    /// @throws io.kpromo.forge.ForgeException when that is no address
    public GitHubForge(Transport transport, URI address, Optional<Secret> token, LimitListener listener, Time time) {
        this.api = api(transport, address, token, listener, time);
    }

    /// The way to GitHub that all rooms go.
    ///
    /// @param address the root of the REST API
    /// @throws io.kpromo.forge.ForgeException when that is no address
    public static Api api(Transport transport, URI address, Optional<Secret> token, LimitListener listener, Time time) {
        Account account = new Account("GitHub", token, "GITHUB_TOKEN");
        return new Api(transport, address, account, new RateLimits(account, time, listener), HEADERS);
    }

    /// For messages: `github.com`.
    ///
    /// @param api as [#api] makes it
    public static String name(Api api) {
        return api.root().equals(PUBLIC) ? "github.com" : api.host().name();
    }

    @Override
    public String name() {
        return name(api);
    }

    /// How many requests GitHub takes, as far as it said.
    public Optional<Allowance> allowance() {
        return api.limits().allowance();
    }

    @Override
    public String user() throws InterruptedException {
        return Json.text(api.send(Ask.get("/user", "ask " + name() + " who is signed in")), "login");
    }

    private Place at(Slug repository) {
        return new Place(api, new Graph(api), repository);
    }

    @Override
    public Sources sources(Slug repository) {
        return new GitHubSources(at(repository));
    }

    @Override
    public PullRequests pullRequests(Slug repository) {
        return new GitHubPullRequests(at(repository));
    }

    @Override
    public Issues issues(Slug repository) {
        return new GitHubIssues(at(repository));
    }

    @Override
    public Releases releases(Slug repository) {
        return new GitHubReleases(at(repository));
    }

    @Override
    public WorkflowRuns workflowRuns(Slug repository) {
        return new GitHubRuns(at(repository));
    }

    @Override
    public Discussions discussions(Slug repository) {
        return new GitHubDiscussions(at(repository));
    }

    /// Nothing is open but the transport, which is its owner's.
    @Override
    public void close() {}
}
