// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.net.URI;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A certificate authority that takes an identity token as proof of who asks. Fulcio's REST API, version 2.
final class FulcioClient {
    private static final int MOST = 16;

    private final Transport transport;
    private final URI address;

    FulcioClient(Transport transport, URI address) {
        this.transport = transport;
        this.address = address;
    }

    /// A certificate for this key, and those above it. One request.
    ///
    /// @throws io.kpromo.oci.OciException where Fulcio refuses; never with the token in it
    List<X509Certificate> certify(KeyPair keys, Secret token) throws InterruptedException {
        // The proof that the key is ours.
        Bytes proof =
                SigningCertificate.sign(keys, Bytes.of(TokenClaims.of(token).subject()));
        var request = JsonText.object();
        request.putObject("credentials").put("oidcIdentityToken", token.reveal());
        request.putObject("publicKeyRequest")
                .put("proofOfPossession", proof.base64())
                .putObject("publicKey")
                .put("algorithm", "ECDSA")
                .put("content", pem(keys.getPublic()));
        Bytes body = transport
                .send(ServiceCall.post(
                        address,
                        "/api/v2/signingCert",
                        Kind.SIGNING_CERTIFICATE,
                        JsonText.write(request),
                        "cannot get a certificate to sign with"))
                .body();
        Json answer = Json.read("answer of Fulcio at " + address.getHost(), body);
        Json certificate = answer.optionalObject("signedCertificateEmbeddedSct")
                .or(() -> answer.optionalObject("signedCertificateDetachedSct"))
                .orElseThrow(() -> answer.wrong("has no certificate"));
        return chain(certificate.object("chain"), keys);
    }

    private static List<X509Certificate> chain(Json answer, KeyPair keys) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Json pem : answer.list("certificates", MOST)) {
            chain.addAll(Certificates.parsePem(pem.asText()));
        }
        if (chain.isEmpty() || !chain.getFirst().getPublicKey().equals(keys.getPublic())) {
            throw answer.wrong("is not for the key that a certificate was asked for");
        }
        return chain;
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
