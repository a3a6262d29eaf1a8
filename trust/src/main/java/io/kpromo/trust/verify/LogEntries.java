// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.bundle.LogEntry.InclusionProof;
import io.kpromo.trust.sigstore.SignatureCheck;
import io.kpromo.trust.sigstore.TransparencyLog;
import io.kpromo.trust.sigstore.TrustedRoot;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Entries of transparency logs: that they are about this signature, and that the log has promised to publish them
/// (Rekor 1) or proves that it has (Rekor 1 and 2).
final class LogEntries {
    private static final int MOST = 32;

    private final TrustedRoot root;

    LogEntries(TrustedRoot root) {
        this.root = root;
    }

    /// @param proven moments that timestamp authorities prove for the signature
    Evidence check(Signed signed, List<LogEntry> entries, List<Instant> proven) throws Refusal {
        if (entries.size() > MOST) {
            throw Refusal.failed("it has " + entries.size() + " log entries, more than " + MOST);
        }
        int known = 0;
        List<Instant> moments = new ArrayList<>();
        Optional<String> stranger = Optional.empty();
        for (LogEntry entry : entries) {
            Optional<TransparencyLog> log = root.log(entry.logId());
            if (log.isPresent()) {
                known++;
                requireAbout(signed, entry);
                check(entry, log.get(), proven).ifPresent(moments::add);
            } else {
                stranger = Optional.of("log " + entry.logId().hex());
            }
        }
        return new Evidence(known, moments, stranger);
    }

    private static void requireAbout(Signed signed, LogEntry entry) throws Refusal {
        try {
            LogBody.requireAbout(signed, entry);
        } catch (TrustException malformed) {
            throw Refusal.failed(String.valueOf(malformed.getMessage()));
        }
    }

    /// When the log got it, where it states that in a way that can be checked: only a promise covers the time.
    private static Optional<Instant> check(LogEntry entry, TransparencyLog log, List<Instant> proven) throws Refusal {
        if (entry.proof().isPresent() && !entry.proof().get().checkpoint().isEmpty()) {
            requireIncluded(entry, entry.proof().get(), log);
        } else if (entry.promise().isEmpty()) {
            throw Refusal.failed("its entry in log " + log + " has neither a promise nor a proof with a checkpoint");
        }
        if (entry.promise().isEmpty()) {
            for (Instant moment : proven) {
                if (log.validity().isOverAt(moment)) {
                    throw Refusal.failed("it was signed at " + moment + ", when log " + log
                            + " was not trusted any more: that is " + log.validity());
                }
            }
            return Optional.empty();
        }
        if (!SignatureCheck.verifies(
                log.key(), promised(entry), entry.promise().get().array())) {
            throw Refusal.failed("the promise of log " + log + " (signed entry timestamp) is not for its entry");
        }
        Instant moment = moment(entry);
        if (!log.validity().contains(moment)) {
            throw Refusal.failed("log " + log + " took its entry at " + moment + ", when it was not trusted: that is "
                    + log.validity());
        }
        return Optional.of(moment);
    }

    private static Instant moment(LogEntry entry) throws Refusal {
        try {
            return Instant.ofEpochSecond(entry.integratedTime());
        } catch (DateTimeException e) {
            throw Refusal.failed("its log entry has no sensible time");
        }
    }

    /// What a signed entry timestamp signs: JSON in its canonical form (RFC 8785).
    private static byte[] promised(LogEntry entry) {
        return Bytes.of("{\"body\":\"" + entry.canonicalizedBody().base64() + "\",\"integratedTime\":"
                        + entry.integratedTime() + ",\"logID\":\""
                        + entry.logId().hex() + "\",\"logIndex\":"
                        + entry.logIndex() + "}")
                .array();
    }

    private static void requireIncluded(LogEntry entry, InclusionProof proof, TransparencyLog log) throws Refusal {
        Checkpoint checkpoint = Checkpoint.parse(proof.checkpoint())
                .orElseThrow(() -> Refusal.failed("the checkpoint of log " + log + " can't be read"));
        if (!checkpoint.isSignedBy(log)) {
            throw Refusal.failed("the checkpoint is not signed by log " + log);
        }
        if (checkpoint.size() != proof.treeSize()) {
            throw Refusal.failed("the checkpoint of log " + log + " is of another tree: its size is "
                    + checkpoint.size() + ", that of the proof " + proof.treeSize());
        }
        Bytes computed = MerkleTree.root(
                        MerkleTree.leaf(entry.canonicalizedBody()), proof.logIndex(), proof.treeSize(), proof.hashes())
                .orElseThrow(() -> Refusal.failed("the proof of log " + log + " is too long or too short"));
        boolean stated = proof.rootHash().length() == 0 || computed.equals(proof.rootHash());
        if (!stated || !computed.equals(checkpoint.rootHash())) {
            throw Refusal.failed("the proof does not lead from its entry to the checkpoint of log " + log);
        }
    }
}
