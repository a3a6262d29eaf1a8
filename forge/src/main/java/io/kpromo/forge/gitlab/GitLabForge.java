// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

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

/// GitLab, everybody's or one's own. Merge requests are pull requests here, pipelines are runs, and a draft of a
/// release is one that is released in the far future: GitLab shows it as upcoming.
public final class GitLabForge extends WebForge {
    /// @param transport closed by whoever opened it
    /// @param address the root of the API: `https://gitlab.com/api/v4`
    /// @throws io.kpromo.forge.ForgeException when that is no address
    public GitLabForge(Transport transport, URI address, Optional<Secret> token, LimitListener listener, Time time) {
        super(transport, address, new Account("GitLab", token, "GITLAB_TOKEN"), listener, time, "username");
    }

    private Project at(Slug repository) {
        return new Project(api, repository);
    }

    @Override
    public Sources sources(Slug repository) {
        return new GitLabSources(at(repository));
    }

    @Override
    public PullRequests pullRequests(Slug repository) {
        return new MergeRequests(at(repository));
    }

    @Override
    public Issues issues(Slug repository) {
        return new GitLabIssues(at(repository));
    }

    @Override
    public Releases releases(Slug repository) {
        return new GitLabReleases(at(repository));
    }

    @Override
    public WorkflowRuns workflowRuns(Slug repository) {
        return new Pipelines(at(repository));
    }
}
