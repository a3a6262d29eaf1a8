// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.sigstore.SignatureCheck;
import io.kpromo.trust.sigstore.TransparencyLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The state of a log, as a signed note says it: its origin, its size, the hash of its root. C2SP,
/// "tlog-checkpoint" and "signed-note".
///
/// @param text what is signed
record Checkpoint(String origin, long size, Bytes rootHash, String text, List<Line> lines) {
    private static final int LARGEST = 64 * 1024;
    private static final int KEY_ID = 4;
    private static final String SIGNATURE = "\u2014 ";

    /// A signature.
    ///
    /// @param keyId the first bytes of the signer's id
    record Line(String name, Bytes keyId, Bytes signature) {}

    static Optional<Checkpoint> parse(String note) {
        int end = note.indexOf("\n\n");
        if (end < 0 || note.length() > LARGEST) {
            return Optional.empty();
        }
        String text = note.substring(0, end + 1);
        String[] head = text.split("\n", -1);
        if (head.length < 4 || head[0].isEmpty()) {
            return Optional.empty();
        }
        try {
            List<Line> lines = new ArrayList<>();
            for (String line : note.substring(end + 2).strip().split("\n", -1)) {
                lines.add(line(line));
            }
            return Optional.of(new Checkpoint(
                    head[0], Long.parseLong(head[1]), Bytes.ofBase64(head[2]), text, List.copyOf(lines)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Line line(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(SIGNATURE) || space <= SIGNATURE.length()) {
            throw new IllegalArgumentException("no line of a signature");
        }
        byte[] bytes = Bytes.ofBase64(line.substring(space + 1)).array();
        if (bytes.length <= KEY_ID) {
            throw new IllegalArgumentException("no signature");
        }
        return new Line(
                line.substring(SIGNATURE.length(), space),
                Bytes.of(Arrays.copyOf(bytes, KEY_ID)),
                Bytes.of(Arrays.copyOfRange(bytes, KEY_ID, bytes.length)));
    }

    /// Whether one of the signatures is this log's. Rekor 1 adds the number of its tree to the name in the origin.
    boolean isSignedBy(TransparencyLog log) {
        Bytes id = Bytes.of(Arrays.copyOf(log.id().array(), KEY_ID));
        for (Line line : lines) {
            boolean its = line.keyId.equals(id) && (origin.equals(line.name) || origin.startsWith(line.name + " - "));
            if (its && SignatureCheck.verifies(log.key(), Bytes.of(text).array(), line.signature.array())) {
                return true;
            }
        }
        return false;
    }
}
