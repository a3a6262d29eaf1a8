// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/// Keys in text. RFC 7468.
final class PemText {
    private PemText() {}

    /// All blocks, in order; what stands between them is passed over.
    static List<PemObject> read(String text) throws IOException {
        List<PemObject> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(text))) {
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                blocks.add(block);
            }
        } catch (RuntimeException malformed) { // of the base64 decoder
            throw new IOException("a block of it is not base64", malformed);
        }
        return blocks;
    }

    static String write(String label, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(label, content));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
