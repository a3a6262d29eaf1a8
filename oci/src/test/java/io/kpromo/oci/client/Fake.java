// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.http.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An answer as a test writes it: `Fake.of(200).with("Link", "…").body("{}")`.
record Fake(int status, List<Map.Entry<String, String>> all, InputStream body) implements Response {
    static Fake of(int status) {
        return new Fake(status, List.of(), InputStream.nullInputStream());
    }

    Fake with(String header, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(all);
        more.add(Map.entry(header, value));
        return new Fake(status, more, body);
    }

    Fake body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    Fake body(byte[] content) {
        return new Fake(status, all, new ByteArrayInputStream(content));
    }

    @Override
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
        return all.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
