// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.proxy.ProxyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Signing many digests with a key and verifying them again, beside `cosign`, 20 at a time.
///
/// kpromo signs in both forms and records, `cosign` signs in one form. What each verifies, each has signed itself. What
/// is timed is the signing of what was promoted before; what is counted is what signing adds to a promotion.
final class Signing {
    private static final int DIGESTS = 1_000;
    private static final int REPOSITORIES = 20;
    private static final long DELAY_MILLIS = 20;
    private static final int AT_ONCE = 20;
    private static final double SHARE = 1 / 3.0;
    private static final Map<String, String> PASSWORD = Map.of("COSIGN_PASSWORD", "correct horse");

    private final Programs programs;
    private final Path folder;
    private final Workload workload = Workload.small(DIGESTS, REPOSITORIES);

    Signing(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    /// What one program took for all digests.
    ///
    /// @param promotion what kpromo asked before, without signing
    private record Times(Requests promotion, Run signing, Requests signed, Run verifying, Requests verified) {}

    private record Requests(long staging, long canonical) {
        static Requests of(Landscape landscape) throws IOException {
            return new Requests(
                    landscape.passedSource().total(), landscape.passedMirrors().total());
        }

        long all() {
            return staging + canonical;
        }
    }

    private interface Signer {
        List<List<String>> commands(Landscape landscape, Path place) throws IOException;
    }

    void measure(Report report) throws IOException, InterruptedException {
        RegistryProgram registry =
                RegistryProgram.DOCKER.isInstalled(programs) ? RegistryProgram.DOCKER : RegistryProgram.EMBEDDED;
        report.title("Signing %d digests with a key, %d ms a request, %s"
                .formatted(DIGESTS, DELAY_MILLIS, registry.title()));
        Optional<Path> cosign = programs.find("cosign");
        try (ProxyProcess proxy = ProxyProcess.start()) {
            // The least requests take a registry with the referrers API. It comes first, and warms the proxy for all.
            Times embedded = ours(proxy, RegistryProgram.EMBEDDED);
            show(report, "kpromo, " + RegistryProgram.EMBEDDED.title(), embedded);
            Requests signed = promotedAndSigned(proxy);
            report.bound(new Bound(
                    "requests to the canonical registry that signing a new digest adds",
                    (double) (signed.canonical - embedded.promotion.canonical) / DIGESTS,
                    12,
                    ""));
            report.line("         and %.2f to staging, to look at what is attached there"
                    .formatted((double) (signed.staging - embedded.promotion.staging) / DIGESTS));
            Times ours = ours(proxy, registry);
            show(report, "kpromo", ours);
            if (cosign.isEmpty()) {
                report.line("cosign   not installed: run interop/peers");
                return;
            }
            Times theirs = theirs(cosign.get(), proxy, registry);
            show(report, "cosign", theirs);
            report.bound(share("signing time over cosign's", ours.signing, theirs.signing));
            report.bound(share("verifying time over cosign's", ours.verifying, theirs.verifying));
        }
    }

    private static Bound share(String what, Run ours, Run theirs) {
        return new Bound(what, (double) ours.wall().toMillis() / theirs.wall().toMillis(), SHARE, "times");
    }

    private Times ours(ProxyProcess proxy, RegistryProgram registry) throws IOException, InterruptedException {
        String kpromo = programs.kpromo().toString();
        return measured(
                proxy,
                registry,
                1,
                (landscape, place) -> List.of(signedPromotion(landscape, place)),
                (landscape, place) -> List.of(Stream.concat(
                                Stream.of(
                                        kpromo,
                                        "verify",
                                        "--key",
                                        place.resolve("pair.pub").toString()),
                                references(landscape).stream())
                        .toList()));
    }

    private List<String> signedPromotion(Landscape landscape, Path place) throws IOException {
        return List.of(
                programs.kpromo().toString(),
                "cip",
                "--manifest",
                landscape.manifest(place).toString(),
                "--confirm",
                "--key",
                place.resolve("pair.key").toString(),
                "--canonical-registry",
                landscape.productions().getFirst());
    }

    private Times theirs(Path cosign, ProxyProcess proxy, RegistryProgram registry)
            throws IOException, InterruptedException {
        return measured(
                proxy,
                registry,
                AT_ONCE,
                (landscape, place) -> each(
                        landscape,
                        reference -> List.of(
                                cosign.toString(),
                                "sign",
                                "--key",
                                place.resolve("pair.key").toString(),
                                "--tlog-upload=false",
                                "--use-signing-config=false",
                                "--allow-http-registry",
                                "--yes",
                                reference)),
                (landscape, place) -> each(
                        landscape,
                        reference -> List.of(
                                cosign.toString(),
                                "verify",
                                "--key",
                                place.resolve("pair.pub").toString(),
                                "--insecure-ignore-tlog=true",
                                "--allow-http-registry",
                                reference)));
    }

    private interface Words {
        List<String> of(String reference);
    }

    private List<List<String>> each(Landscape landscape, Words words) {
        List<List<String>> commands = new ArrayList<>();
        references(landscape).forEach(reference -> commands.add(words.of(reference)));
        return commands;
    }

    private List<String> references(Landscape landscape) {
        String production = landscape.productions().getFirst();
        return workload.images().stream()
                .map(image -> production + "/" + image.name() + "@" + image.digest())
                .toList();
    }

    /// Promotes without signatures, makes a key, and measures signing and verifying.
    private Times measured(ProxyProcess proxy, RegistryProgram registry, int atOnce, Signer signer, Signer verifier)
            throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(folder, "signing");
        proxy.delay(0);
        try (Landscape landscape = Landscape.open(programs, registry, proxy, workload, 1, place)) {
            Map<String, String> environment = environmentWithKey(place);
            proxy.reset();
            Run.of(unsignedPromotion(landscape, place), environment, place).orThrow("the promotion without signatures");
            Requests promotion = Requests.of(landscape);
            proxy.delay(DELAY_MILLIS);
            PeerPool pool = new PeerPool(place, atOnce, PASSWORD);
            proxy.reset();
            Run signed = pool.all(signer.commands(landscape, place)).orThrow("signing");
            Requests signing = Requests.of(landscape);
            proxy.reset();
            Run verified = pool.all(verifier.commands(landscape, place)).orThrow("verifying");
            return new Times(promotion, signed, signing, verified, Requests.of(landscape));
        } finally {
            Folders.delete(place);
        }
    }

    /// The requests of a promotion that signs, on the embedded registry.
    private Requests promotedAndSigned(ProxyProcess proxy) throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(folder, "signing");
        proxy.delay(0);
        try (Landscape landscape = Landscape.open(programs, RegistryProgram.EMBEDDED, proxy, workload, 1, place)) {
            Map<String, String> environment = environmentWithKey(place);
            proxy.reset();
            Run.of(signedPromotion(landscape, place), environment, place).orThrow("the promotion with signatures");
            return Requests.of(landscape);
        } finally {
            Folders.delete(place);
        }
    }

    private List<String> unsignedPromotion(Landscape landscape, Path place) throws IOException {
        return List.of(
                programs.kpromo().toString(),
                "cip",
                "--manifest",
                landscape.manifest(place).toString(),
                "--confirm",
                "--sign=false");
    }

    /// Makes a pair of keys beside it.
    private Map<String, String> environmentWithKey(Path place) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(PASSWORD);
        environment.put("DOCKER_CONFIG", place.toString());
        String pair = place.resolve("pair").toString();
        Run.of(List.of(programs.kpromo().toString(), "keys", "generate", "--output", pair), environment, place)
                .orThrow("making a key");
        return environment;
    }

    private static void show(Report report, String program, Times times) {
        report.line("%-8s signing   %7.2f s wall, CPU %7.2f s, %d requests"
                .formatted(
                        program,
                        times.signing.wall().toMillis() / 1000.0,
                        times.signing.cpu().toMillis() / 1000.0,
                        times.signed.all()));
        report.line("%-8s verifying %7.2f s wall, CPU %7.2f s, %d requests"
                .formatted(
                        program,
                        times.verifying.wall().toMillis() / 1000.0,
                        times.verifying.cpu().toMillis() / 1000.0,
                        times.verified.all()));
        report.keep(
                "signing",
                Map.of(
                        "program",
                        program,
                        "digests",
                        DIGESTS,
                        "signingSeconds",
                        times.signing.wall().toMillis() / 1000.0,
                        "signingRequests",
                        times.signed.all(),
                        "verifyingSeconds",
                        times.verifying.wall().toMillis() / 1000.0,
                        "verifyingRequests",
                        times.verified.all()));
    }
}
