// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.memory;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.FakeGitHub;
import io.kpromo.forge.fake.World;
import io.kpromo.forge.fake.WorldScene;
import io.kpromo.forge.github.GitHubForge;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A forge with a memory keeps the contract: each question has an answer of its own, and what is changed through it
/// is seen. What others do is seen once it was told to forget.
class RememberedContractTest extends WorldScene {
    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(2));
    private FakeGitHub gitHub;
    private RememberingForge forge;

    @BeforeEach
    void start() throws IOException {
        gitHub = new FakeGitHub();
        forge = new RememberingForge(new GitHubForge(
                transport, gitHub.address(), Optional.of(Secret.of("t0ken")), LimitListener.none(), Time.system()));
    }

    @AfterEach
    void stop() {
        transport.close();
        gitHub.close();
    }

    @Override
    protected Forge forge() {
        return forge;
    }

    @Override
    protected boolean forksLag() {
        return false;
    }

    @Override
    protected World world() {
        return gitHub.world();
    }

    @Override
    protected Scene scene() {
        return new Forgetting(super.scene(), forge);
    }

    private record Forgetting(Scene scene, RememberingForge forge) implements Scene {
        @Override
        public CommitId create(Slug slug, List<SourceFile> files) throws InterruptedException {
            forge.forget();
            return scene.create(slug, files);
        }

        @Override
        public Slug fork(Slug parent, String owner) throws InterruptedException {
            forge.forget();
            return scene.fork(parent, owner);
        }

        @Override
        public CommitId commit(Slug slug, RefName branch, List<SourceFile> files, String message)
                throws InterruptedException {
            forge.forget();
            return scene.commit(slug, branch, files, message);
        }

        @Override
        public CommitId merge(Slug slug, long number) throws InterruptedException {
            forge.forget();
            return scene.merge(slug, number);
        }

        @Override
        public void reject(Slug slug, long number) throws InterruptedException {
            forge.forget();
            scene.reject(slug, number);
        }

        @Override
        public void label(Slug slug, long number, List<String> labels) throws InterruptedException {
            forge.forget();
            scene.label(slug, number, labels);
        }

        @Override
        public String run(Slug slug, RefName branch, WorkflowRun run) throws InterruptedException {
            forge.forget();
            return scene.run(slug, branch, run);
        }
    }
}
