// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.http.Transport;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.sigstore.GitHubTokens;
import io.kpromo.trust.sigstore.GoogleTokens;
import io.kpromo.trust.sigstore.IdentityTokens;
import io.kpromo.trust.sigstore.PublicSigstore;
import io.kpromo.trust.sigstore.SigningConfig;
import io.kpromo.trust.sigstore.SigningServices;
import io.kpromo.trust.sigstore.SigningServices.LogService;
import io.kpromo.trust.sigstore.TrustedRoot;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Sigstore that the flags name, its root, and where a token for it comes from. Apart from the flags, for
/// with it rooms are opened.
record KeylessAccess(Root root, KeylessFlags.Chosen chosen) {
    SigningServices services(Instant now) {
        if (chosen.signingConfig().isPresent()) {
            Path file = chosen.signingConfig().get();
            return SigningConfig.parse(bytes("signing config", file), file.toString())
                    .at(now);
        }
        if (chosen.rekorVersion() != 1 && chosen.rekorVersion() != 2) {
            throw new UsageException("--rekor-version is 1 or 2; got " + chosen.rekorVersion());
        }
        return new SigningServices(
                address("--fulcio-url", chosen.fulcio()),
                List.of(new LogService(address("--rekor-url", chosen.rekor()), chosen.rekorVersion())),
                chosen.timestamps().isEmpty() ? List.of() : List.of(address("--timestamp-url", chosen.timestamps())));
    }

    private static URI address(String flag, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new UsageException(flag + " is no address: " + e.getMessage(), e);
        }
    }

    /// Whether a token of its own comes with this run, so that it signs as whoever that is for.
    boolean hasToken() {
        Map<String, String> environment = root.console().environment();
        return chosen.token().isPresent()
                || !environment.getOrDefault("SIGSTORE_ID_TOKEN", "").isBlank()
                || !environment.getOrDefault("ACTIONS_ID_TOKEN_REQUEST_URL", "").isEmpty();
    }

    /// @param account of Google, where no other token is there
    IdentityTokens tokens(Transport transport, String account) {
        if (chosen.token().isPresent()) {
            return IdentityTokens.ofFile(chosen.token().get());
        }
        Map<String, String> environment = root.console().environment();
        Optional<Path> home = root.console().variable("HOME").map(Path::of);
        CloudLoader cloud = new CloudLoader(CloudJars.besideUs(), environment, home, root.log()::info);
        return IdentityTokens.first(List.of(
                IdentityTokens.ofVariable(environment),
                new GitHubTokens(transport, environment),
                new GoogleTokens(transport, GoogleTokens.CREDENTIALS, account, cloud),
                () -> {
                    throw new TrustException("cannot sign as " + account + ": there is no identity token here; name a"
                            + " file with --identity-token, sign with a key (--key), or promote unsigned"
                            + " (--sign=false)");
                }));
    }

    /// Those of one account of Google alone.
    IdentityTokens tokensOf(Transport transport, String account) {
        Map<String, String> environment = root.console().environment();
        Optional<Path> home = root.console().variable("HOME").map(Path::of);
        CloudLoader cloud = new CloudLoader(CloudJars.besideUs(), environment, home, root.log()::info);
        return IdentityTokens.first(
                List.of(new GoogleTokens(transport, GoogleTokens.CREDENTIALS, account, cloud), () -> {
                    throw new TrustException("cannot sign summaries as " + account + ": this machine has no"
                            + " credentials of Google to ask for its identity token with");
                }));
    }

    /// The root that was named, or that of the public Sigstore, which is asked for now.
    TrustedRoot trustedRoot(Transport transport, InstantSource clock) throws InterruptedException {
        if (chosen.trustedRoot().isPresent()) {
            Path file = chosen.trustedRoot().get();
            return TrustedRoot.parse(bytes("trusted root", file), file.toString());
        }
        if (chosen.signingConfig().isPresent() || !chosen.fulcio().equals(KeylessFlags.FULCIO)) {
            throw new TrustException("signatures of a Sigstore of your own can't be checked without its root; name it"
                    + " with --trusted-root");
        }
        return new PublicSigstore(transport, cache(), clock).root();
    }

    private Path cache() {
        Optional<Path> home = root.console().variable("HOME").map(Path::of);
        return PublicSigstore.folder(root.console().environment(), home).orElseGet(() -> {
            try {
                return Files.createTempDirectory("kpromo-tuf");
            } catch (IOException e) {
                throw new TrustException("there is no folder to keep Sigstore's root in: " + e.getMessage(), e);
            }
        });
    }

    private static Bytes bytes(String what, Path file) {
        try {
            return Bytes.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new TrustException("cannot read the " + what + " " + file + ": " + e.getMessage(), e);
        }
    }
}
