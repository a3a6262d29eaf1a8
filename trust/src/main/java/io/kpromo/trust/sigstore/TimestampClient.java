// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/// A timestamp authority over HTTP. RFC 3161, section 3.4.
final class TimestampClient {
    private static final int NONCE_BITS = 64;
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/timestamp-query", "Accept", "application/timestamp-reply");

    private final Transport transport;
    private final URI address;
    private final SecureRandom random = new SecureRandom();

    TimestampClient(Transport transport, URI address) {
        this.transport = transport;
        this.address = address;
    }

    /// @param answer DER, as bundles hold it
    record Timestamp(Bytes answer, Instant moment) {}

    /// A timestamp over a signature.
    ///
    /// @throws io.kpromo.oci.OciException where the authority refuses, or answers for something else
    Timestamp over(Bytes signature) throws InterruptedException {
        byte[] hash = HexFormat.of().parseHex(Digest.sha256(signature.array()).hex());
        // Without the signer's certificate: roots name it, and it would stand in every signature.
        TimeStampRequest request = new TimeStampRequestGenerator()
                .generate(NISTObjectIdentifiers.id_sha256, hash, new BigInteger(NONCE_BITS, random));
        ServiceCall.Reply reply = transport.send(call(request));
        try {
            TimeStampResponse response = new TimeStampResponse(reply.body().array());
            response.validate(request);
            if (response.getTimeStampToken() == null) {
                throw new TrustException(
                        "the timestamp authority at " + address.getHost() + " refuses: " + response.getStatusString());
            }
            Instant moment =
                    response.getTimeStampToken().getTimeStampInfo().getGenTime().toInstant();
            return new Timestamp(reply.body(), moment);
        } catch (TSPException | IOException e) {
            throw new TrustException(
                    "what the timestamp authority at " + address.getHost() + " answered is no timestamp of the"
                            + " signature: " + e.getMessage(),
                    e);
        }
    }

    private ServiceCall call(TimeStampRequest request) {
        try {
            return new ServiceCall(
                    address,
                    Method.POST,
                    "",
                    Kind.TIMESTAMP,
                    HEADERS,
                    Optional.of(Bytes.of(request.getEncoded())),
                    Set.of(),
                    ServiceCall.LARGEST,
                    SignIn.nowhere(),
                    "cannot get a timestamp");
        } catch (IOException e) {
            throw new IllegalStateException(e); // nothing is read or written
        }
    }
}
