// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.bundle.LogEntry.InclusionProof;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A log of signatures: Rekor 1, which promises and states times, or Rekor 2, which does neither.
public final class SampleLog {
    static final String ORIGIN = "rekor.sample.test";

    private final int version;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Bytes> leaves = new ArrayList<>();
    final KeyPair keys;

    SampleLog(int version) {
        this.version = version;
        this.keys = version == 1 ? SampleKeys.p256() : SampleKeys.ed25519();
        // So that proofs have something to prove.
        for (int i = 0; i < 5; i++) {
            leaves.add(hash(0, Bytes.of("another's entry " + i), Bytes.of("")));
        }
    }

    Bytes id() {
        byte[] info = keys.getPublic().getEncoded();
        if (version == 1) {
            return SampleCertificates.sha256(info);
        }
        byte[] head = (ORIGIN + "\n\u0001").getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + 32);
        System.arraycopy(info, info.length - 32, all, head.length, 32);
        return SampleCertificates.sha256(all);
    }

    int size() {
        lock.lock();
        try {
            return leaves.size();
        } finally {
            lock.unlock();
        }
    }

    LogEntry add(String kind, String kindVersion, Bytes body, Instant at) {
        lock.lock();
        try {
            leaves.add(hash(0, body, Bytes.of("")));
            int index = leaves.size() - 1;
            // As if other trees of the same log came before.
            long global = version == 1 ? 1000L + index : index;
            long time = version == 1 ? at.getEpochSecond() : 0;
            Bytes root = root(leaves);
            InclusionProof proof =
                    new InclusionProof(index, root, leaves.size(), path(index, leaves), checkpoint(root));
            return new LogEntry(
                    global, id(), kind, kindVersion, time, promise(body, time, global), Optional.of(proof), body);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Bytes> promise(Bytes body, long time, long index) {
        if (version != 1) {
            return Optional.empty();
        }
        String promised = "{\"body\":\"%s\",\"integratedTime\":%d,\"logID\":\"%s\",\"logIndex\":%d}"
                .formatted(body.base64(), time, id().hex(), index);
        return Optional.of(
                Bytes.of(SampleKeys.sign(keys.getPrivate(), Bytes.of(promised).array())));
    }

    private String checkpoint(Bytes root) {
        String text = (version == 1 ? ORIGIN + " - 4711" : ORIGIN) + "\n" + leaves.size() + "\n" + root.base64() + "\n";
        byte[] signature = SampleKeys.sign(keys.getPrivate(), Bytes.of(text).array());
        byte[] line = Arrays.copyOf(id().array(), 4 + signature.length);
        System.arraycopy(signature, 0, line, 4, signature.length);
        return text + "\n\u2014 " + ORIGIN + " " + Bytes.of(line).base64() + "\n";
    }

    private static Bytes root(List<Bytes> part) {
        if (part.size() == 1) {
            return part.getFirst();
        }
        int split = Integer.highestOneBit(part.size() - 1);
        return hash(1, root(part.subList(0, split)), root(part.subList(split, part.size())));
    }

    private static List<Bytes> path(int index, List<Bytes> part) {
        if (part.size() == 1) {
            return List.of();
        }
        int split = Integer.highestOneBit(part.size() - 1);
        boolean left = index < split;
        List<Bytes> path = new ArrayList<>(
                left ? path(index, part.subList(0, split)) : path(index - split, part.subList(split, part.size())));
        path.add(root(left ? part.subList(split, part.size()) : part.subList(0, split)));
        return path;
    }

    private static Bytes hash(int prefix, Bytes one, Bytes two) {
        byte[] all = new byte[1 + one.length() + two.length()];
        all[0] = (byte) prefix;
        System.arraycopy(one.array(), 0, all, 1, one.length());
        System.arraycopy(two.array(), 0, all, 1 + one.length(), two.length());
        return SampleCertificates.sha256(all);
    }
}
