// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Response;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// What answers that come in pages share: bounded JSON, and the way to the next page.
final class Pages {
    /// The largest page that is read, in bytes. Google lists a repository of 100,000 manifests in about 40 MB.
    static final long LARGEST = 256L << 20;

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxDocumentLength(LARGEST)
                            .build())
                    .build())
            .build();

    private Pages() {}

    /// The pages that were asked for: an answer that leads back to one of them would never end.
    static final class Trail {
        private final String why;
        private final Set<String> seen = new HashSet<>();

        Trail(String why) {
            this.why = why;
        }

        void step(String page) {
            if (!seen.add(page)) {
                throw new OciException(why + ": the registry's pages go round in a circle at " + page);
            }
        }
    }

    static JsonParser parser(Response response) {
        return JSON.createParser(response.body());
    }

    /// The target of `Link: </v2/…>; rel="next"`, as a path on the same host: a page elsewhere is not asked for.
    /// Distribution-spec 1.1, "Listing tags", after RFC 5988.
    static Optional<String> next(Response response, URI asked) throws IOException {
        for (String header : response.headers("Link")) {
            // Several links may stand in one header, each `<address>; rel="…"`.
            for (int open = header.indexOf('<'); open >= 0; ) {
                int close = header.indexOf('>', open);
                if (close < 0) {
                    break;
                }
                int following = header.indexOf('<', close);
                String parameters = header.substring(close, following < 0 ? header.length() : following);
                if (parameters.replace("\"", "").toLowerCase(Locale.ROOT).contains("rel=next")) {
                    return Optional.of(target(header.substring(open + 1, close).strip(), asked));
                }
                open = following;
            }
        }
        return Optional.empty();
    }

    private static String target(String link, URI asked) throws IOException {
        try {
            // URI.resolve would drop the last part of the path; RFC 3986, 5.2.2 keeps it.
            URI target = link.startsWith("?") ? URI.create(asked.getRawPath() + link) : asked.resolve(link);
            String path = target.getRawPath();
            if (path != null && path.startsWith("/")) {
                return path + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the registry's link to the next page is no address: " + link, e);
        }
        throw new IOException("the registry's link to the next page leads nowhere: " + link);
    }
}
