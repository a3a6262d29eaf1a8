// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.SourceFile;
import io.kpromo.oci.http.Response;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads files as they are, with all their bytes. GitHub gives none above 100 MiB, and nobody here needs one.
public final class WholeFile {
    private static final int LARGEST = 100 << 20;

    private WholeFile() {}

    /// @param ask for the bytes of a file
    /// @return empty where there is no such file
    public static Optional<SourceFile> read(Api api, Ask ask, String path) throws InterruptedException {
        return read(api, ask, path, response -> true);
    }

    /// @param isFile whether an answer is a file at all
    public static Optional<SourceFile> read(Api api, Ask ask, String path, Predicate<Response> isFile)
            throws InterruptedException {
        Optional<Optional<byte[]>> found = api.find(
                ask,
                response -> isFile.test(response)
                        ? Optional.of(response.body().readNBytes(LARGEST + 1))
                        : Optional.<byte[]>empty());
        Optional<byte[]> content = found.flatMap(bytes -> bytes);
        if (content.filter(bytes -> bytes.length > LARGEST).isPresent()) {
            throw new ForgeException(ask.why() + ": it has more than 100 MiB");
        }
        return content.map(bytes -> SourceFile.of(path, bytes));
    }
}
