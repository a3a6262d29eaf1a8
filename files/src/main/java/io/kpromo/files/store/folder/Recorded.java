// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.folder;

import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/// The sum that is recorded with a file, in its extended attribute `user.kpromo.sha256`: the sum, and the size and
/// time of change of the file that it is of. Of a file that was changed since, nothing is recorded.
final class Recorded {
    private static final String NAME = "kpromo.sha256";
    private static final int LONGEST = 256;

    private Recorded() {}

    /// @param state of the file, as it would stand there
    /// @return empty where there is none, or one of another state
    static Optional<Digest> sum(Path path, String state) {
        try {
            UserDefinedFileAttributeView view = view(path);
            if (view == null) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
            view.read(NAME, bytes);
            String[] parts =
                    StandardCharsets.US_ASCII.decode(bytes.flip()).toString().split(" ", 2);
            return parts.length == 2 && parts[1].equals(state)
                    ? Optional.of(Digest.parse("sha256:" + parts[0]))
                    : Optional.empty();
        } catch (IOException | InvalidNameException e) {
            // None, too long, or written by somebody else: the bytes will tell.
            return Optional.empty();
        }
    }

    /// Records it, where the file system can.
    static void write(Path path, Digest sum, String state) {
        try {
            UserDefinedFileAttributeView view = view(path);
            if (view != null) {
                view.write(NAME, StandardCharsets.US_ASCII.encode(sum.hex() + " " + state));
            }
        } catch (IOException e) {
            // It can't: then the file is read again when somebody wants to know.
        }
    }

    private static @org.jspecify.annotations.Nullable UserDefinedFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    }
}
