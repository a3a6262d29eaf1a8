// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.SignIn;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Keys of the transit engine of HashiCorp's Vault, and of OpenBao: `hashivault://NAME`. The newest version is
/// found once and used from then on.
///
/// As with Vault's own tools: `VAULT_ADDR`, `VAULT_TOKEN` or the file `~/.vault-token`, `VAULT_NAMESPACE`, and
/// [VaultAddress#authorities]; as with cosign, `TRANSIT_SECRET_ENGINE_PATH` says where the engine is, if not at
/// `transit`.
final class VaultKeys implements KeyProvider {
    private static final String SCHEME = "hashivault";
    /// More would mean something else in an address.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?");
    private static final Pattern ENGINE = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");
    private static final long LONGEST_TOKEN = 64 * 1024;

    @Override
    public Set<String> schemes() {
        return Set.of(SCHEME);
    }

    @Override
    public HeldKey find(String reference, KeyServices services) throws InterruptedException {
        String name = reference.substring(SCHEME.length() + "://".length());
        if (!NAME.matcher(name).matches()) {
            throw new TrustException("the key " + reference + " is not named as hashivault://NAME");
        }
        Vault vault = vault(reference, services);
        Json data = vault.ask("keys/" + name, Optional.empty()).object("data");
        String version = Long.toString(data.number("latest_version"));
        String type = data.text("type");
        String written = data.object("keys").object(version).text("public_key");
        PublicKey key = type.equals("ed25519") ? RawEd25519.key(written) : publicKey(reference, written);
        return new Held(vault, name, version, KeyKind.of(key), key);
    }

    private static PublicKey publicKey(String reference, String pem) {
        return Keys.parsePublic(pem).stream()
                .findFirst()
                .orElseThrow(() -> new TrustException("Vault gives no public key for " + reference
                        + "; its type has to be one that signs, such as ecdsa-p256"));
    }

    private static Vault vault(String reference, KeyServices services) {
        String address = services.variable("VAULT_ADDR")
                .orElseThrow(() -> new TrustException("cannot use the key " + reference + ": VAULT_ADDR is not set"));
        VaultAddress.requireChecks(address, services);
        String engine = services.variable("TRANSIT_SECRET_ENGINE_PATH").orElse("transit");
        if (!ENGINE.matcher(engine).matches()) {
            throw new TrustException("TRANSIT_SECRET_ENGINE_PATH is no path: " + engine);
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Vault-Token", token(reference, services).reveal());
        headers.put("X-Vault-Request", "true");
        services.variable("VAULT_NAMESPACE").ifPresent(space -> headers.put("X-Vault-Namespace", namespace(space)));
        return new Vault(
                address.replaceAll("/+$", "") + "/v1/" + engine + "/",
                headers,
                services,
                "cannot use the key " + reference);
    }

    private static String namespace(String space) {
        if (!space.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new TrustException("VAULT_NAMESPACE is no name of a namespace");
        }
        return space;
    }

    private static Secret token(String reference, KeyServices services) {
        return services.variable("VAULT_TOKEN")
                .or(() -> services.home()
                        .map(home -> home.resolve(".vault-token"))
                        .flatMap(VaultKeys::stored))
                .filter(text -> text.chars().allMatch(c -> c > ' ' && c < 0x7f))
                .map(Secret::of)
                .orElseThrow(() -> new TrustException("cannot use the key " + reference
                        + ": there is no token; set VAULT_TOKEN, or sign in with: vault login"));
    }

    private static Optional<String> stored(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LONGEST_TOKEN
                    ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            throw new TrustException("cannot read the token of Vault in " + file + ": " + Unreadable.why(e), e);
        }
    }

    /// One engine.
    private record Vault(String base, Map<String, String> headers, KeyServices services, String why) {
        Json ask(String path, Optional<Bytes> body) throws InterruptedException {
            try {
                URI address = URI.create(base + path);
                return services.transport().send(new KeyCall(address, headers, body, SignIn.nowhere(), why));
            } catch (IllegalArgumentException e) {
                throw new TrustException(why + ": VAULT_ADDR is no address: " + base, e);
            }
        }

        @Override
        public String toString() {
            return base;
        }
    }

    private record Held(Vault vault, String name, String version, KeyKind kind, PublicKey publicKey)
            implements HeldKey {
        @Override
        public Bytes sign(Bytes message) throws InterruptedException {
            boolean hashed = kind != KeyKind.ED25519;
            var question = JsonText.object()
                    .put("input", (hashed ? HashKind.SHA256.of(message) : message).base64())
                    .put("key_version", Long.parseLong(version));
            if (hashed) {
                question.put("prehashed", true)
                        .put("marshaling_algorithm", "asn1")
                        .put("signature_algorithm", "pkcs1v15");
            }
            String path = "sign/" + name + (hashed ? "/sha2-256" : "");
            Json answer = vault.ask(path, Optional.of(JsonText.write(question))).object("data");
            String signature = answer.text("signature");
            // `vault:v3:` and base64.
            String prefix = "vault:v" + version + ":";
            if (!signature.startsWith(prefix)) {
                throw answer.wrong("holds no signature of version " + version + " of the key");
            }
            try {
                return Bytes.ofBase64(signature.substring(prefix.length()));
            } catch (IllegalArgumentException e) {
                throw answer.wrong("holds a signature that is not base64");
            }
        }
    }
}
