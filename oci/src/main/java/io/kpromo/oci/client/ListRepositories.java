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

/// One page of the catalogue; adds its names to `all` and tells the next page's address.
record ListRepositories(Host host, String target, List<String> all) implements Call<Optional<String>> {
    @Override
    public Request request() {
        return Request.of(
                host, Method.GET, target, Kind.CATALOGUE, Scope.CATALOGUE, "list the repositories of " + host);
    }

    @Override
    public Optional<String> read(Response response) throws IOException {
        List<String> page = new ArrayList<>();
        try (JsonParser json = Pages.parser(response)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer is not a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean names = json.currentName().equals("repositories");
                if (json.nextToken() == JsonToken.START_ARRAY && names) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        if (json.currentToken() != JsonToken.VALUE_STRING) {
                            throw new IOException("the registry lists something that is no name");
                        }
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
