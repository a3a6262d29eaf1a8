// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.tuf.TufClient;
import io.kpromo.trust.tuf.TufMirror;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The Sigstore that is there for everybody. Asks its TUF repository once, when something is first wanted.
public final class PublicSigstore {
    /// Where its TUF repository is served.
    public static final URI MIRROR = URI.create("https://tuf-repo-cdn.sigstore.dev");

    private static final int NONE = 404;

    private final TufClient client;
    private final InstantSource clock;
    private final InFlight<String, TufClient.Targets> targets = InFlight.keeping();

    /// @param folder what is trusted is kept here from run to run, see [#folder]
    public PublicSigstore(Transport transport, Path folder, InstantSource clock) {
        this(mirror(transport, MIRROR), folder, clock);
    }

    PublicSigstore(TufMirror mirror, Path folder, InstantSource clock) {
        this(mirror, folder, PublicSigstore::firstRoot, clock);
    }

    PublicSigstore(TufMirror mirror, Path folder, Supplier<Bytes> firstRoot, InstantSource clock) {
        this.client = new TufClient(mirror, folder.resolve("sigstore.dev"), firstRoot, clock);
        this.clock = clock;
    }

    /// `kpromo/tuf` in `XDG_CACHE_HOME`, or else in `.cache` at home. With neither there is nowhere that is ours
    /// alone: then a new folder has to do, for whoever can write here is believed.
    public static Optional<Path> folder(Map<String, String> environment, Optional<Path> home) {
        return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> home.map(folder -> folder.resolve(".cache")))
                .map(folder -> folder.resolve("kpromo").resolve("tuf"));
    }

    static TufMirror mirror(Transport transport, URI base) {
        return (path, most) -> {
            ServiceCall.Reply reply = transport.send(
                    ServiceCall.get(base, "/" + path, Kind.TRUST_ROOT, "cannot read Sigstore's root of trust")
                            .atMost(most)
                            .answering(NONE));
            return reply.status() == NONE ? Optional.empty() : Optional.of(reply.body());
        };
    }

    private static Bytes firstRoot() {
        try (InputStream in = PublicSigstore.class.getResourceAsStream("root.json")) {
            if (in == null) {
                throw new TrustException("kpromo was built without Sigstore's first root");
            }
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new TrustException("Sigstore's first root can't be read: " + e.getMessage(), e);
        }
    }

    /// Whom to believe.
    ///
    /// @throws io.kpromo.oci.OciException where the mirror can't be read or is not to be trusted
    public TrustedRoot root() throws InterruptedException {
        return TrustedRoot.parse(read("trusted_root.json"), "trusted root of the public Sigstore");
    }

    /// Whom to ask for signatures now.
    ///
    /// @throws io.kpromo.oci.OciException where the mirror can't be read or is not to be trusted
    public SigningServices services() throws InterruptedException {
        return SigningConfig.parse(read("signing_config.v0.2.json"), "signing config of the public Sigstore")
                .at(clock.instant());
    }

    private Bytes read(String name) throws InterruptedException {
        return targets.once("targets", client::refresh).read(name);
    }
}
