// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.files.store.bucket.Looking;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads what S3 answers in XML; no document type, no entities of its own.
final class Xml {
    /// A thousand keys of a thousand bytes, each percent-encoded, and what is said of them.
    private static final int LARGEST = 8 << 20;

    private static final int MOST_FILES = 10_000;

    private Xml() {}

    /// A page of `ListObjectsV2`.
    static Looking.Page listing(InputStream body) throws IOException {
        return read(body, reader -> {
            List<Map<String, String>> files = new ArrayList<>();
            Map<String, String> around = new HashMap<>();
            reader.nextTag();
            while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
                String name = reader.getLocalName();
                if (name.equals("Contents")) {
                    files.add(children(reader));
                } else {
                    around.put(name, text(reader));
                }
                if (files.size() > MOST_FILES) {
                    throw new XMLStreamException("more files than were asked for");
                }
            }
            boolean encoded = around.getOrDefault("EncodingType", "").equals("url");
            boolean last = !around.getOrDefault("IsTruncated", "false").strip().equals("true");
            List<Looking.Entry> entries = new ArrayList<>(files.size());
            for (Map<String, String> file : files) {
                entries.add(entry(file, encoded));
            }
            return new Looking.Page(entries, last);
        });
    }

    /// An answer of `ListMultipartUploads`.
    static List<OpenUpload> openUploads(InputStream body) throws IOException {
        return read(body, reader -> {
            List<OpenUpload> uploads = new ArrayList<>();
            reader.nextTag();
            while (reader.nextTag() == XMLStreamConstants.START_ELEMENT && uploads.size() < MOST_FILES) {
                if (reader.getLocalName().equals("Upload")) {
                    uploads.add(openUpload(children(reader)));
                } else {
                    text(reader);
                }
            }
            return uploads;
        });
    }

    private static OpenUpload openUpload(Map<String, String> upload) throws XMLStreamException {
        try {
            return new OpenUpload(
                    URLDecoder.decode(upload.getOrDefault("Key", ""), StandardCharsets.UTF_8),
                    upload.getOrDefault("UploadId", ""),
                    upload.getOrDefault("Initiator", ""),
                    Instant.parse(upload.getOrDefault("Initiated", "").strip()));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new XMLStreamException("an upload that can't be read", e);
        }
    }

    private static Looking.Entry entry(Map<String, String> file, boolean encoded) throws XMLStreamException {
        try {
            String written = file.getOrDefault("Key", "");
            String key = encoded ? URLDecoder.decode(written, StandardCharsets.UTF_8) : written;
            long size = Long.parseLong(file.getOrDefault("Size", "").strip());
            String etag = file.getOrDefault("ETag", "");
            Optional<String> md5 = ObjectHead.md5(etag);
            StoredFile stored = new StoredFile(size, Optional.empty(), new Sums(md5, Optional.empty()), etag);
            return new Looking.Entry(key, stored, md5.isPresent());
        } catch (IllegalArgumentException e) {
            throw new XMLStreamException("an entry that can't be read", e);
        }
    }

    /// The texts of the elements below the outermost one, whose own name is that of the key "". Several of one name
    /// don't matter here: the last is kept.
    static Map<String, String> flat(InputStream body) throws IOException {
        return read(body, reader -> {
            reader.nextTag();
            String name = reader.getLocalName();
            Map<String, String> children = children(reader);
            children.put("", name);
            return children;
        });
    }

    private static Map<String, String> children(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> texts = new HashMap<>();
        while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
            texts.put(reader.getLocalName(), text(reader));
        }
        return texts;
    }

    /// The text of this element and of those within.
    private static String text(XMLStreamReader reader) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        for (int depth = 1; depth > 0; ) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                default -> {}
            }
        }
        return text.toString();
    }

    @FunctionalInterface
    private interface Work<T> {
        T read(XMLStreamReader reader) throws XMLStreamException;
    }

    private static <T> T read(InputStream body, Work<T> work) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IOException("the answer has more than " + LARGEST + " bytes");
        }
        try {
            XMLStreamReader reader = Factory.XML.createXMLStreamReader(new ByteArrayInputStream(bytes));
            return work.read(reader);
        } catch (XMLStreamException e) {
            throw new IOException("the answer is not the XML that S3 sends: " + place(e), e);
        }
    }

    private static String place(XMLStreamException e) {
        return e.getLocation() == null
                ? String.valueOf(e.getMessage())
                : "line " + e.getLocation().getLineNumber();
    }

    /// Loaded with the first answer only.
    private static final class Factory {
        static final XMLInputFactory XML = safe();

        private static XMLInputFactory safe() {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            return factory;
        }
    }
}
