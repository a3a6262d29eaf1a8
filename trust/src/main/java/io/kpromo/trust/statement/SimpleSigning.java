// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// A simple-signing payload: that an image has a digest under a name.
///
/// @param reference `critical.identity.docker-reference`: the name users pull by, without tag or digest; cosign
///     lets it be empty
/// @param optional what else the signer wants to say; what is no text is here as its JSON
public record SimpleSigning(String reference, Digest digest, Map<String, String> optional) {
    private static final String TYPE = "cosign container image signature";

    public SimpleSigning {
        optional = Map.copyOf(optional);
    }

    /// @throws io.kpromo.trust.TrustException where it is none
    public static SimpleSigning parse(Bytes bytes) {
        Json json = Json.read("signed payload", bytes);
        Json critical = json.object("critical");
        String type = critical.text("type");
        if (!type.equals(TYPE)) {
            throw json.wrong("is of type \"" + Shown.briefly(type) + "\", not \"" + TYPE + "\"");
        }
        String reference =
                critical.object("identity").optionalText("docker-reference").orElse("");
        return new SimpleSigning(reference, digest(critical.object("image")), optional(json));
    }

    private static Digest digest(Json image) {
        try {
            return Digest.parse(image.text("docker-manifest-digest"));
        } catch (InvalidNameException e) {
            throw image.wrong("holds no digest: " + e.getMessage());
        }
    }

    private static Map<String, String> optional(Json json) {
        Map<String, String> all = new TreeMap<>();
        Optional<Json> there = json.optionalObject("optional");
        if (there.isPresent()) {
            for (Map.Entry<String, JsonNode> one : there.get().node().properties()) {
                JsonNode value = one.getValue();
                all.put(one.getKey(), value.isString() ? value.asString() : value.toString());
            }
        }
        return all;
    }

    /// The same, as a bundle would state it.
    public Statement statement() {
        Optional<String> name = Optional.of(reference).filter(text -> !text.isEmpty());
        return new Statement(List.of(new Subject(name, digest)), PredicateTypes.SIGNATURE, JsonText.object());
    }

    /// The bytes that are signed: for the same payload always the same.
    public Bytes bytes() {
        var json = JsonText.object();
        var critical = json.putObject("critical");
        critical.putObject("identity").put("docker-reference", reference);
        critical.putObject("image").put("docker-manifest-digest", digest.toString());
        critical.put("type", TYPE);
        if (optional.isEmpty()) {
            json.putNull("optional"); // as cosign does
        } else {
            var more = json.putObject("optional");
            new TreeMap<>(optional).forEach(more::put);
        }
        return JsonText.write(json);
    }
}
