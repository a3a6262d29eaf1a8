// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.ForgeContract;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.gitea.GiteaForge;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every forge does, done with a Gitea as others wrote it.
@Tag("interop")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GiteaTest extends ForgeContract {
    private RealGitea gitea;
    private GiteaRunner runner;
    private HttpTransport transport;

    @BeforeAll
    void start(@TempDir Path here) throws Exception {
        gitea = RealGitea.start(here.resolve("gitea"));
        runner = new GiteaRunner(gitea);
        transport = HttpTransport.open(TransportOptions.standard().withTries(2));
    }

    @AfterEach
    void clear() throws InterruptedException {
        gitea.clear();
    }

    @AfterAll
    void stop() {
        if (transport != null) {
            transport.close();
        }
        if (runner != null) {
            runner.close();
        }
        if (gitea != null) {
            gitea.close();
        }
    }

    @Override
    protected Forge forge() {
        return new GiteaForge(
                transport, gitea.api(), Optional.of(Secret.of(gitea.token())), LimitListener.none(), Time.system());
    }

    @Override
    protected boolean hasDiscussions() {
        return false;
    }

    /// Commits between two others come all at once.
    @Override
    protected int moreThanAPage() {
        return 12;
    }

    @Override
    protected int moreTagsThanAPage() {
        return 55;
    }

    @Override
    protected Scene scene() {
        return new Scene() {
            @Override
            public CommitId create(Slug slug, List<SourceFile> files) throws InterruptedException {
                List<SourceFile> all = new ArrayList<>(files);
                all.add(SourceFile.of(GiteaRunner.PATH, GiteaRunner.WORKFLOW));
                return gitea.create(slug, all);
            }

            @Override
            public Slug fork(Slug parent, String owner) throws InterruptedException {
                assertThat(owner).isEqualTo(RealGitea.USER);
                return gitea.fork(parent);
            }

            @Override
            public CommitId commit(Slug slug, RefName branch, List<SourceFile> files, String message)
                    throws InterruptedException {
                return gitea.commit(slug, branch, files, message);
            }

            @Override
            public CommitId merge(Slug slug, long number) throws InterruptedException {
                return gitea.merge(slug, number);
            }

            @Override
            public void reject(Slug slug, long number) throws InterruptedException {
                gitea.send(
                        "PATCH",
                        "/repos/" + slug + "/pulls/" + number,
                        RealGitea.object().put("state", "closed"));
            }

            @Override
            public void label(Slug slug, long number, List<String> labels) throws InterruptedException {
                gitea.label(slug, number, labels);
            }

            @Override
            public String run(Slug slug, RefName branch, WorkflowRun run) throws InterruptedException {
                String id = runner.start(slug, branch);
                String job = runner.take();
                if (run.state() == WorkflowRun.State.SUCCEEDED) {
                    runner.succeed(job);
                }
                return id;
            }
        };
    }
}
