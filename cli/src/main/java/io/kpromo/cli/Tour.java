// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Console;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import io.kpromo.registry.Registry;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.store.Attachments;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The steps of `quickstart`. Each says what happens, shows the command a user would type, and runs just that
/// command.
final class Tour {
    private static final int STEPS = 10;
    private static final String BOLD = "\033[1m";
    private static final String FAINT = "\033[2m";
    private static final String PLAIN = "\033[0m";

    private final Root root;
    private final Folder folder;
    private final Registry staging;
    private final List<Registry> mirrors;
    private final Path tree;
    private final PrintStream out;
    private final String key;
    private int step;

    Tour(Root root, Folder folder, Registry staging, Registry europe, Registry america) {
        this.root = root;
        this.folder = folder;
        this.staging = staging;
        this.mirrors = List.of(europe, america);
        this.tree = folder.path().resolve("manifests-tree");
        this.out = root.console().out();
        this.key = folder.path().resolve("tour").toString();
    }

    void walk() throws IOException, InterruptedException {
        Digest[] versions = registries();
        manifests(versions);
        step("Make a key to sign with. Here it has no password; yours has one.");
        kpromo(ExitCode.DONE, "keys", "generate", "--output", key);
        step("Dry run: compare the manifests with the registries. Nothing is written without --confirm.");
        kpromo(ExitCode.DONE, "cip", "--thin-manifest-dir", tree.toString(), "--key", key + ".key");
        step("Promote. Layers are read from staging once, for both mirrors; then images are signed and recorded.");
        kpromo(
                ExitCode.DONE,
                promotion("--report", folder.path().resolve("report.html").toString()));
        step("Verify it as whoever pulls it would, with the public key alone: who signed it, who recorded it.");
        kpromo(
                ExitCode.DONE,
                "verify",
                "--key",
                key + ".pub",
                "--require",
                "signature,record",
                mirrors.getFirst().host() + "/prod/hello:1.0");
        step("Promote again: everything is in place, so there is nothing to do.");
        kpromo(ExitCode.DONE, promotion());
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
        step("A signature gets lost. The next run sees that it is missing and writes it again: a run that died is"
                + " healed like this too.");
        Tag tag = Attachments.signatureTag(signed);
        mirrors.getFirst().folder().repository("prod/hello").deleteTag(tag);
        faint("deleted " + mirrors.getFirst().host() + "/prod/hello:" + tag);
        kpromo(ExitCode.DONE, promotion());
    }

    private Digest[] registries() throws InterruptedException {
        step(
                "Three registries on this machine: staging, and two mirrors. Staging gets two versions of an image, each for three platforms.");
        shown("kpromo registry serve --dir " + folder.path().resolve("staging") + " --listen " + staging.host());
        for (Registry mirror : mirrors) {
            shown("kpromo registry serve --dir " + folder.path().resolve(name(mirror)) + " --listen " + mirror.host());
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
        kpromo(ExitCode.DONE, "ls", staging.host() + "/team/hello", "--digests");
        return digests;
    }

    private String name(Registry mirror) {
        return mirror.equals(mirrors.getFirst()) ? "eu-mirror" : "us-mirror";
    }

    private void manifests(Digest... versions) throws IOException, InterruptedException {
        step("Say what goes where: a tree of thin manifests, the files that a review looks at.");
        write("manifests/team/promoter-manifest.yaml", """
                registries:
                - name: %s/team
                  src: true
                - name: %s/prod
                - name: %s/prod
                """.formatted(
                        staging.host(), mirrors.get(0).host(), mirrors.get(1).host()));
        write("images/team/images.yaml", images(versions));
        kpromo(ExitCode.DONE, "manifest", "validate", tree.toString());
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
        step("Someone moves a tag: 1.0 shall now be another image. That is refused, and nothing at all is written.");
        write("images/team/images.yaml", """
                - name: hello
                  dmap:
                    "%s": ["1.1", "latest", "1.0"]
                """.formatted(versions[1]));
        kpromo(
                ExitCode.REFUSED,
                promotion("--report", folder.path().resolve("refused.html").toString()));
        faint("exit code " + ExitCode.REFUSED.number()
                + ", as it should be: refused by a rule. The change is taken back.");
        Files.writeString(tree.resolve("images/team/images.yaml"), images(versions));
    }

    private void look() throws IOException, InterruptedException {
        step("Look at what a mirror holds now.");
        kpromo(ExitCode.DONE, "cip", "--snapshot", mirrors.getLast().host() + "/prod");
        out.println();
        if (folder.stays()) {
            out.println(
                    "Everything is in " + folder.path() + "; open report.html and refused.html there in a browser.");
            out.println("Start the registries with the commands of step 1, and go on from there.");
        } else {
            out.println(
                    "All of it goes away now. kpromo quickstart --keep DIR keeps registries, manifests and reports.");
        }
        out.println("Next: docs/getting-started.md, kpromo cip --help");
    }

    private void step(String text) {
        step++;
        out.println();
        out.println(styled(BOLD, step + "/" + STEPS + "  " + text));
        out.flush();
    }

    private void write(String name, String text) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
        faint(file.toString());
        text.lines().forEach(line -> out.println("    " + line));
    }

    private void shown(String command) {
        out.println(styled(BOLD, "$ ") + command);
    }

    private void faint(String text) {
        out.println(styled(FAINT, text));
    }

    private String styled(String style, String text) {
        return root.colours() ? style + text + PLAIN : text;
    }

    /// The tour's key has no password, and nobody is asked for one.
    private Console console() {
        Map<String, String> environment = new HashMap<>(root.console().environment());
        environment.put("COSIGN_PASSWORD", "");
        return new Console(
                environment,
                root.console().in(),
                root.console().out(),
                root.console().err(),
                root.console().interactive());
    }

    /// Runs it here, in this process: what a user would see is what the tour shows.
    private void kpromo(ExitCode wanted, String... words) throws InterruptedException {
        shown("kpromo " + String.join(" ", words));
        out.flush();
        int code = new Shell(console(), root.interrupt()).run(List.of(words));
        out.flush();
        if (code == ExitCode.INTERRUPTED.number()) {
            throw new InterruptedException("the tour was interrupted; nothing of it is left unless --keep was given");
        }
        if (code != wanted.number()) {
            throw new IllegalStateException("the tour went wrong at step " + step + ": exit code " + code
                    + " instead of " + wanted.number() + "; this is a bug, please report it with the output above");
        }
    }
}
