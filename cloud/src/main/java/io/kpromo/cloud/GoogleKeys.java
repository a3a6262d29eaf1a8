// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Time;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.key.HashKind;
import io.kpromo.trust.key.HeldKey;
import io.kpromo.trust.key.KeyCall;
import io.kpromo.trust.key.KeyProvider;
import io.kpromo.trust.key.KeyServices;
import io.kpromo.trust.key.Keys;
import java.net.URI;
import java.security.PublicKey;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// Keys of Google Cloud KMS: `gcpkms://projects/P/locations/L/keyRings/R/cryptoKeys/K`, and `/versions/N` for one
/// version; otherwise the newest that is enabled is found once and used from then on.
///
/// Credentials are those that Google's registries are shown. Google checks what it is sent, and we what it answers,
/// by CRC32C, as the manual asks ("Data integrity guidelines").
public final class GoogleKeys implements KeyProvider {
    private static final String SCHEME = "gcpkms";
    private static final String HOME = "https://cloudkms.googleapis.com";
    /// As gcloud has it.
    private static final String INSTEAD = "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS";

    private static final Pattern REFERENCE = Pattern.compile("gcpkms://(projects/[\\w.:-]+/locations/[\\w-]+/keyRings/"
            + "[\\w-]+/cryptoKeys/[\\w-]+)(?:/(?:versions|cryptoKeyVersions)/([1-9][0-9]{0,8}))?");
    private static final Pattern NUMBER = Pattern.compile(".*/cryptoKeyVersions/([1-9][0-9]{0,8})");
    private static final Pattern ALGORITHM =
            Pattern.compile("EC_SIGN_(?:P256_SHA256|P384_SHA384|ED25519)|RSA_SIGN_PKCS1_[0-9]{4}_SHA256");
    private static final int MOST_VERSIONS = 1000;

    @Override
    public Set<String> schemes() {
        return Set.of(SCHEME);
    }

    @Override
    public HeldKey find(String reference, KeyServices services) throws InterruptedException {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            throw new TrustException("the key " + reference + " is not named as gcpkms://projects/PROJECT/locations/"
                    + "LOCATION/keyRings/RING/cryptoKeys/KEY[/versions/NUMBER]");
        }
        Surroundings around = new Surroundings(services.environment(), services.home());
        GoogleSource credentials = CloudCredentials.google(around, remark -> {}, Time.system());
        Service service = new Service(
                services.variable(INSTEAD).orElse(HOME).replaceAll("/+$", ""),
                services,
                credentials.signIn(),
                "cannot use the key " + reference);
        String version = parts.group(2) == null ? service.newest(parts.group(1)) : parts.group(2);
        String name = parts.group(1) + "/cryptoKeyVersions/" + version;
        Json answer = service.ask("/v1/" + name + "/publicKey", Optional.empty());
        String algorithm = answer.text("algorithm");
        if (!ALGORITHM.matcher(algorithm).matches()) {
            throw new TrustException(service.why + ": a key of the kind " + algorithm
                    + " does not sign here; take EC_SIGN_P256_SHA256, EC_SIGN_P384_SHA384, EC_SIGN_ED25519 or one of"
                    + " RSA_SIGN_PKCS1_…_SHA256");
        }
        String pem = answer.text("pem");
        service.check(Bytes.of(pem), answer, "pemCrc32c");
        PublicKey key =
                Keys.parsePublic(pem).stream().findFirst().orElseThrow(() -> answer.wrong("holds no public key"));
        return new Held(service, name, algorithm, key);
    }

    private record Held(Service service, String name, String algorithm, PublicKey publicKey) implements HeldKey {
        @Override
        public Bytes sign(Bytes message) throws InterruptedException {
            var question = JsonText.object();
            if (algorithm.endsWith("ED25519")) {
                question.put("data", message.base64()).put("dataCrc32c", Long.toString(crc32c(message)));
            } else {
                HashKind kind = HashKind.valueOf(algorithm.substring(algorithm.lastIndexOf('_') + 1));
                Bytes hash = kind.of(message);
                question.putObject("digest").put(kind.name().toLowerCase(Locale.ROOT), hash.base64());
                question.put("digestCrc32c", Long.toString(crc32c(hash)));
            }
            Json answer = service.ask("/v1/" + name + ":asymmetricSign", Optional.of(JsonText.write(question)));
            if (!answer.node().path("verifiedDigestCrc32c").asBoolean(false)
                    && !answer.node().path("verifiedDataCrc32c").asBoolean(false)) {
                throw answer.wrong("does not say that what was sent arrived as it was");
            }
            Bytes signature = answer.bytes("signature");
            service.check(signature, answer, "signatureCrc32c");
            return signature;
        }
    }

    private static long crc32c(Bytes bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.array());
        return sum.getValue();
    }

    private record Service(String base, KeyServices services, SignIn signIn, String why) {
        Json ask(String path, Optional<Bytes> body) throws InterruptedException {
            return services.transport().send(new KeyCall(URI.create(base + path), Map.of(), body, signIn, why));
        }

        /// The number of the newest version that is enabled.
        String newest(String key) throws InterruptedException {
            Json answer = ask(
                    "/v1/" + key + "/cryptoKeyVersions?filter=state%3DENABLED&pageSize=" + MOST_VERSIONS,
                    Optional.empty());
            return answer.list("cryptoKeyVersions", MOST_VERSIONS).stream()
                    .map(version -> NUMBER.matcher(version.asObject().text("name")))
                    .filter(Matcher::matches)
                    .map(found -> Integer.valueOf(found.group(1)))
                    .max(Comparator.naturalOrder())
                    .map(String::valueOf)
                    .orElseThrow(() -> new TrustException(why + ": it has no version that is enabled"));
        }

        void check(Bytes bytes, Json answer, String sum) {
            if (answer.has(sum) && answer.number(sum) != crc32c(bytes)) {
                throw answer.wrong("was changed on its way: " + sum + " is another");
            }
        }

        @Override
        public String toString() {
            return base;
        }
    }
}
