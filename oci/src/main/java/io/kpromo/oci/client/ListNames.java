// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Host;
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

/// One page of names; adds them to `all` and tells the next page's address.
record ListNames(Host host, String target, String field, Kind kind, Scope scope, String why, List<String> all)
        implements Call<Optional<String>> {
    @Override
    public Request request() {
        return Request.of(host, Method.GET, target, kind, scope, why);
    }

    @Override
    public boolean expects(int status) {
        return status == 200 || (status == 404 && kind == Kind.LIST_TAGS);
    }

    @Override
    public Optional<String> read(Response response) throws IOException {
        if (response.status() == 404) {
            return Optional.empty();
        }
        List<String> page = new ArrayList<>();
        try (JsonParser json = Pages.parser(response)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer is not a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean names = json.currentName().equals(field);
                if (json.nextToken() == JsonToken.START_ARRAY && names) {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        page.add(json.getString());
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("the answer is not JSON: " + e.getOriginalMessage(), e);
        }
        all.addAll(page);
        return Pages.next(response, request().target());
    }
}
