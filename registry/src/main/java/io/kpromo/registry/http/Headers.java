// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Header fields in the order in which they were given; names compare whatever their case. RFC 9110, section 5.
///
/// A name or value that could break out of its line is refused where it is added, so an answer can't be split.
public final class Headers {
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    public Headers() {}

    /// A copy that can be changed on its own.
    public Headers(Headers other) {
        names.addAll(other.names);
        values.addAll(other.values);
    }

    /// @throws IllegalArgumentException when the name is no token or the value holds a control character
    public Headers add(String name, String value) {
        if (!isToken(name) || !isValue(value)) {
            throw new IllegalArgumentException("not a header field: " + name);
        }
        names.add(name);
        values.add(value);
        return this;
    }

    /// In place of all fields of that name.
    public Headers set(String name, String value) {
        remove(name);
        return add(name, value);
    }

    public Headers remove(String name) {
        for (int i = names.size() - 1; i >= 0; i--) {
            if (names.get(i).equalsIgnoreCase(name)) {
                names.remove(i);
                values.remove(i);
            }
        }
        return this;
    }

    public Optional<String> first(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return Optional.of(values.get(i));
            }
        }
        return Optional.empty();
    }

    public List<String> all(String name) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                found.add(values.get(i));
            }
        }
        return found;
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    public int size() {
        return names.size();
    }

    void writeTo(StringBuilder head) {
        for (int i = 0; i < names.size(); i++) {
            head.append(names.get(i)).append(": ").append(values.get(i)).append("\r\n");
        }
    }

    /// RFC 9110, section 5.6.2.
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!word && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
