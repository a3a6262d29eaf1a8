// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.http.Time;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.key.HashKind;
import io.kpromo.trust.key.HeldKey;
import io.kpromo.trust.key.KeyProvider;
import io.kpromo.trust.key.KeyServices;
import io.kpromo.trust.key.Keys;
import java.net.URI;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Keys of AWS KMS, as cosign names them: `awskms:///ID`, `awskms:///alias/NAME`, `awskms:///ARN`, and
/// `awskms://HOST/…` where the service is elsewhere.
///
/// The region is that of an ARN, or `AWS_REGION`, or the profile's. Credentials are those that Amazon's registries are
/// shown.
public final class AmazonKeys implements KeyProvider {
    private static final String SCHEME = "awskms";
    private static final Pattern REFERENCE = Pattern.compile("awskms://([\\w.:\\[\\]-]*)/([\\w:/-]{1,2048})");
    private static final Pattern ARN = Pattern.compile("arn:[\\w-]+:kms:([a-z0-9-]{1,40}):.*");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    /// How keys of each kind sign. Ed25519 alone takes the message itself.
    private static final Map<String, String> ALGORITHMS = Map.of(
            "ECC_NIST_P256", "ECDSA_SHA_256",
            "ECC_NIST_P384", "ECDSA_SHA_384",
            "ECC_NIST_P521", "ECDSA_SHA_512",
            "ECC_NIST_EDWARDS25519", "ED25519_SHA_512",
            "RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256",
            "RSA_3072", "RSASSA_PKCS1_V1_5_SHA_256",
            "RSA_4096", "RSASSA_PKCS1_V1_5_SHA_256");

    /// Amazon refuses the message itself beyond this.
    private static final int LONGEST_RAW = 4096;

    @Override
    public Set<String> schemes() {
        return Set.of(SCHEME);
    }

    @Override
    public HeldKey find(String reference, KeyServices services) throws InterruptedException {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            throw new TrustException(
                    "the key " + reference + " is not named as awskms:///ID, awskms:///alias/NAME or awskms:///ARN");
        }
        String why = "cannot use the key " + reference;
        Surroundings around = new Surroundings(services.environment(), services.home());
        String region = region(parts.group(2), around, why);
        Service service = new Service(
                address(parts.group(1), region, services),
                new AmazonSigner(new AmazonIdentity(around), region, Time.system(), why),
                services,
                why);
        Json answer = service.ask("GetPublicKey", JsonText.object().put("KeyId", parts.group(2)));
        String algorithm = Optional.ofNullable(ALGORITHMS.get(answer.text("KeySpec")))
                .orElseThrow(() -> new TrustException(why + ": a key of the kind " + answer.text("KeySpec")
                        + " does not sign here; take ECC_NIST_P256, another of ECC_NIST, or RSA"));
        // By its id rather than its alias: that may come to mean another key while we work.
        return new Held(service, answer.text("KeyId"), algorithm, publicKey(answer));
    }

    private static PublicKey publicKey(Json answer) {
        String pem =
                "-----BEGIN PUBLIC KEY-----\n" + answer.bytes("PublicKey").base64() + "\n-----END PUBLIC KEY-----\n";
        return Keys.parsePublic(pem).stream().findFirst().orElseThrow(() -> answer.wrong("holds no public key"));
    }

    private static String region(String key, Surroundings around, String why) {
        Matcher arn = ARN.matcher(key);
        if (arn.matches()) {
            return arn.group(1);
        }
        return around.variable("AWS_REGION")
                .or(() -> around.variable("AWS_DEFAULT_REGION"))
                .or(() -> profiled(around, why))
                .filter(name -> REGION.matcher(name).matches())
                .orElseThrow(() -> new TrustException(
                        why + ": in which region? set AWS_REGION, name it in a profile, or name the key by its ARN"));
    }

    private static Optional<String> profiled(Surroundings around, String why) {
        try {
            return new AmazonProfiles(around).region();
        } catch (RuntimeException e) {
            // The text may hold a line of the files, and so a secret.
            throw new TrustException(why + ": in which region? the files of the AWS CLI can't be read; set AWS_REGION");
        }
    }

    private static URI address(String host, String region, KeyServices services) {
        if (!host.isEmpty()) {
            return URI.create((isThisMachine(host) ? "http://" : "https://") + host + "/");
        }
        String home = "https://kms." + region + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
        String instead = services.variable("AWS_ENDPOINT_URL_KMS")
                .or(() -> services.variable("AWS_ENDPOINT_URL"))
                .orElse(home);
        return URI.create(instead.endsWith("/") ? instead : instead + "/");
    }

    private static boolean isThisMachine(String host) {
        try {
            return new Host(host).isLoopback();
        } catch (InvalidNameException e) {
            throw new TrustException("awskms://" + host + "/… names no host", e);
        }
    }

    private record Held(Service service, String id, String algorithm, PublicKey publicKey) implements HeldKey {
        @Override
        public Bytes sign(Bytes message) throws InterruptedException {
            boolean raw = algorithm.startsWith("ED25519");
            if (raw && message.length() > LONGEST_RAW) {
                throw new TrustException(service.why + ": AWS KMS signs at most " + LONGEST_RAW
                        + " bytes with Ed25519, and this has " + message.length() + "; take a key of ECC_NIST_P256");
            }
            Bytes sent = raw
                    ? message
                    : HashKind.valueOf("SHA" + algorithm.substring(algorithm.length() - 3))
                            .of(message);
            return service.ask(
                            "Sign",
                            JsonText.object()
                                    .put("KeyId", id)
                                    .put("Message", sent.base64())
                                    .put("MessageType", raw ? "RAW" : "DIGEST")
                                    .put("SigningAlgorithm", algorithm))
                    .bytes("Signature");
        }
    }

    private record Service(URI address, AmazonSigner signer, KeyServices services, String why) {
        Json ask(String operation, ObjectNode question) throws InterruptedException {
            return services.transport()
                    .send(AmazonCall.of(address, "TrentService." + operation, JsonText.write(question), signer, why));
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }
}
