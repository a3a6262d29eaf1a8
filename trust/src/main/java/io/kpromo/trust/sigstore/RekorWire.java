// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/// How entries travel to a log, in any version of its API.
record RekorWire(Transport transport, URI address) {
    /// @param path of the API for new entries
    ServiceCall entry(String path, JsonNode entry) {
        return ServiceCall.post(address, path, Kind.LOG_ENTRY, JsonText.write(entry), "cannot log the signature");
    }

    ServiceCall existing(String path) {
        return ServiceCall.get(address, path, Kind.LOG_ENTRY, "cannot read the entry in the log");
    }

    ServiceCall.Reply send(ServiceCall call) throws InterruptedException {
        return transport.send(call);
    }

    Json answer(ServiceCall.Reply reply) {
        return Json.read("answer of Rekor at " + address.getHost(), reply.body());
    }
}
