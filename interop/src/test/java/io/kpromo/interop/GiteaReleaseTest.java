// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.fake.ForgeServer.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// `kpromo release` and a Gitea as others wrote it: a signed tag, a draft with files, and its publication.
class GiteaReleaseTest extends GiteaBehindProxy {
    private static final Slug TOOL = Slug.of("team/tool");

    @TempDir
    private Path folder;

    private CommitId first;
    private Path tree;
    private int trees;
    private SignedTags tags;

    @BeforeEach
    void begin() throws Exception {
        proxy.failAt(0, Fault.BEFORE);
        anew();
    }

    private void anew() throws IOException, InterruptedException {
        gitea.clear();
        tree = folder.resolve("tree" + ++trees);
        first = gitea.create(TOOL, List.of(SourceFile.of("release.yaml", ReleaseFiles.CONFIG)));
        Foreign.program("git", folder).text("clone", "--quiet", address(), tree.toString());
        tags = new SignedTags(tree, folder);
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        tags.end();
        gitea.clear();
    }

    private String address() {
        return gitea.web() + "/" + TOOL + ".git";
    }

    private Kpromo.Ended release(String step) throws IOException, InterruptedException {
        Kpromo kpromo = Kpromo.at(folder).with("GITEA_TOKEN", gitea.token());
        return ReleaseFiles.step(kpromo, tree, "gitea=" + proxy.address(), step);
    }

    private JsonNode release() throws InterruptedException {
        JsonNode all = gitea.get("/repos/" + TOOL + "/releases");
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void whatIsReleasedThereIsVerifiedByEverybody() throws Exception {
        tags.signWithSsh();
        ReleaseFiles files = ReleaseFiles.built(tree, folder);

        Kpromo.Ended tagged = release("tag");
        assertThat(tagged.exit()).as(tagged.story()).isZero();
        assertThat(tags.verified(address(), "v1.0.0")).contains("Good \"git\" signature for ann@example.com");
        assertThat(gitea.get("/repos/" + TOOL + "/tags/v1.0.0").path("commit").path("sha"))
                .hasToString("\"" + first.hex() + "\"");

        Kpromo.Ended drafted = release("draft");
        assertThat(drafted.exit()).as(drafted.story()).isZero();
        assertThat(release().path("draft").asBoolean()).isTrue();
        assertThat(release("draft").out()).contains("done");

        Kpromo.Ended published = release("publish");
        assertThat(published.exit()).as(published.story()).isZero();
        JsonNode release = release();
        assertThat(release.path("draft").asBoolean()).isFalse();
        assertThat(release.path("prerelease").asBoolean()).isFalse();
        files.assertProven(downloaded(release));
    }

    @ParameterizedTest
    @EnumSource
    void aReleaseThatBreaksAtAnyWriteIsFinishedByARepeat(Fault fault) throws Exception {
        int nth = 0;
        boolean failed;
        do {
            anew();
            ReleaseFiles files = ReleaseFiles.built(tree, folder);
            proxy.failAt(++nth, fault);
            for (String step : List.of("tag", "draft", "publish")) {
                release(step);
                Kpromo.Ended ended = release(step);
                assertThat(ended.exit()).as(ended.story()).isZero();
                assertThat(ended.out()).contains("done");
            }
            failed = proxy.hasFailed();
            assertThat(gitea.census(TOOL))
                    .containsEntry("refs", List.of("heads/main", "tags/v1.0.0"))
                    .containsEntry("releases", 1)
                    .containsEntry("assets", ReleaseFiles.NAMES.size());
            if (!failed || nth % 3 == 0) {
                files.assertProven(downloaded(release()));
            }
        } while (failed);
        // The tag, the draft, its files, its publication.
        assertThat(nth).isGreaterThan(3 + ReleaseFiles.NAMES.size());
    }

    private Path downloaded(JsonNode release) throws IOException, InterruptedException {
        Path got = Files.createDirectories(folder.resolve("got" + trees));
        for (JsonNode asset : release.path("assets")) {
            URI address = URI.create(asset.path("browser_download_url").asString());
            Files.write(got.resolve(asset.path("name").asString()), gitea.download(address));
        }
        return got;
    }
}
