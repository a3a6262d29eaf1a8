// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.key.Fingerprint;
import io.kpromo.trust.key.KeyVerifier;
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.key.SigningKeys;
import io.kpromo.trust.sigstore.TrustedRoot;
import io.kpromo.trust.verify.CertificateVerifier;
import io.kpromo.trust.verify.MaterialVerifier;
import io.kpromo.trust.verify.Verifier;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What the flags of [IdentityFlags] mean. Apart from them, for with it the room of trust is opened.
final class Identities {
    private final Session session;
    private final Root root;
    private final String key;
    private final Optional<Path> trustedRoot;
    private final CertificateFlags.Chosen certificate;
    private final InFlight<String, PublicKey> keys = InFlight.keeping();

    Identities(
            Session session, Root root, String key, Optional<Path> trustedRoot, CertificateFlags.Chosen certificate) {
        this.session = session;
        this.root = root;
        this.key = key;
        this.trustedRoot = trustedRoot;
        this.certificate = certificate;
    }

    /// @throws UsageException where nobody is named, or not just one
    ExpectedIdentity expected() throws InterruptedException {
        if (!key.isEmpty()) {
            if (certificate.isGiven()) {
                throw new UsageException("--key and --certificate-… exclude each other; name one signer");
            }
            return new ExpectedIdentity.Key(Fingerprint.identity(publicKey()));
        }
        if (!certificate.namesSubject() || !certificate.namesIssuer()) {
            throw new UsageException("nobody's signatures count: name a public key with --key, or a certificate with"
                    + " --certificate-identity (or …-regexp) and --certificate-oidc-issuer (or …-regexp)");
        }
        return ExpectedCertificate.of(certificate);
    }

    /// Of a file, or of a service, which is asked once.
    private PublicKey publicKey() throws InterruptedException {
        if (!SigningKeys.isOfService(key)) {
            return PublicKeyNotary.one(Path.of(key));
        }
        return keys.once(key, () -> {
            try (SigningKey held = new Keyring(root.console(), () -> session).open(key)) {
                return held.publicKey();
            }
        });
    }

    /// Checks what was signed with the key and with certificates; the root of the latter is opened when it is
    /// needed: a file, or the public Sigstore's by way of TUF.
    Verifier verifier() throws InterruptedException {
        Optional<Verifier> ofKey = key.isEmpty() ? Optional.empty() : Optional.of(KeyVerifier.of(List.of(publicKey())));
        return new MaterialVerifier(ofKey, Optional.of(() -> CertificateVerifier.of(trusted())));
    }

    private TrustedRoot trusted() throws InterruptedException {
        return trustedRoot.isPresent()
                ? KeylessAccess.trustedRoot(trustedRoot.get())
                : KeylessAccess.publicSigstore(root, session.transport(), InstantSource.system())
                        .root();
    }
}
