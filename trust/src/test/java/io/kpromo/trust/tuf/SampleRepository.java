// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.tuf;

import io.kpromo.oci.Digest;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.sigstore.SampleKeys;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A TUF repository in memory, whose owner can do right and wrong.
public final class SampleRepository implements TufMirror {
    public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final Bytes FILE = Bytes.of("{\"trust\":\"me\"}");

    final Map<String, Bytes> files = new HashMap<>();
    /// What it is for, by name.
    public final Map<String, Bytes> targets = new LinkedHashMap<>(Map.of("trusted_root.json", FILE));

    public final List<String> asked = new ArrayList<>();
    final Map<String, Long> versions =
            new HashMap<>(Map.of("root", 1L, "timestamp", 1L, "snapshot", 1L, "targets", 1L));
    public final Map<String, Duration> lives = new HashMap<>();
    public List<KeyPair> rootKeys = keys(3);
    List<KeyPair> onlineKeys = keys(1);
    List<KeyPair> targetKeys = keys(3);
    int rootThreshold = 2;

    static List<KeyPair> keys(int count) {
        List<KeyPair> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(i % 2 == 0 ? SampleKeys.p256() : SampleKeys.ed25519());
        }
        return keys;
    }

    @Override
    public Optional<Bytes> read(String path, int most) {
        asked.add(path);
        Optional<Bytes> file = Optional.ofNullable(files.get(path));
        if (file.isPresent() && file.get().length() > most) {
            throw new AssertionError("the client asked for at most " + most + " bytes of " + path);
        }
        return file;
    }

    static String id(KeyPair key) {
        return Integer.toHexString(key.getPublic().hashCode());
    }

    private ObjectNode head(String type) {
        return JsonText.object()
                .put("_type", type)
                .put("spec_version", "1.0.31")
                .put("version", versions.getOrDefault(type, 1L))
                .put(
                        "expires",
                        NOW.plus(lives.getOrDefault(type, Duration.ofDays(7))).toString());
    }

    /// Signed with these keys.
    static Bytes signed(ObjectNode signed, List<KeyPair> keys) {
        ObjectNode json = JsonText.object();
        Bytes message = CanonicalJson.write(Json.of("test", signed));
        var signatures = json.putArray("signatures");
        for (KeyPair key : keys) {
            signatures
                    .addObject()
                    .put("keyid", id(key))
                    .put("sig", HexFormat.of().formatHex(SampleKeys.sign(key.getPrivate(), message.array())));
        }
        return JsonText.write(json.set("signed", signed));
    }

    ObjectNode root() {
        ObjectNode root = head("root").put("consistent_snapshot", true);
        Map<String, List<KeyPair>> roles = new LinkedHashMap<>();
        roles.put("root", rootKeys);
        roles.put("timestamp", onlineKeys);
        roles.put("snapshot", onlineKeys);
        roles.put("targets", targetKeys);
        ObjectNode keys = root.putObject("keys");
        ObjectNode described = root.putObject("roles");
        roles.forEach((name, pairs) -> {
            ObjectNode role = described.putObject(name);
            role.put("threshold", name.equals("root") ? rootThreshold : name.equals("targets") ? 2 : 1);
            var ids = role.putArray("keyids");
            for (KeyPair pair : pairs) {
                ids.add(id(pair));
                keys.set(id(pair), key(pair));
            }
        });
        return root;
    }

    private static ObjectNode key(KeyPair pair) {
        byte[] info = pair.getPublic().getEncoded();
        boolean ec = pair.getPublic().getAlgorithm().equals("EC");
        ObjectNode key = JsonText.object()
                .put("keytype", ec ? "ecdsa" : "ed25519")
                .put("scheme", ec ? "ecdsa-sha2-nistp256" : "ed25519");
        String text = ec
                ? "-----BEGIN PUBLIC KEY-----\n" + Bytes.of(info).base64() + "\n-----END PUBLIC KEY-----\n"
                : HexFormat.of().formatHex(info, info.length - 32, info.length);
        key.putObject("keyval").put("public", text);
        return key;
    }

    /// Publishes the root of the current version, signed by these and by its own keys.
    public Bytes publishRoot(List<KeyPair> signers) {
        Bytes root = signed(root(), signers);
        files.put(versions.get("root") + ".root.json", root);
        return root;
    }

    ObjectNode targets() {
        ObjectNode targets = head("targets");
        ObjectNode described = targets.putObject("targets");
        this.targets.forEach((name, bytes) -> {
            ObjectNode file = described.putObject(name).put("length", bytes.length());
            file.putObject("hashes").put("sha256", sha256(bytes));
        });
        return targets;
    }

    ObjectNode snapshot() {
        ObjectNode snapshot = head("snapshot");
        snapshot.putObject("meta").putObject("targets.json").put("version", versions.getOrDefault("targets", 1L));
        return snapshot;
    }

    ObjectNode timestamp() {
        ObjectNode timestamp = head("timestamp");
        Bytes snapshot = files.getOrDefault(versions.get("snapshot") + ".snapshot.json", Bytes.of(""));
        ObjectNode about = timestamp.putObject("meta").putObject("snapshot.json");
        about.put("version", versions.getOrDefault("snapshot", 1L)).put("length", snapshot.length());
        about.putObject("hashes").put("sha256", sha256(snapshot));
        return timestamp;
    }

    static String sha256(Bytes bytes) {
        return Digest.sha256(bytes.array()).hex();
    }

    /// Publishes all but the root.
    public void publish() {
        files.put(versions.get("targets") + ".targets.json", signed(targets(), targetKeys));
        files.put(versions.get("snapshot") + ".snapshot.json", signed(snapshot(), onlineKeys));
        files.put("timestamp.json", signed(timestamp(), onlineKeys));
        targets.forEach((name, bytes) -> files.put("targets/" + sha256(bytes) + "." + name, bytes));
    }

    /// Puts other bytes in the place of a target that was published.
    public void change(String name, Bytes other) {
        files.put("targets/" + sha256(targets.getOrDefault(name, other)) + "." + name, other);
    }

    /// The next version of all but the root.
    void next() {
        for (String role : List.of("timestamp", "snapshot", "targets")) {
            versions.merge(role, 1L, Long::sum);
        }
        publish();
    }
}
