// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import java.util.Optional;
import java.util.function.Function;

/// A key of a [Section] and, once that was read, its value.
final class Field<T> {
    private final Function<String, Optional<T>> reader;
    private Optional<T> value = Optional.empty();
    private boolean written;
    private boolean required;

    /// @param reader reads the value of this key
    Field(Function<String, Optional<T>> reader) {
        this.reader = reader;
    }

    Field<T> required() {
        required = true;
        return this;
    }

    /// The value of a required key.
    T get() {
        return value.orElseThrow();
    }

    T or(T preset) {
        return value.orElse(preset);
    }

    Optional<T> maybe() {
        return value;
    }

    void read(String key) {
        written = true;
        value = reader.apply(key);
    }

    boolean isComplete() {
        return !required || value.isPresent();
    }

    boolean isMissing() {
        return required && !written;
    }
}
