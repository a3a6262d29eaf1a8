// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import io.kpromo.registry.Registry;
import io.kpromo.registry.store.RepositoryFolder;
import io.kpromo.trust.store.Attachments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/// The steps of `quickstart --files`: from a folder to another one and to a registry.
final class FilesTour {
    private static final int STEPS = 10;

    /// Where the registry keeps the file whose signature is looked at.
    private static final String ARTIFACT = "files/hello-linux-amd64";

    private static final String VERSION = "v1.0";

    private final TourGuide guide;
    private final Folder folder;
    private final Registry registry;
    private final String key;

    FilesTour(Root root, Folder folder, Registry registry) {
        this.guide = new TourGuide(root, STEPS);
        this.folder = folder;
        this.registry = registry;
        this.key = folder.path().resolve("tour").toString();
    }

    void walk() throws IOException, InterruptedException {
        staging();
        manifests();
        guide.step("Make a key to sign with. Here it has no password; yours has one.");
        guide.kpromo(ExitCode.DONE, "keys", "generate", "--output", key);
        guide.step("Dry run: what would be copied, and signed. Nothing is written without --confirm.");
        guide.kpromo(ExitCode.DONE, promotion());
        guide.step("Promote. Each file is read once for both destinations, and appears only when its SHA-256 is right."
                + " What lies in a registry is signed and recorded then.");
        guide.kpromo(
                ExitCode.DONE,
                promotion("--confirm", "--report=" + folder.path().resolve("report.html")));
        guide.step(
                "Verify one as whoever fetches it would, with the public key alone: who signed it, who recorded it.");
        guide.kpromo(
                ExitCode.DONE,
                "verify",
                "--key",
                key + ".pub",
                "--require",
                "signature,record",
                registry.host() + "/" + ARTIFACT + ":" + VERSION);
        guide.step("Promote again: everything is in place, so there is nothing to do.");
        guide.kpromo(ExitCode.DONE, promotion("--confirm"));
        tampering();
        loss();
        look();
    }

    private void loss() throws IOException, InterruptedException {
        guide.step("A file gets lost, and the signature of another one. The next run puts both back; a run that died is"
                + " healed like this too.");
        Path lost = production("v1.0/hello-linux-arm64");
        Files.delete(lost);
        guide.faint("deleted " + lost);
        RepositoryFolder repository = registry.folder().repository(ARTIFACT);
        Digest artifact = repository.tag(new Tag(VERSION)).orElseThrow();
        Tag signature = Attachments.signatureTag(artifact);
        repository.deleteTag(signature);
        guide.faint("deleted " + registry.host() + "/" + ARTIFACT + ":" + signature);
        guide.kpromo(ExitCode.DONE, promotion("--confirm"));
    }

    private void staging() throws IOException, InterruptedException {
        guide.step("A folder with what a build made, and a registry: files become artifacts there.");
        Random random = new Random(1);
        for (String platform : new String[] {"linux-amd64", "linux-arm64", "darwin-arm64"}) {
            byte[] program = new byte[400_000];
            random.nextBytes(program);
            Path file = folder.path().resolve("staging/v1.0/hello-" + platform);
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, program);
            guide.faint(file.toString());
        }
        guide.shown(
                "kpromo registry serve --dir " + folder.path().resolve("registry") + " --listen " + registry.host());
    }

    private void manifests() throws IOException, InterruptedException {
        guide.step("Say what goes where: filestores, and files with their SHA-256, which a review looks at.");
        guide.write(folder.path().resolve("filestores.yaml"), """
                filestores:
                - base: file://%s
                  src: true
                - base: file://%s
                - base: oci://%s/files
                """.formatted(
                        folder.path().resolve("staging"), folder.path().resolve("production"), registry.host()));
        Path files = folder.path().resolve("files.yaml");
        String section = guide.printed(
                "manifest", "files", "--src", folder.path().resolve("staging").toString());
        guide.shown("kpromo manifest files --src " + folder.path().resolve("staging") + " > " + files);
        guide.write(files, section);
        guide.kpromo(ExitCode.DONE, "manifest", "validate", stores(), files.toString());
    }

    private void tampering() throws IOException, InterruptedException {
        guide.step("Someone changes a file in production. That is found and refused, and nothing at all is written.");
        Path changed = production("v1.0/hello-linux-amd64");
        byte[] right = Files.readAllBytes(changed);
        Files.writeString(changed, "something else");
        guide.faint("changed " + changed);
        guide.kpromo(ExitCode.REFUSED, promotion("--confirm"));
        guide.faint("exit code " + ExitCode.REFUSED.number()
                + ", as it should be: refused by a rule. --overwrite would put the right one back; here it is put"
                + " back by hand.");
        Files.write(changed, right);
    }

    private void look() throws IOException, InterruptedException {
        guide.step("Look at what the registry holds now.");
        guide.kpromo(ExitCode.DONE, "cip", "--snapshot", registry.host() + "/files");
        guide.line("");
        guide.line(
                folder.stays()
                        ? "Everything is in " + folder.path() + "; open report.html there in a browser."
                        : "All of it goes away now. kpromo quickstart --files --keep DIR keeps it.");
        guide.line("Next: docs/files.md, kpromo run files --help");
    }

    private Path production(String name) {
        return folder.path().resolve("production").resolve(name);
    }

    private String stores() {
        return folder.path().resolve("filestores.yaml").toString();
    }

    private String[] promotion(String... more) {
        String[] words = {
            "run",
            "files",
            "--filestores",
            stores(),
            "--files",
            folder.path().resolve("files.yaml").toString(),
            "--key",
            key + ".key"
        };
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }
}
