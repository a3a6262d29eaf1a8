// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.Set;

/// A new key, not yet written.
///
/// @param privatePem encrypted, in PEM form
public record KeyFiles(Secret privatePem, PublicKey publicKey) {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /// Writes the private key for its owner alone, and the public one. Never overwrites: where one of the two is
    /// there, none is written.
    ///
    /// @throws TrustException where they can't be written
    public void write(Path privateFile, Path publicFile) {
        mustNotExist(privateFile, publicFile);
        try {
            create(privateFile, privatePem.reveal(), "rw-------");
            try {
                create(publicFile, Keys.pem(publicKey), "rw-r--r--");
            } catch (IOException e) {
                Files.delete(privateFile);
                throw e;
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /// Writes a public key; never overwrites.
    ///
    /// @throws TrustException where it can't be written
    public static void writePublic(PublicKey key, Path file) {
        try {
            create(file, Keys.pem(key), "rw-r--r--");
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /// For a look before anybody is asked for a password.
    ///
    /// @throws TrustException where one of these files is there
    public static void mustNotExist(Path... files) {
        for (Path file : files) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw cannotWrite(new FileAlreadyExistsException(file.toString()));
            }
        }
    }

    private static TrustException cannotWrite(IOException e) {
        return new TrustException("cannot write the key: " + Unreadable.why(e), e);
    }

    private static void create(Path file, String text, String permissions) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
        try (var out = Channels.newOutputStream(Files.newByteChannel(file, NEW, attributes))) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
