// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.statement.Envelope;
import java.security.cert.X509Certificate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The bodies of log entries, as Rekor writes them.
final class SampleBodies {
    private static final JsonMapper JSON = new JsonMapper();

    private SampleBodies() {}

    private static ObjectNode body(String kind, String version) {
        return JSON.createObjectNode().put("apiVersion", version).put("kind", kind);
    }

    private static Bytes written(ObjectNode body) {
        return Bytes.of(JSON.writeValueAsBytes(body));
    }

    private static String pem(X509Certificate certificate) {
        return Bytes.of(Certificates.pem(certificate)).base64();
    }

    private static void hash(ObjectNode into, Bytes content) {
        into.put("algorithm", "sha256")
                .put("value", SampleCertificates.sha256(content.array()).hex());
    }

    static Bytes record1(Bytes content, Bytes signature, X509Certificate certificate) {
        ObjectNode body = body("hashedrekord", "0.0.1");
        ObjectNode spec = body.putObject("spec");
        hash(spec.putObject("data").putObject("hash"), content);
        spec.putObject("signature")
                .put("content", signature.base64())
                .putObject("publicKey")
                .put("content", pem(certificate));
        return written(body);
    }

    static Bytes record2(Bytes content, Bytes signature, X509Certificate certificate) {
        return record2Of(SampleCertificates.sha256(content.array()), signature, certificate);
    }

    static Bytes record2Of(Bytes digest, Bytes signature, X509Certificate certificate) {
        ObjectNode body = body("hashedrekord", "0.0.2");
        ObjectNode spec = body.putObject("spec").putObject("hashedRekordV002");
        spec.putObject("data").put("algorithm", "SHA2_256").put("digest", digest.base64());
        signature(spec.putObject("signature"), signature, certificate);
        return written(body);
    }

    private static void signature(ObjectNode into, Bytes signature, X509Certificate certificate) {
        into.put("content", signature.base64());
        into.putObject("verifier")
                .put("keyDetails", "PKIX_ECDSA_P256_SHA_256")
                .putObject("x509Certificate")
                .put("rawBytes", Certificates.der(certificate).base64());
    }

    static Bytes dsse1(Envelope envelope, X509Certificate certificate) {
        ObjectNode body = body("dsse", "0.0.1");
        ObjectNode spec = body.putObject("spec");
        hash(spec.putObject("envelopeHash"), envelope.payload());
        hash(spec.putObject("payloadHash"), envelope.payload());
        spec.putArray("signatures")
                .addObject()
                .put("signature", envelope.signatures().getFirst().bytes().base64())
                .put("verifier", pem(certificate));
        return written(body);
    }

    static Bytes dsse2(Envelope envelope, X509Certificate certificate) {
        ObjectNode body = body("dsse", "0.0.2");
        ObjectNode spec = body.putObject("spec").putObject("dsseV002");
        spec.putObject("payloadHash")
                .put("algorithm", "SHA2_256")
                .put(
                        "digest",
                        SampleCertificates.sha256(envelope.payload().array()).base64());
        signature(
                spec.putArray("signatures").addObject(),
                envelope.signatures().getFirst().bytes(),
                certificate);
        return written(body);
    }

    static Bytes intoto1(String envelope, X509Certificate certificate) {
        ObjectNode body = body("intoto", "0.0.1");
        ObjectNode spec = body.putObject("spec").put("publicKey", pem(certificate));
        hash(spec.putObject("content").putObject("hash"), Bytes.of(envelope));
        return written(body);
    }

    static Bytes intoto2(Envelope envelope, X509Certificate certificate) {
        ObjectNode body = body("intoto", "0.0.2");
        ObjectNode content = body.putObject("spec").putObject("content");
        hash(content.putObject("payloadHash"), envelope.payload());
        content.putObject("envelope")
                .put("payloadType", envelope.payloadType())
                .putArray("signatures")
                .addObject()
                .put(
                        "sig",
                        Bytes.of(envelope.signatures().getFirst().bytes().base64())
                                .base64())
                .put("publicKey", pem(certificate));
        return written(body);
    }
}
