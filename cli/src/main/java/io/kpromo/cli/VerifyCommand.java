// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.images.check.Verification;
import io.kpromo.images.check.VerifiedImage;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Repository;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.inspect.Inspector;
import io.kpromo.trust.inspect.Requirement;
import io.kpromo.trust.policy.EvidenceReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `kpromo verify`: whether images carry what their consumer requires.
final class VerifyCommand implements Command {
    private static final int AT_ONCE = 32;

    private final Root root;
    private final IdentityFlags identity = new IdentityFlags();
    private final NameFlags names = new NameFlags();
    private final Access access;
    private final List<String> images = new ArrayList<>();
    private String require = "signature";
    private String name = "";
    private ResultFormat format = ResultFormat.TEXT;

    VerifyCommand(Root root) {
        this.root = root;
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "verify",
                        "Verify signatures and attestations of images, as a consumer would. Exit code 0 only where all"
                                + " that is required verifies.",
                        "kpromo verify --key kpromo.pub registry.example.com/app:1.0",
                        "kpromo verify --certificate-identity me@example.com \\",
                        "    --certificate-oidc-issuer https://accounts.google.com registry.k8s.io/pause:3.10",
                        "kpromo verify --key kpromo.pub --require signature,record mirror.example.com/app:1.0 \\",
                        "    --name registry.example.com/app")
                .allWords("IMAGE", "1..*", "host/path:tag or host/path@digest.", images)
                .text(
                        "--require",
                        "LIST",
                        "What has to verify: signature, record, vsa, provenance. Default: signature.",
                        list -> require = list)
                .text(
                        "--name",
                        "NAME",
                        "The name that has to be signed, where it is not the one that the image is pulled by.",
                        n -> name = n)
                .choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f);
        names.describe(flags);
        identity.describe(flags);
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        List<ImageReference> wanted = parsed(images);
        Set<Requirement> required = requirements(require);
        root.interrupt().watch();
        try (Session session = access.open()) {
            Identities identities = identity.open(session, root);
            ExpectedIdentity expected = identities.expected();
            Inspector inspector = new Inspector(new EvidenceReader(session.attachments(), identities.verifier()));
            Verification verification =
                    new Verification(session.registries(), inspector, expected, name.isEmpty() ? mapped() : r -> name);
            List<VerifiedImage> verified = verification.verify(wanted, required, AT_ONCE);
            root.console()
                    .out()
                    .print(format == ResultFormat.JSON ? VerifyText.json(verified) : VerifyText.text(verified));
            long good = verified.stream().filter(VerifiedImage::isVerified).count();
            root.log()
                    .info(Text.count(good) + " of " + Text.count(verified.size(), "image") + " verified, "
                            + Text.count(session.counts().total().requests(), "request"));
            return good == verified.size() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private Function<Repository, String> mapped() {
        return names.names()::of;
    }

    /// @throws UsageException where one is no reference
    static List<ImageReference> parsed(List<String> words) {
        List<ImageReference> all = new ArrayList<>();
        for (String word : words) {
            try {
                all.add(ImageReference.parse(word));
            } catch (InvalidNameException e) {
                throw new UsageException(String.valueOf(e.getMessage()), e);
            }
        }
        return all;
    }

    private static Set<Requirement> requirements(String list) {
        EnumSet<Requirement> required = EnumSet.noneOf(Requirement.class);
        for (String word : List.of(list.split(",", -1))) {
            required.add(Stream.of(Requirement.values())
                    .filter(requirement -> requirement.toString().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("--require: " + Text.quoted(word) + " is not one of "
                            + Stream.of(Requirement.values())
                                    .map(Requirement::toString)
                                    .collect(Collectors.joining(", ")))));
        }
        return required;
    }
}
