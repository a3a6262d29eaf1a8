// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.sigstore.GitHubTokens;
import io.kpromo.trust.sigstore.GoogleTokens;
import io.kpromo.trust.sigstore.IdentityTokens;
import io.kpromo.trust.sigstore.KeylessSignatory;
import io.kpromo.trust.sigstore.PublicSigstore;
import io.kpromo.trust.sigstore.SigningConfig;
import io.kpromo.trust.sigstore.SigningServices;
import io.kpromo.trust.sigstore.SigningServices.LogService;
import io.kpromo.trust.sigstore.TokenClaims;
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
final class KeylessAccess {
    private final Root root;
    private final KeylessFlags.Chosen chosen;
    private final InFlight<String, PublicSigstore> shared = InFlight.keeping();

    KeylessAccess(Root root, KeylessFlags.Chosen chosen) {
        this.root = root;
        this.chosen = chosen;
    }

    /// The services that flags name; empty where the public Sigstore is to be asked for its own.
    Optional<SigningServices> named(Instant now) {
        if (!chosen.namesServices()) {
            return Optional.empty();
        }
        if (chosen.signingConfig().isPresent()) {
            Path file = chosen.signingConfig().get();
            return Optional.of(SigningConfig.parse(bytes("signing config", file), file.toString())
                    .at(now));
        }
        int version = chosen.rekorVersion().orElse(1);
        if (version != 1 && version != 2) {
            throw new UsageException("--rekor-version is 1 or 2; got " + version);
        }
        return Optional.of(new SigningServices(
                address("--fulcio-url", fulcio()),
                List.of(new LogService(
                        address("--rekor-url", chosen.rekor().isEmpty() ? KeylessFlags.REKOR : chosen.rekor()),
                        version)),
                chosen.timestamps().isEmpty() ? List.of() : List.of(address("--timestamp-url", chosen.timestamps()))));
    }

    private String fulcio() {
        return chosen.fulcio().isEmpty() ? KeylessFlags.FULCIO : chosen.fulcio();
    }

    /// Signs with these tokens, at the services that flags name, or at those of the public Sigstore, which is asked
    /// for them once there is a token.
    KeylessSignatory signatory(Transport transport, IdentityTokens tokens, boolean bareTags, InstantSource clock) {
        Optional<SigningServices> named = named(clock.instant());
        return named.isPresent()
                ? KeylessSignatory.of(transport, named.get(), tokens, bareTags, clock)
                : KeylessSignatory.lazily(
                        transport, () -> shared(transport, clock).services(), tokens, bareTags, clock);
    }

    private PublicSigstore shared(Transport transport, InstantSource clock) throws InterruptedException {
        return shared.once("public", () -> publicSigstore(root, transport, clock));
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

    /// What the token says that lies at hand; empty where one has to be asked for.
    Optional<TokenClaims> claims() throws InterruptedException {
        IdentityTokens atHand = chosen.token().isPresent()
                ? IdentityTokens.ofFile(chosen.token().get())
                : IdentityTokens.ofVariable(root.console().environment());
        return atHand.token().map(TokenClaims::of);
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

    /// The root that was named, or that of the public Sigstore; that one is fetched here.
    TrustedRoot trustedRoot(Transport transport, InstantSource clock) throws InterruptedException {
        if (chosen.trustedRoot().isPresent()) {
            return trustedRoot(chosen.trustedRoot().get());
        }
        if (chosen.signingConfig().isPresent() || !fulcio().equals(KeylessFlags.FULCIO)) {
            throw new TrustException("signatures of a Sigstore of your own can't be checked without its root; name it"
                    + " with --trusted-root");
        }
        return shared(transport, clock).root();
    }

    static TrustedRoot trustedRoot(Path file) {
        return TrustedRoot.parse(bytes("trusted root", file), file.toString());
    }

    static PublicSigstore publicSigstore(Root root, Transport transport, InstantSource clock) {
        Optional<Path> home = root.console().variable("HOME").map(Path::of);
        Path folder = PublicSigstore.folder(root.console().environment(), home).orElseGet(() -> {
            try {
                return Files.createTempDirectory("kpromo-tuf");
            } catch (IOException e) {
                throw new TrustException("there is no folder to keep Sigstore's root in: " + e.getMessage(), e);
            }
        });
        return new PublicSigstore(transport, folder, clock);
    }

    private static Bytes bytes(String what, Path file) {
        try {
            return Bytes.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new TrustException("cannot read the " + what + " " + file + ": " + e.getMessage(), e);
        }
    }
}
