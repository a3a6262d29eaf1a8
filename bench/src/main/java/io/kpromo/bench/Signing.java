// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.proxy.Passed;
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
/// kpromo signs in both forms and records, `cosign` signs in one form. What each verifies, each has signed itself.
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
    private record Times(Run signing, long signingRequests, Run verifying, long verifyingRequests) {}

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
            report.bound(new Bound("requests for signing a digest", requests(embedded.signingRequests), 12, ""));
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

    private static double requests(long all) {
        return (double) all / DIGESTS;
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
                (landscape, place) -> List.of(List.of(
                        kpromo,
                        "cip",
                        "--manifest",
                        landscape.manifest(place).toString(),
                        "--confirm",
                        "--key",
                        place.resolve("pair.key").toString(),
                        "--canonical-registry",
                        landscape.productions().getFirst())),
                (landscape, place) -> List.of(Stream.concat(
                                Stream.of(
                                        kpromo,
                                        "verify",
                                        "--key",
                                        place.resolve("pair.pub").toString()),
                                references(landscape).stream())
                        .toList()));
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
    private Times measured(ProxyProcess proxy, RegistryProgram registry, int atOnce, Signer signing, Signer verifying)
            throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(folder, "signing");
        proxy.delay(0);
        try (Landscape landscape = Landscape.open(programs, registry, proxy, workload, 1, place)) {
            String kpromo = programs.kpromo().toString();
            Map<String, String> environment = new HashMap<>(PASSWORD);
            environment.put("DOCKER_CONFIG", place.toString());
            String manifest = landscape.manifest(place).toString();
            Run.of(List.of(kpromo, "cip", "--manifest", manifest, "--confirm", "--sign=false"), environment, place)
                    .orThrow("the promotion without signatures");
            String pair = place.resolve("pair").toString();
            Run.of(List.of(kpromo, "keys", "generate", "--output", pair), environment, place)
                    .orThrow("making a key");
            proxy.delay(DELAY_MILLIS);
            PeerPool pool = new PeerPool(place, atOnce, PASSWORD);
            proxy.reset();
            Run signed = pool.all(signing.commands(landscape, place)).orThrow("signing");
            long signingRequests = passed(landscape);
            proxy.reset();
            Run verified = pool.all(verifying.commands(landscape, place)).orThrow("verifying");
            return new Times(signed, signingRequests, verified, passed(landscape));
        } finally {
            Folders.delete(place);
        }
    }

    private static long passed(Landscape landscape) throws IOException {
        Passed source = landscape.passedSource();
        return source.total() + landscape.passedMirrors().total();
    }

    private static void show(Report report, String program, Times times) {
        report.line("%-8s signing   %7.2f s wall, CPU %7.2f s, %d requests"
                .formatted(
                        program,
                        times.signing.wall().toMillis() / 1000.0,
                        times.signing.cpu().toMillis() / 1000.0,
                        times.signingRequests));
        report.line("%-8s verifying %7.2f s wall, CPU %7.2f s, %d requests"
                .formatted(
                        program,
                        times.verifying.wall().toMillis() / 1000.0,
                        times.verifying.cpu().toMillis() / 1000.0,
                        times.verifyingRequests));
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
                        times.signingRequests,
                        "verifyingSeconds",
                        times.verifying.wall().toMillis() / 1000.0,
                        "verifyingRequests",
                        times.verifyingRequests));
    }
}
