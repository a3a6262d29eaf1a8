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
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.key.SigningKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AmazonKeysTest {
    private static final String SECRET = "a-secret-that-nobody-may-see";
    private static final String SESSION = "a-session-that-nobody-may-see";
    private static final String ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234";
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
        "ECC_NIST_P256, EC secp256r1, ECDSA_SHA_256",
        "ECC_NIST_P384, EC secp384r1, ECDSA_SHA_384",
        "ECC_NIST_P521, EC secp521r1, ECDSA_SHA_512",
        "RSA_2048,      RSA 2048,     RSASSA_PKCS1_V1_5_SHA_256",
        "ECC_NIST_EDWARDS25519, Ed25519, ED25519_SHA_512",
    })
    void aKeyOfAmazonSigns(String spec, String kind, String algorithm) throws IOException, InterruptedException {
        try (FakeAmazon amazon = new FakeAmazon(spec, kind)) {
            SigningKey key = keys(amazon, SECRET).open("awskms:///" + ARN);

            assertThat(key.publicKey()).isEqualTo(amazon.pair.getPublic());
            key.sign(MESSAGE); // which verifies what it is given
            key.sign(MESSAGE);

            assertThat(amazon.asked())
                    .containsExactly("TrentService.GetPublicKey", "TrentService.Sign", "TrentService.Sign");
            assertThat(amazon.algorithm).isEqualTo(algorithm);
        }
    }

    @Test
    void aKeyIsFoundByItsAliasAtAnotherHost() throws IOException, InterruptedException {
        try (FakeAmazon amazon = new FakeAmazon("ECC_NIST_P256", "EC secp256r1")) {
            Map<String, String> around = new HashMap<>(around(amazon, SECRET));
            around.remove("AWS_ENDPOINT_URL_KMS");
            around.put("AWS_REGION", "eu-west-1");

            assertThat(keys(around)
                            .open("awskms://" + amazon.host() + "/alias/release")
                            .sign(MESSAGE))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eu-north-1, '', '', .aws/config, [default]",
        "eu-north-1, AWS_PROFILE, release, .aws/config, [profile release]",
        "eu-north-1, AWS_CONFIG_FILE, elsewhere, elsewhere, [default]",
        "us-east-2,  AWS_REGION, us-east-2, .aws/config, [default]",
    })
    void theRegionIsThatOfTheProfileWhereNoVariableNamesOne(
            String region, String variable, String value, String file, String section)
            throws IOException, InterruptedException {
        Path config = home.resolve(file);
        Files.createDirectories(config.getParent());
        Files.writeString(config, section + "\nregion = eu-north-1\n[profile other]\nregion = eu-south-1\n");
        try (FakeAmazon amazon = new FakeAmazon("ECC_NIST_P256", "EC secp256r1")) {
            Map<String, String> around = new HashMap<>(around(amazon, SECRET));
            if (!variable.isEmpty()) {
                around.put(variable, variable.endsWith("_FILE") ? config.toString() : value);
            }

            keys(around).open("awskms:///alias/release").publicKey();

            assertThat(amazon.region).isEqualTo(region);
        }
    }

    @Test
    void filesThatCannotBeReadSayNothingOfWhatIsInThem() throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/config"), "[default\naws_secret_access_key = " + SECRET + "\n");

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> keys(Map.of()).open("awskms:///alias/release").publicKey())
                .withMessageContaining("in which region?")
                .satisfies(e -> assertThat(e).hasNoCause())
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
    }

    @Test
    void aWrongSignatureOfTheRequestIsRefusedAndNothingSecretIsSaid() throws IOException {
        try (FakeAmazon amazon = new FakeAmazon("ECC_NIST_P256", "EC secp256r1")) {
            SigningKey key = keys(amazon, "another-secret").open("awskms:///" + ARN);

            assertThatExceptionOfType(TrustException.class)
                    .isThrownBy(key::publicKey)
                    .withMessage(
                            "cannot use the key awskms:///" + ARN + ": AWS KMS refuses with InvalidSignatureException");
        }
    }

    @Test
    void whoIsNotAllowedIsToldSo() throws IOException {
        try (FakeAmazon amazon = new FakeAmazon("ECC_NIST_P256", "EC secp256r1")) {
            amazon.refusal = "AccessDeniedException";

            assertThatExceptionOfType(TrustException.class)
                    .isThrownBy(
                            () -> keys(amazon, SECRET).open("awskms:///" + ARN).publicKey())
                    .withMessageEndingWith("AWS KMS refuses with AccessDeniedException: as the fake was told");
        }
    }

    @Test
    void aThrottledRequestIsTriedAgain() throws IOException, InterruptedException {
        try (FakeAmazon amazon = new FakeAmazon("ECC_NIST_P256", "EC secp256r1")) {
            amazon.throttled.set(1);

            keys(amazon, SECRET).open("awskms:///" + ARN).publicKey();

            assertThat(amazon.asked()).hasSize(2);
        }
    }

    @Test
    void aKeyThatDoesNotSignIsRefused() throws IOException {
        try (FakeAmazon amazon = new FakeAmazon("ECC_SECG_P256K1", "EC secp256r1")) {
            assertThatExceptionOfType(TrustException.class)
                    .isThrownBy(
                            () -> keys(amazon, SECRET).open("awskms:///" + ARN).publicKey())
                    .withMessageContaining("a key of the kind ECC_SECG_P256K1 does not sign here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"awskms://alias", "awskms:///", "awskms:///a?b", "awskms://user@host/alias/a"})
    void aMalformedReferenceIsRefused(String reference) {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> keys(Map.of()).open(reference).publicKey())
                .withMessageContaining("is not named as awskms:///ID");
    }

    @Test
    void withoutARegionOrCredentialsNobodyIsAsked() throws IOException {
        try (FakeAmazon amazon = new FakeAmazon("ECC_NIST_P256", "EC secp256r1")) {
            assertThatExceptionOfType(TrustException.class)
                    .isThrownBy(
                            () -> keys(Map.of()).open("awskms:///alias/release").publicKey())
                    .withMessageEndingWith(
                            "in which region? set AWS_REGION, name it in a profile, or name the key by its ARN");
            assertThatExceptionOfType(OciException.class)
                    .isThrownBy(() -> keys(Map.of(
                                    "AWS_EC2_METADATA_DISABLED", "true", "AWS_ENDPOINT_URL_KMS", amazon.address()))
                            .open("awskms:///" + ARN)
                            .publicKey())
                    .withMessageContaining("there are no AWS credentials");
            assertThat(amazon.asked()).isEmpty();
        }
    }

    private SigningKeys keys(FakeAmazon amazon, String secret) {
        return keys(around(amazon, secret));
    }

    private static Map<String, String> around(FakeAmazon amazon, String secret) {
        return Map.of(
                "AWS_ENDPOINT_URL_KMS",
                amazon.address(),
                "AWS_ACCESS_KEY_ID",
                "AKID",
                "AWS_SECRET_ACCESS_KEY",
                secret,
                "AWS_SESSION_TOKEN",
                SESSION);
    }

    private SigningKeys keys(Map<String, String> environment) {
        return new SigningKeys(
                () -> new KeyServices(environment, Optional.of(home), transport),
                () -> List.of(new GoogleKeys(), new AmazonKeys()),
                file -> Optional.empty());
    }

    /// AWS KMS, which believes only requests with a right signature (Signature Version 4, computed here anew).
    private static final class FakeAmazon extends FakeKms {
        private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 Credential=AKID/(([0-9]{8})/"
                + "([a-z0-9-]+)/kms/aws4_request), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

        private final String spec;
        private volatile String algorithm = "";
        private volatile String region = "";
        private volatile String refusal = "";
        private final AtomicInteger throttled = new AtomicInteger();

        FakeAmazon(String spec, String kind) throws IOException {
            super(kind);
            this.spec = spec;
        }

        @Override
        protected String name(HttpExchange exchange) {
            return header(exchange, "X-Amz-Target");
        }

        private static String header(HttpExchange exchange, String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .orElse("");
        }

        @Override
        protected Answer answer(HttpExchange exchange, byte[] body, JsonNode question) throws GeneralSecurityException {
            if (!isSigned(exchange, body)) {
                return refused(
                        "InvalidSignatureException",
                        "The Canonical String should have been x-amz-security-token:" + SESSION);
            }
            if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return refused("ThrottlingException", "Rate exceeded");
            }
            if (!refusal.isEmpty()) {
                return refused(refusal, "as the fake was told");
            }
            ObjectNode json = JSON.createObjectNode().put("KeyId", ARN);
            if (name(exchange).endsWith("GetPublicKey")) {
                byte[] encoded = pair.getPublic().getEncoded();
                return new Answer(
                        200,
                        json.put("KeySpec", spec)
                                .put("PublicKey", Base64.getEncoder().encodeToString(encoded)));
            }
            algorithm = question.path("SigningAlgorithm").asString("");
            boolean raw = question.path("MessageType").asString("").equals("RAW");
            if (raw != spec.contains("25519")
                    || !question.path("KeyId").asString("").equals(ARN)) {
                return refused("ValidationException", "wrong kind of message, or key");
            }
            byte[] sent = Base64.getDecoder().decode(question.path("Message").asString(""));
            return new Answer(200, json.put("Signature", Base64.getEncoder().encodeToString(signature(sent))));
        }

        private static Answer refused(String type, String why) {
            return new Answer(
                    400,
                    JSON.createObjectNode()
                            .put("__type", "com.amazonaws.kms#" + type)
                            .put("message", why));
        }

        private boolean isSigned(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
            Matcher sent = AUTHORIZATION.matcher(header(exchange, "Authorization"));
            if (!sent.matches() || !header(exchange, "X-Amz-Security-Token").equals(SESSION)) {
                return false;
            }
            region = sent.group(3);
            StringBuilder canonical = new StringBuilder("POST\n/\n\n");
            for (String name : sent.group(4).split(";", -1)) {
                canonical
                        .append(name)
                        .append(':')
                        .append(header(exchange, name))
                        .append('\n');
            }
            canonical.append('\n').append(sent.group(4)).append('\n').append(sha256(body));
            String toSign = "AWS4-HMAC-SHA256\n" + header(exchange, "X-Amz-Date") + "\n" + sent.group(1) + "\n"
                    + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
            byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
            for (String part : List.of(sent.group(2), sent.group(3), "kms", "aws4_request")) {
                key = hmac(key, part);
            }
            List<String> covered = List.of(sent.group(4).split(";", -1));
            return covered.containsAll(List.of("host", "x-amz-date", "x-amz-target", "x-amz-security-token"))
                    && HexFormat.of().formatHex(hmac(key, toSign)).equals(sent.group(5));
        }

        private static String sha256(byte[] bytes) throws GeneralSecurityException {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        }

        private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
