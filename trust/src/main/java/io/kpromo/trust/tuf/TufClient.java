// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.tuf;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Reads files of a TUF repository, after its metadata has been brought up to date. The TUF specification 1.0,
/// section 5, is followed step by step, but for delegations: only files that the role `targets` itself names are
/// found. Snapshots have to be consistent.
///
/// What was trusted is kept in a folder, so that neither files nor versions go back. With all in place, a refresh
/// takes two requests: for a newer root, and for the timestamp.
public final class TufClient {
    private static final int MOST_ROOTS = 256;
    private static final int LARGEST_ROOT = 512 << 10;
    private static final int LARGEST_TIMESTAMP = 16 << 10;
    private static final int LARGEST_METADATA = 4 << 20;
    private static final int LARGEST_TARGET = 16 << 20;

    private final TufMirror mirror;
    private final TufCache cache;
    private final Supplier<Bytes> firstRoot;
    private final InstantSource clock;

    /// @param folder of this repository's cache; nobody else's
    /// @param firstRoot the root to begin with, which came with the program
    public TufClient(TufMirror mirror, Path folder, Supplier<Bytes> firstRoot, InstantSource clock) {
        this.mirror = mirror;
        this.cache = new TufCache(folder);
        this.firstRoot = firstRoot;
        this.clock = clock;
    }

    /// Metadata that is up to date.
    public final class Targets {
        private final Metadata targets;

        private Targets(Metadata targets) {
            this.targets = targets;
        }

        /// The file of this name; asked for only where it has changed.
        ///
        /// @throws TrustException where the repository has none, or it is not the one that was signed
        public Bytes read(String name) throws InterruptedException {
            Json files = targets.signed().object("targets");
            if (!files.has(name) || name.contains("/")) {
                throw targets.refused("names no " + name);
            }
            Wanted wanted = Wanted.read(name, files.object(name), LARGEST_TARGET);
            String hash = Optional.ofNullable(wanted.hashes().get("SHA-256"))
                    .orElseThrow(() -> targets.refused("has no SHA-256 of " + name));
            Optional<Bytes> kept = cache.read("target." + name).filter(wanted::matches);
            if (kept.isPresent()) {
                return kept.get();
            }
            Bytes file = wanted.require(fetched("targets/" + hash + "." + name, wanted.length()));
            cache.write("target." + name, file);
            return file;
        }
    }

    /// Brings the metadata up to date.
    ///
    /// @throws TrustException where it is not to be trusted: says which file, and why
    /// @throws io.kpromo.oci.OciException where the mirror can't be read
    public Targets refresh() throws InterruptedException {
        Instant now = clock.instant();
        Metadata root = root();
        root.requireFresh(now);
        if (!root.signed().node().path("consistent_snapshot").asBoolean(false)) {
            throw root.refused("has no consistent snapshots");
        }
        Metadata timestamp = timestamp(Role.of(root.signed(), "timestamp"), now);
        Metadata snapshot = snapshot(Role.of(root.signed(), "snapshot"), timestamp, now);
        return new Targets(targets(Role.of(root.signed(), "targets"), snapshot, now));
    }

    /// Section 5.3: from the root we know to the newest, each signed by the one before and by itself.
    private Metadata root() throws InterruptedException {
        Metadata root = knownRoot();
        for (int i = 0; i < MOST_ROOTS; i++) {
            String file = (root.version() + 1) + ".root.json";
            Optional<Bytes> next = mirror.read(file, LARGEST_ROOT);
            if (next.isEmpty()) {
                return root;
            }
            Metadata newer = Metadata.parse(file, "root", next.get());
            Role.of(root.signed(), "root").requireSigned(newer);
            Role.of(newer.signed(), "root").requireSigned(newer);
            newer.requireVersion(root.version() + 1);
            cache.write("root.json", newer.bytes());
            // Whoever had the old keys may have led the versions far ahead (section 5.3.11).
            if (hasOtherKeys(root, newer, "timestamp") || hasOtherKeys(root, newer, "snapshot")) {
                cache.forget("timestamp.json");
                cache.forget("snapshot.json");
            }
            root = newer;
        }
        throw root.refused("has more than " + MOST_ROOTS + " successors");
    }

    private Metadata knownRoot() {
        Metadata first = Metadata.parse("the root that came with kpromo", "root", firstRoot.get());
        Optional<Metadata> kept = kept("root.json", "root", Optional.empty());
        kept.ifPresent(root -> Role.of(root.signed(), "root").requireSigned(root));
        return kept.filter(root -> root.version() > first.version()).orElse(first);
    }

    private static boolean hasOtherKeys(Metadata older, Metadata newer, String role) {
        return !Role.of(older.signed(), role).equals(Role.of(newer.signed(), role));
    }

    /// What was trusted last time, unless its signers are no longer those of the role.
    private Optional<Metadata> kept(String file, String type, Optional<Role> role) {
        Optional<Bytes> bytes = cache.read(file);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            Metadata metadata = Metadata.parse("the cached " + file, type, bytes.get());
            role.ifPresent(signers -> signers.requireSigned(metadata));
            return Optional.of(metadata);
        } catch (TrustException unusable) {
            return Optional.empty();
        }
    }

    /// Section 5.4.
    private Metadata timestamp(Role role, Instant now) throws InterruptedException {
        Metadata timestamp =
                Metadata.parse("timestamp.json", "timestamp", fetched("timestamp.json", LARGEST_TIMESTAMP));
        role.requireSigned(timestamp);
        Optional<Metadata> before = kept("timestamp.json", "timestamp", Optional.of(role));
        if (before.isPresent()) {
            timestamp.requireNotBefore(before.get().version());
            long snapshot = before.get().about("snapshot.json").number("version");
            if (timestamp.about("snapshot.json").number("version") < snapshot) {
                throw timestamp.refused("names an older snapshot than version " + snapshot + " which was seen before:"
                        + " somebody may be leading us back");
            }
        }
        timestamp.requireFresh(now);
        cache.write("timestamp.json", timestamp.bytes());
        return timestamp;
    }

    /// Section 5.5.
    private Metadata snapshot(Role role, Metadata timestamp, Instant now) throws InterruptedException {
        Optional<Metadata> before = kept("snapshot.json", "snapshot", Optional.of(role));
        Metadata snapshot = named("snapshot", timestamp.about("snapshot.json"), before);
        role.requireSigned(snapshot);
        before.ifPresent(older -> requireNothingOlder(older, snapshot));
        snapshot.requireFresh(now);
        cache.write("snapshot.json", snapshot.bytes());
        return snapshot;
    }

    private static void requireNothingOlder(Metadata older, Metadata newer) {
        for (Map.Entry<String, JsonNode> file :
                older.signed().object("meta").node().properties()) {
            String name = file.getKey();
            long version = older.about(name).number("version");
            if (!newer.signed().object("meta").has(name) || newer.about(name).number("version") < version) {
                throw newer.refused("names no version of " + name + " as new as " + version
                        + " which was seen before: somebody may be leading us back");
            }
        }
    }

    /// Section 5.6.
    private Metadata targets(Role role, Metadata snapshot, Instant now) throws InterruptedException {
        Optional<Metadata> before = kept("targets.json", "targets", Optional.of(role));
        Metadata targets = named("targets", snapshot.about("targets.json"), before);
        role.requireSigned(targets);
        targets.requireFresh(now);
        cache.write("targets.json", targets.bytes());
        return targets;
    }

    /// The metadata that other metadata names; asked for only where it is another than last time.
    private Metadata named(String type, Json meta, Optional<Metadata> before) throws InterruptedException {
        long version = meta.number("version");
        String file = version + "." + type + ".json";
        Wanted wanted = Wanted.read(file, meta, LARGEST_METADATA);
        Optional<Metadata> same = before.filter(known -> known.version() == version && wanted.matches(known.bytes()));
        if (same.isPresent()) {
            return same.get();
        }
        Metadata metadata = Metadata.parse(file, type, wanted.require(fetched(file, wanted.length())));
        metadata.requireVersion(version);
        return metadata;
    }

    private Bytes fetched(String path, int most) throws InterruptedException {
        return mirror.read(path, most)
                .orElseThrow(() ->
                        new TrustException("the root of trust can't be brought up to date: the mirror has no " + path));
    }
}
