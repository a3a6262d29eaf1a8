// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.json;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A JSON value together with its place in the document, so that what is wrong with it can be said in one line.
///
/// Made for what strangers wrote. Size, depth, number of values and repeated names are checked before anything is
/// kept. Numbers and bytes are read as protobuf writes them in JSON: numbers may be texts, bytes are base64 of
/// either alphabet, and what is missing or null has its zero.
public final class Json {
    private final String what;
    private final String place;
    private final JsonNode node;

    private Json(String what, String place, JsonNode node) {
        this.what = what;
        this.place = place;
        this.node = node;
    }

    /// Reads a JSON object.
    ///
    /// @param what the document is, for messages: `bundle`, `statement`
    /// @throws TrustException where it is none, or is larger or deeper than what is read here
    public static Json read(String what, Bytes bytes) {
        if (bytes.length() > JsonText.LARGEST) {
            throw new TrustException("the " + what + " is not valid: it has " + bytes.length() + " bytes, more than "
                    + JsonText.LARGEST);
        }
        try {
            JsonNode root = JsonText.MAPPER.readTree(bytes.array());
            if (root == null || !root.isObject()) {
                throw new TrustException("the " + what + " is not valid: it is not a JSON object");
            }
            return new Json(what, "", root);
        } catch (JacksonException e) {
            throw new TrustException("the " + what + " is not valid: it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// A part of a document that was read before.
    ///
    /// @throws TrustException where it is no object
    public static Json of(String what, JsonNode node) {
        return new Json(what, "", node).asObject();
    }

    /// The value itself.
    public JsonNode node() {
        return node;
    }

    public boolean has(String name) {
        return !isAbsent(node.path(name));
    }

    /// @throws TrustException where there is none
    public Json object(String name) {
        return optionalObject(name).orElseThrow(() -> at(name).wrong("is missing"));
    }

    /// @throws TrustException where it is something else
    public Optional<Json> optionalObject(String name) {
        return present(name).map(Json::asObject);
    }

    /// The members of a list; none where it is missing.
    ///
    /// @param most that it may have
    /// @throws TrustException where it is something else or has more
    public List<Json> list(String name, int most) {
        Optional<Json> list = present(name);
        if (list.isEmpty()) {
            return List.of();
        }
        Json here = list.get();
        here.checked(here.node.isArray(), "is not a list");
        here.checked(here.node.size() <= most, "has " + here.node.size() + " members, more than " + most);
        List<Json> members = new ArrayList<>(here.node.size());
        for (JsonNode member : here.node.values()) {
            members.add(new Json(what, here.place + "[" + members.size() + "]", member));
        }
        return List.copyOf(members);
    }

    /// @throws TrustException where there is none
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> at(name).wrong("is missing"));
    }

    /// @throws TrustException where it is something else
    public Optional<String> optionalText(String name) {
        return present(name).map(Json::asText);
    }

    /// A whole number; 0 where it is missing.
    ///
    /// @throws TrustException where it is something else
    public long number(String name) {
        return present(name).map(Json::asNumber).orElse(0L);
    }

    /// @throws TrustException where there are none, or it is not base64
    public Bytes bytes(String name) {
        return optionalBytes(name).orElseThrow(() -> at(name).wrong("is missing"));
    }

    /// @throws TrustException where it is not base64
    public Optional<Bytes> optionalBytes(String name) {
        return present(name).map(Json::asBytes);
    }

    /// This value, if it is an object.
    public Json asObject() {
        return checked(node.isObject(), "is not an object");
    }

    /// This value as text.
    public String asText() {
        return checked(node.isString(), "is not a text").node.asString();
    }

    /// This value as bytes.
    public Bytes asBytes() {
        try {
            return Bytes.ofBase64(asText().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw wrong("is not base64");
        }
    }

    private long asNumber() {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.asLong();
        }
        try {
            return Long.parseLong(asText());
        } catch (NumberFormatException e) {
            throw wrong("is not a whole number of 64 bits");
        }
    }

    /// What is wrong with this value, to be thrown.
    public TrustException wrong(String how) {
        return new TrustException("the " + what + " is not valid: " + (place.isEmpty() ? "it " : place + " ") + how);
    }

    private Json checked(boolean right, String wrong) {
        if (!right) {
            throw wrong(wrong);
        }
        return this;
    }

    private Optional<Json> present(String name) {
        Json there = at(name);
        return isAbsent(there.node) ? Optional.empty() : Optional.of(there);
    }

    private Json at(String name) {
        return new Json(what, place.isEmpty() ? name : place + "." + name, node.path(name));
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    @Override
    public String toString() {
        return what + (place.isEmpty() ? "" : " at " + place);
    }
}
