// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.store.Finding.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Reads what others wrote, up to a limit, and tells what could not be read from what is wrong.
final class Reading {
    /// Work that may fail in the ways of registries and of what they hold.
    interface Attempt<T> {
        T run() throws InterruptedException;
    }

    private static final long SMALL = 1 << 20;

    private final Registries registries;
    private final StoreLimits limits;
    private final Semaphore large = new Semaphore(2, true);

    Reading(Registries registries, StoreLimits limits) {
        this.registries = registries;
        this.limits = limits;
    }

    /// The result, or why there is none.
    <T> Loaded<T> attempt(ImageReference where, Attempt<T> attempt) throws InterruptedException {
        try {
            return new Loaded.Whole<>(attempt.run());
        } catch (OciException e) {
            return new Loaded.Broken<>(finding(where, e));
        }
    }

    private static Finding finding(ImageReference where, OciException e) {
        return switch (e) {
            case Refused refused -> refused.finding;
            case RegistryException said -> new Finding(Kind.UNREADABLE, where, said.toString());
            default -> new Finding(Kind.MALFORMED, where, String.valueOf(e.getMessage()));
        };
    }

    /// A manifest that a list names.
    RawManifest manifest(ImageReference where) throws InterruptedException {
        return registries
                .manifests()
                .get(where)
                .orElseThrow(() -> new Refused(new Finding(
                        Kind.MALFORMED, where, "the list of what refers to the image names it, and it is not there")));
    }

    /// What is made of all bytes of a blob. Of large ones only some are in memory at the same time, however many
    /// images are looked at: who attaches them may mean harm.
    <T> T parse(Repository repository, Descriptor blob, Function<Bytes, T> parser) throws InterruptedException {
        if (blob.size() <= SMALL) {
            return parser.apply(Bytes.of(blob(repository, blob)));
        }
        large.acquire();
        try {
            return parser.apply(Bytes.of(blob(repository, blob)));
        } finally {
            large.release();
        }
    }

    /// All bytes of a blob, its digest checked. One request; a second one where the bytes were wrong.
    byte[] blob(Repository repository, Descriptor blob) throws InterruptedException {
        ImageReference where = repository.at(blob.digest());
        if (blob.size() > limits.bytes()) {
            throw new Refused(new Finding(
                    Kind.TOO_MUCH,
                    where,
                    "it has " + blob.size() + " bytes; no more than " + limits.bytes() + " are read"));
        }
        byte[] bytes = fetch(where, blob);
        if (!blob.digest().matches(bytes)) {
            bytes = fetch(where, blob);
        }
        if (!blob.digest().matches(bytes)) {
            throw new Refused(
                    new Finding(Kind.MALFORMED, where, "its bytes have another digest: " + Digest.sha256(bytes)));
        }
        return bytes;
    }

    private byte[] fetch(ImageReference where, Descriptor blob) throws InterruptedException {
        Intake intake = new Intake(Math.toIntExact(blob.size()));
        try {
            registries.blobs().read(where.repository(), blob.digest(), intake);
        } catch (RegistryException e) {
            if (e.status() != 404) {
                throw e;
            }
            throw new Refused(new Finding(Kind.MALFORMED, where, "what points to it is there, and it is not"));
        }
        if (intake.tooMany || intake.length < intake.size) {
            throw new Refused(new Finding(
                    Kind.MALFORMED,
                    where,
                    "it has " + (intake.tooMany ? "more than" : intake.length + " bytes instead of") + " the "
                            + intake.size + " bytes that its manifest says"));
        }
        return Arrays.copyOf(intake.bytes, intake.length);
    }

    /// Something that a registry holds is not what it should be.
    static final class Refused extends OciException {
        private static final long serialVersionUID = 1;

        private final transient Finding finding;

        Refused(Finding finding) {
            super(finding.toString());
            this.finding = finding;
        }
    }

    /// Takes as many bytes as were announced; memory grows as they come, for who announces may lie.
    private static final class Intake implements BlobIntake {
        private static final int FIRST = 64 << 10;

        private final int size;
        private byte[] bytes;
        private int length;
        private boolean tooMany;

        Intake(int size) {
            this.size = size;
            this.bytes = new byte[Math.min(size, FIRST)];
        }

        @Override
        public long offset() {
            return length;
        }

        @Override
        public void take(InputStream more) throws IOException {
            while (length < size) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(size, 2L * bytes.length));
                }
                int n = more.read(bytes, length, bytes.length - length);
                if (n < 0) {
                    return;
                }
                length += n;
            }
            tooMany = more.read() >= 0;
        }
    }
}
