// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.TransportListener;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.key.FakeKms;
import io.kpromo.trust.key.KeyServices;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.key.SigningKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class GoogleKeysTest {
    private static final String KEY = "projects/p/locations/global/keyRings/r/cryptoKeys/k";
    private static final String TOKEN = "a-token-that-nobody-may-see";
    private static final Bytes MESSAGE = Bytes.of("to be signed");

    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard(), SignIn.nowhere(), TransportListener.none());

    @TempDir
    Path home;

    @AfterEach
    void close() {
        transport.close();
    }

    @ParameterizedTest
    @CsvSource({
        "EC_SIGN_P256_SHA256,        EC secp256r1, sha256",
        "EC_SIGN_P384_SHA384,        EC secp384r1, sha384",
        "RSA_SIGN_PKCS1_2048_SHA256, RSA 2048,          sha256",
        "EC_SIGN_ED25519,            Ed25519,      ''",
    })
    void aKeyOfGoogleSigns(String algorithm, String kind, String hash) throws IOException, InterruptedException {
        try (FakeGoogle google = new FakeGoogle(algorithm, kind, hash)) {
            SigningKey key = keys(google).open("gcpkms://" + KEY + "/versions/7");

            assertThat(key.publicKey()).isEqualTo(google.pair.getPublic());
            key.sign(MESSAGE); // which verifies what it is given
            key.sign(MESSAGE);

            String version = "/v1/" + KEY + "/cryptoKeyVersions/7";
            assertThat(google.asked())
                    .containsExactly(
                            "GET /token",
                            "GET " + version + "/publicKey",
                            "POST " + version + ":asymmetricSign",
                            "POST " + version + ":asymmetricSign");
        }
    }

    @Test
    void withoutAVersionTheNewestThatIsEnabledIsTaken() throws IOException, InterruptedException {
        try (FakeGoogle google = new FakeGoogle("EC_SIGN_P256_SHA256", "EC secp256r1", "sha256")) {
            keys(google).open("gcpkms://" + KEY).publicKey();

            assertThat(google.asked())
                    .contains(
                            "GET /v1/" + KEY + "/cryptoKeyVersions?filter=state%3DENABLED&pageSize=1000",
                            "GET /v1/" + KEY + "/cryptoKeyVersions/12/publicKey");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "verifiedDigestCrc32c, does not say that what was sent arrived as it was",
        "signatureCrc32c,      was changed on its way: signatureCrc32c is another",
        "signature,            what the service signed does not verify",
        "pemCrc32c,            was changed on its way: pemCrc32c is another",
    })
    void whatIsChangedOnItsWayIsRefused(String field, String said) throws IOException {
        try (FakeGoogle google = new FakeGoogle("EC_SIGN_P256_SHA256", "EC secp256r1", "sha256")) {
            google.broken = field;

            assertThatExceptionOfType(TrustException.class)
                    .isThrownBy(() ->
                            keys(google).open("gcpkms://" + KEY + "/versions/7").sign(MESSAGE))
                    .withMessageContaining(said);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RSA_SIGN_PSS_2048_SHA256", "EC_SIGN_SECP256K1_SHA256", "RSA_SIGN_PKCS1_4096_SHA512", "HMAC"})
    void aKeyWhoseSignaturesOthersWouldNotVerifyIsRefused(String algorithm) throws IOException {
        try (FakeGoogle google = new FakeGoogle(algorithm, "EC secp256r1", "sha256")) {
            assertThatExceptionOfType(TrustException.class)
                    .isThrownBy(() ->
                            keys(google).open("gcpkms://" + KEY + "/versions/7").publicKey())
                    .withMessageContaining("a key of the kind " + algorithm + " does not sign here");
        }
    }

    @Test
    void aRefusalSaysWhyAndNotTheToken() throws IOException {
        try (FakeGoogle google = new FakeGoogle("EC_SIGN_P256_SHA256", "EC secp256r1", "sha256")) {
            google.broken = "permission";

            assertThatExceptionOfType(OciException.class)
                    .isThrownBy(() ->
                            keys(google).open("gcpkms://" + KEY + "/versions/7").publicKey())
                    .withMessageStartingWith("cannot use the key gcpkms://" + KEY + "/versions/7: 403 after 1 try")
                    .withMessageEndingWith(": Permission denied with ***");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcpkms://",
                "gcpkms://projects/p",
                "gcpkms://" + KEY + "/versions/0",
                "gcpkms://" + KEY + "/../x"
            })
    void aMalformedReferenceIsRefused(String reference) {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> keys(Map.of()).open(reference).publicKey())
                .withMessageContaining("is not named as gcpkms://projects/PROJECT/locations/");
    }

    @Test
    void aTokenThatIsRefusedBeforeItsTimeIsAskedForAnew() throws IOException, InterruptedException {
        try (FakeGoogle google = new FakeGoogle("EC_SIGN_P256_SHA256", "EC secp256r1", "sha256")) {
            SigningKey key = keys(google).open("gcpkms://" + KEY + "/versions/7");
            key.publicKey();
            google.broken = "token";

            key.sign(MESSAGE);

            String sign = "POST /v1/" + KEY + "/cryptoKeyVersions/7:asymmetricSign";
            assertThat(google.asked()).endsWith(sign, "GET /token", sign);
        }
    }

    private SigningKeys keys(FakeGoogle google) {
        return keys(Map.of(
                "GCE_METADATA_HOST",
                google.host(),
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS",
                google.address() + "/"));
    }

    private SigningKeys keys(Map<String, String> environment) {
        return new SigningKeys(
                () -> new KeyServices(environment, Optional.of(home), transport),
                () -> List.of(new GoogleKeys(), new AmazonKeys()),
                file -> Optional.empty());
    }

    /// Google Cloud KMS and, for who asks, the metadata server.
    private static final class FakeGoogle extends FakeKms {
        private final String algorithm;
        private final String hash;
        private volatile String broken = "";

        FakeGoogle(String algorithm, String kind, String hash) throws IOException {
            super(kind);
            this.algorithm = algorithm;
            this.hash = hash;
        }

        @Override
        protected String name(HttpExchange exchange) {
            String target = exchange.getRequestURI().toString();
            return exchange.getRequestMethod() + " " + (target.startsWith("/computeMetadata/") ? "/token" : target);
        }

        @Override
        protected Answer answer(HttpExchange exchange, byte[] body, JsonNode question) throws GeneralSecurityException {
            ObjectNode json = JSON.createObjectNode();
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/computeMetadata/")) {
                exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
                return new Answer(200, json.put("access_token", TOKEN).put("expires_in", 3600));
            }
            if (broken.equals("token")) {
                broken = "";
                json.putObject("error").put("code", 401).put("message", "Invalid Credentials");
                return new Answer(401, json);
            }
            boolean known =
                    ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!known || broken.equals("permission")) {
                json.putObject("error").put("code", 403).put("message", "Permission denied with " + TOKEN);
                return new Answer(403, json);
            }
            if (path.endsWith("/publicKey")) {
                String pem = Keys.pem(pair.getPublic());
                return new Answer(
                        200,
                        json.put("pem", pem)
                                .put("algorithm", algorithm)
                                .put("pemCrc32c", sum("pemCrc32c", pem.getBytes(StandardCharsets.UTF_8))));
            }
            if (path.endsWith(":asymmetricSign")) {
                return new Answer(200, signed(question, json));
            }
            for (String version : List.of("9", "12", "2")) {
                json.withArray("cryptoKeyVersions")
                        .addObject()
                        .put("name", KEY + "/cryptoKeyVersions/" + version)
                        .put("state", "ENABLED");
            }
            return new Answer(200, json);
        }

        private ObjectNode signed(JsonNode question, ObjectNode json) throws GeneralSecurityException {
            String part = hash.isEmpty() ? "data" : "digest";
            String text = hash.isEmpty()
                    ? question.path("data").asString("")
                    : question.path("digest").path(hash).asString("");
            byte[] sent = Base64.getDecoder().decode(text);
            byte[] signature = signature(sent);
            if (broken.equals("signature")) {
                signature[signature.length - 1] ^= 1;
            }
            String verified = hash.isEmpty() ? "verifiedDataCrc32c" : "verifiedDigestCrc32c";
            boolean right = question.path(part + "Crc32c").asString("").equals(sum("", sent)) && sent.length > 0;
            return json.put("signature", Base64.getEncoder().encodeToString(signature))
                    .put("signatureCrc32c", sum("signatureCrc32c", signature))
                    .put(verified, right && !broken.equals(verified));
        }

        private String sum(String name, byte[] bytes) {
            CRC32C sum = new CRC32C();
            sum.update(bytes);
            return Long.toString(broken.equals(name) && !name.isEmpty() ? sum.getValue() ^ 1 : sum.getValue());
        }
    }
}
