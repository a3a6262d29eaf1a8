// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.bucket.Escapes;
import io.kpromo.files.store.bucket.Looking;
import io.kpromo.files.store.bucket.Reading;
import io.kpromo.files.store.gcs.GcsCall.Question;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What is asked of one bucket to read from it. Every method is one request. Cloud Storage JSON API, version 1.
final class GcsClient implements Looking.Bucket {
    private static final int MOST_FILES = 1000;

    private final Transport transport;
    private final GcsPlace place;
    private final Base base;
    private final SignIn as;

    GcsClient(Transport transport, GcsPlace place, Base base, SignIn as) {
        this.transport = transport;
        this.place = place;
        this.base = base;
        this.as = as;
    }

    GcsPlace place() {
        return place;
    }

    String bucket() {
        return base.bucket();
    }

    String url(String key) {
        return base.urlOf(key);
    }

    /// Path of an object, or of all where the key is empty.
    String path(String key) {
        String all = place.above() + "/storage/v1/b/" + Escapes.whole(base.bucket()) + "/o";
        return key.isEmpty() ? all : all + "/" + Escapes.whole(key);
    }

    <T> T ask(Question question, GcsCall.Reading<T> reading) throws InterruptedException {
        return transport.send(GcsCall.of(place.host(), as, question, reading));
    }

    /// All that is known of an object; empty where there is none.
    @Override
    public Optional<StoredFile> head(String key) throws InterruptedException {
        String target = path(key) + "?fields=" + Escapes.whole(GcsObject.FIELDS);
        return ask(
                Question.of(Method.GET, target, Kind.HEAD_FILE, "look up " + url(key))
                        .answering(404),
                response -> response.status() == 404
                        ? Optional.empty()
                        : Optional.of(
                                GcsObject.read(GcsObject.json(response.body())).file()));
    }

    /// Objects in order, from a place on.
    @Override
    public Looking.Page list(String prefix, String from) throws InterruptedException {
        String target = path("") + "?prefix=" + Escapes.whole(prefix) + "&startOffset=" + Escapes.whole(from)
                + "&maxResults=" + MOST_FILES + "&fields="
                + Escapes.whole("nextPageToken,items(" + GcsObject.FIELDS + ")");
        return ask(Question.of(Method.GET, target, Kind.LIST_FILES, "list " + url(prefix)), response -> {
            JsonNode root = GcsObject.json(response.body());
            List<Looking.Entry> files = new ArrayList<>();
            for (JsonNode item : root.path("items").values()) {
                GcsObject object = GcsObject.read(item);
                files.add(new Looking.Entry(object.name(), object.file(), true));
            }
            return new Looking.Page(
                    files, root.path("nextPageToken").asString("").isEmpty());
        });
    }

    /// Reads an object as it was seen, from where the intake stands. As it is stored: Google would unpack what was
    /// stored packed ("Transcoding of gzip-compressed files") unless we say that we take it so.
    void get(String key, StoredFile seen, BlobIntake into) throws InterruptedException {
        Reading reading = new Reading(url(key), seen, into);
        String target = path(key) + "?alt=media&generation=" + seen.version();
        Question question = Question.of(Method.GET, target, Kind.GET_FILE, "read " + url(key))
                .with(() -> reading.asksForRest(range -> {
                    Map<String, String> headers = new HashMap<>(Map.of("Accept-Encoding", "gzip"));
                    if (!range.isEmpty()) {
                        headers.put("Range", range);
                    }
                    return headers;
                }))
                .answering(404);
        ask(question, response -> {
            if (response.status() == 404) {
                throw reading.changed("generation " + seen.version() + " is gone");
            }
            String generation = response.header("X-Goog-Generation").orElse(seen.version());
            if (!generation.equals(seen.version())) {
                throw reading.changed("the answer is generation " + generation + " rather than " + seen.version());
            }
            return reading.take(response);
        });
    }

    /// Removes one generation of an object.
    void delete(String key, String generation) throws InterruptedException {
        String target = path(key) + "?generation=" + generation + "&ifGenerationMatch=" + generation;
        ask(
                Question.of(Method.DELETE, target, Kind.DELETE_FILE, "remove " + url(key))
                        .answering(404),
                response -> true);
    }
}
