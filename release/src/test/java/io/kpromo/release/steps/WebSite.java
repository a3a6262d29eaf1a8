// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.FakeGitHub;
import io.kpromo.forge.fake.FakeGitLab;
import io.kpromo.forge.fake.FakeGitea;
import io.kpromo.forge.fake.ForgeServer;
import io.kpromo.forge.fake.World;
import io.kpromo.forge.git.GitRepository;
import io.kpromo.forge.gitea.GiteaForge;
import io.kpromo.forge.github.GitHubForge;
import io.kpromo.forge.gitlab.GitLabForge;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A forge on the web, each of whose requests can break. Nothing is sent twice by the transport.
final class WebSite implements Site {
    /// Which one.
    enum Kind {
        GITHUB,
        GITLAB,
        GITEA
    }

    private static final RefName MAIN = new RefName("main");
    private static final Author SOMEBODY = new Author("Ann", "ann@example.com");

    final ForgeServer server;
    private final Kind kind;
    private final Path root;
    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(1));
    private final Forge forge;
    private World saved = new World();

    WebSite(Path root, Kind kind) throws IOException {
        this.root = root;
        this.kind = kind;
        this.server = switch (kind) {
            case GITHUB -> new FakeGitHub();
            case GITLAB -> new FakeGitLab();
            case GITEA -> new FakeGitea();
        };
        server.requireToken("t");
        Optional<Secret> token = Optional.of(Secret.of("t"));
        this.forge = switch (kind) {
            case GITHUB -> new GitHubForge(transport, server.address(), token, LimitListener.none(), Time.system());
            case GITLAB -> new GitLabForge(transport, server.address(), token, LimitListener.none(), Time.system());
            case GITEA -> new GiteaForge(transport, server.address(), token, LimitListener.none(), Time.system());
        };
    }

    @Override
    public Forge forge() {
        return forge;
    }

    @Override
    public void create(Slug slug, List<SourceFile> files) {
        server.world().create(slug, files);
    }

    @Override
    public Path createForGit(Slug slug, List<SourceFile> files) {
        create(slug, files);
        Path place = root.resolve("origin.git");
        try (GitRepository git = GitRepository.create(place, MAIN, true)) {
            pushed(slug, git.begin(MAIN, files, "Begin", SOMEBODY, Instant.EPOCH), files);
        }
        return place;
    }

    @Override
    public void pushed(Slug slug, CommitId commit, List<SourceFile> files) {
        server.world().pushed(slug, commit, files);
    }

    @Override
    public void fork(Slug slug) {
        server.world().fork(slug, World.USER);
    }

    @Override
    public void merge(Slug slug, long number) {
        server.world().merge(slug, number);
    }

    @Override
    public Set<String> branches(Slug slug) {
        Set<String> names = new TreeSet<>();
        server.world().repository(slug).branches().forEach(names::add);
        return names;
    }

    @Override
    public boolean hasDiscussions() {
        return kind == Kind.GITHUB;
    }

    @Override
    public void save() {
        saved = server.world().saved();
    }

    @Override
    public void restore() {
        server.world().restore(saved);
    }

    @Override
    public void close() {
        forge.close();
        transport.close();
        server.close();
    }
}
