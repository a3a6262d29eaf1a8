// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One page of tags, in whichever form the host has, read as a stream; tells the next page's address.
record ListTags(Host host, String path, String target, TagListing.Builder all) implements Call<Optional<String>> {
    @Override
    public Request request() {
        return Request.of(
                host,
                Method.GET,
                target,
                Kind.LIST_TAGS,
                new Scope("repository", path, "pull"),
                "list tags of " + host + (path.isEmpty() ? "" : "/" + path));
    }

    @Override
    public boolean expects(int status) {
        return status == 200 || status == 404;
    }

    @Override
    public Optional<String> read(Response response) throws IOException {
        if (response.status() == 404) {
            return Optional.empty();
        }
        all.found();
        try (JsonParser json = Pages.parser(response)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer is not a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("manifest") && value == JsonToken.START_OBJECT) {
                    all.google();
                    manifests(json);
                } else if (field.equals("child") && value == JsonToken.START_ARRAY) {
                    all.google();
                    all.addChildren(texts(json));
                } else if (field.equals("tags") && value == JsonToken.START_ARRAY) {
                    all.addTags(texts(json));
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("the answer is not JSON: " + e.getOriginalMessage(), e);
        }
        return Pages.next(response, request().target());
    }

    private void manifests(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the listing's entry for " + name + " is not an object");
            }
            try {
                all.add(Digest.parse(name), entry(json));
            } catch (InvalidNameException e) {
                throw new IOException("the listing holds an " + e.getMessage(), e);
            }
        }
    }

    private static TagListing.Entry entry(JsonParser json) {
        String mediaType = "";
        List<String> tags = List.of();
        long uploaded = 0;
        long size = -1;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "mediaType" -> mediaType = text(json);
                case "tag" -> tags = value == JsonToken.START_ARRAY ? texts(json) : List.of();
                case "timeUploadedMs" -> uploaded = number(json, 0);
                case "imageSizeBytes" -> size = number(json, -1);
                default -> json.skipChildren();
            }
        }
        return new TagListing.Entry(mediaType, tags, uploaded, size);
    }

    private static List<String> texts(JsonParser json) {
        List<String> all = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                all.add(json.getString());
            } else {
                json.skipChildren();
            }
        }
        return all;
    }

    private static String text(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : "";
    }

    /// Google writes numbers as text.
    private static long number(JsonParser json, long otherwise) {
        return json.getValueAsLong(otherwise);
    }
}
