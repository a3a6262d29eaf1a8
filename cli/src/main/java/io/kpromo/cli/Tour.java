// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import io.kpromo.registry.Registry;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.store.Attachments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The steps of `quickstart`.
final class Tour {
    private static final int STEPS = 10;

    private final TourGuide guide;
    private final Folder folder;
    private final Registry staging;
    private final List<Registry> mirrors;
    private final Path tree;
    private final String key;

    Tour(Root root, Folder folder, Registry staging, Registry europe, Registry america) {
        this.guide = new TourGuide(root, STEPS);
        this.folder = folder;
        this.staging = staging;
        this.mirrors = List.of(europe, america);
        this.tree = folder.path().resolve("manifests-tree");
        this.key = folder.path().resolve("tour").toString();
    }

    void walk() throws IOException, InterruptedException {
        Digest[] versions = registries();
        manifests(versions);
        guide.step("Make a key to sign with. Here it has no password; yours has one.");
        guide.kpromo(ExitCode.DONE, "keys", "generate", "--output", key);
        guide.step("Dry run: compare the manifests with the registries. Nothing is written without --confirm.");
        guide.kpromo(ExitCode.DONE, "cip", "--thin-manifest-dir", tree.toString(), "--key", key + ".key");
        guide.step(
                "Promote. Layers are read from staging once, for both mirrors; then images are signed and recorded.");
        guide.kpromo(
                ExitCode.DONE,
                promotion("--report", folder.path().resolve("report.html").toString()));
        guide.step("Verify it as whoever pulls it would, with the public key alone: who signed it, who recorded it.");
        guide.kpromo(
                ExitCode.DONE,
                "verify",
                "--key",
                key + ".pub",
                "--require",
                "signature,record",
                mirrors.getFirst().host() + "/prod/hello:1.0");
        guide.step("Promote again: everything is in place, so there is nothing to do.");
        guide.kpromo(ExitCode.DONE, promotion());
        loss(versions[1]);
        refusal(versions);
        look();
    }

    private String[] promotion(String... more) {
        String[] words = {"cip", "--thin-manifest-dir", tree.toString(), "--key", key + ".key", "--confirm"};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    /// The first mirror is canonical: it keeps the signatures.
    private void loss(Digest signed) throws IOException, InterruptedException {
        guide.step("A signature gets lost. The next run sees that it is missing and writes it again: a run that died is"
                + " healed like this too.");
        Tag tag = Attachments.signatureTag(signed);
        mirrors.getFirst().folder().repository("prod/hello").deleteTag(tag);
        guide.faint("deleted " + mirrors.getFirst().host() + "/prod/hello:" + tag);
        guide.kpromo(ExitCode.DONE, promotion());
    }

    private Digest[] registries() throws InterruptedException {
        guide.step("Three registries on this machine: staging, and two mirrors. Staging gets two versions of an image,"
                + " each for three platforms.");
        guide.shown("kpromo registry serve --dir " + folder.path().resolve("staging") + " --listen " + staging.host());
        for (Registry mirror : mirrors) {
            guide.shown("kpromo registry serve --dir " + folder.path().resolve(name(mirror)) + " --listen "
                    + mirror.host());
        }
        Digest[] digests = new Digest[2];
        for (int version = 0; version < 2; version++) {
            SampleImage image = SampleImage.image()
                    .platforms("linux/amd64", "linux/arm64", "linux/s390x")
                    .layers(3)
                    .sharedLayers(1)
                    .layerSize(400_000)
                    .seed(version)
                    .build();
            image.pushTo(staging, "team/hello", "build-" + (version + 1));
            digests[version] = image.digest();
        }
        guide.kpromo(ExitCode.DONE, "ls", staging.host() + "/team/hello", "--digests");
        return digests;
    }

    private String name(Registry mirror) {
        return mirror.equals(mirrors.getFirst()) ? "eu-mirror" : "us-mirror";
    }

    private void manifests(Digest... versions) throws IOException, InterruptedException {
        guide.step("Say what goes where: a tree of thin manifests, the files that a review looks at.");
        guide.write(tree.resolve("manifests/team/promoter-manifest.yaml"), """
            registries:
            - name: %s/team
              src: true
            - name: %s/prod
            - name: %s/prod
            """.formatted(
                        staging.host(), mirrors.get(0).host(), mirrors.get(1).host()));
        guide.write(tree.resolve("images/team/images.yaml"), images(versions));
        guide.kpromo(ExitCode.DONE, "manifest", "validate", tree.toString());
    }

    private static String images(Digest... versions) {
        return """
            - name: hello
              dmap:
                "%s": ["1.0"]
                "%s": ["1.1", "latest"]
            """.formatted(versions[0], versions[1]);
    }

    private void refusal(Digest... versions) throws IOException, InterruptedException {
        guide.step(
                "Someone moves a tag: 1.0 shall now be another image. That is refused, and nothing at all is written.");
        guide.write(tree.resolve("images/team/images.yaml"), """
            - name: hello
              dmap:
                "%s": ["1.1", "latest", "1.0"]
            """.formatted(versions[1]));
        guide.kpromo(
                ExitCode.REFUSED,
                promotion("--report", folder.path().resolve("refused.html").toString()));
        guide.faint("exit code " + ExitCode.REFUSED.number()
                + ", as it should be: refused by a rule. The change is taken back.");
        Files.writeString(tree.resolve("images/team/images.yaml"), images(versions));
    }

    private void look() throws IOException, InterruptedException {
        guide.step("Look at what a mirror holds now.");
        guide.kpromo(ExitCode.DONE, "cip", "--snapshot", mirrors.getLast().host() + "/prod");
        guide.line("");
        if (folder.stays()) {
            guide.line("Everything is in " + folder.path() + "; open report.html and refused.html there in a browser.");
            guide.line("Start the registries with the commands of step 1, and go on from there.");
        } else {
            guide.line(
                    "All of it goes away now. kpromo quickstart --keep DIR keeps registries, manifests and reports.");
        }
        guide.line("Next: docs/getting-started.md, kpromo cip --help");
    }
}
