// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.fake.GitOverHttp;
import io.kpromo.forge.git.GitRemote;
import io.kpromo.oci.auth.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `--clone --use-ssh=false`: a shallow clone over smart HTTP, with git itself on the other side.
@Timeout(120)
class PromotionInCloneTest {
    private static final String COMMAND = "kpromo pr --fork alice --clone";
    private static final String TOKEN = "gh-s3cret-token";

    @TempDir
    private Path folder;

    private Workshop shop;
    private GitOverHttp git;

    @BeforeEach
    void start() throws Exception {
        shop = new Workshop(folder);
        git = new GitOverHttp(folder.resolve("forge"), TOKEN);
    }

    @AfterEach
    void stop() {
        git.close();
        shop.close();
    }

    /// A repository's page is a folder here; the way to it leads over HTTP.
    private GitRemote remote(URI page) {
        Path below = folder.resolve("forge").toAbsolutePath().relativize(Path.of(page));
        return GitRemote.ofPage(
                URI.create(git.address() + "/" + below.toString().replaceFirst("\\.git$", "")),
                Optional.of(Secret.of(TOKEN)));
    }

    private PromotionOutcome open(PromotionRequest request, Consent consent) throws InterruptedException {
        return shop.opening()
                .asking(consent)
                .inClone(new CloneSettings(this::remote))
                .open(request, COMMAND);
    }

    @Test
    void theWholeWayGoesOverHttpWithTheTokenAndLeavesItNowhere() throws Exception {
        PromotionRequest request = shop.request("v1.1.0");
        PromotionOutcome outcome = open(request, question -> !question.startsWith("Remove the clone"));
        assertThat(outcome).isInstanceOf(PromotionOutcome.Opened.class);
        assertThat(shop.proposed(request)).contains("- name: tools/cli");
        assertThat(shop.forge
                        .sources(shop.fork)
                        .between(shop.begin.hex(), request.branch().text()))
                .singleElement()
                .extracting(SourceCommit::message)
                .isEqualTo("Image promotion for app v1.1.0\n\nSigned-off-by: Alice <alice@example.com>\n");
        assertThat(git.seen())
                .extracting(GitOverHttp.Seen::target)
                .anyMatch(target -> target.endsWith("/git-upload-pack"))
                .anyMatch(target -> target.endsWith("/git-receive-pack"));
        assertThat(shop.said).anyMatch(line -> line.contains("cloning branch main of http://127.0.0.1:"));
        assertThat(shop.said).noneMatch(line -> line.contains(TOKEN));
        Path clone = shop.said.stream()
                .filter(line -> line.startsWith("the clone stays in "))
                .map(line -> Path.of(line.substring("the clone stays in ".length())))
                .findFirst()
                .orElseThrow();
        assertThat(filesWith(clone, TOKEN)).isEmpty();
        // Nor does the clone hold what was before.
        assertThat(Files.exists(clone.resolve("shallow"))).isTrue();
        delete(clone);
    }

    @Test
    void aBranchThatIsRightAlreadyIsNotPushedAgain() throws Exception {
        PromotionRequest request = shop.request("v1.1.0");
        PromotionOutcome opened = open(request, Consent.always());
        CommitId head = shop.forge.sources(shop.fork).branch(request.branch()).orElseThrow();
        int before = git.seen().size();
        assertThat(open(request, Consent.always())).isEqualTo(opened);
        assertThat(shop.forge.sources(shop.fork).branch(request.branch())).contains(head);
        assertThat(git.seen().subList(before, git.seen().size()))
                .extracting(GitOverHttp.Seen::target)
                .noneMatch(target -> target.endsWith("/git-receive-pack"));
    }

    private static void delete(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(root)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    private static List<Path> filesWith(Path root, String text) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, text))
                    .toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
