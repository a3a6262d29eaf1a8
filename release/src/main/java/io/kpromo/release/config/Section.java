// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.release.text.Template;
import io.kpromo.yaml.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A mapping whose keys are declared first and read then:
///
/// ```
/// Section image = new Section(values, "an image");
/// Field<Repository> staging = image.value("staging", Repository::parse).required();
/// return image.read() ? Optional.of(staging.get()) : Optional.empty();
/// ```
final class Section {
    private final Values values;
    private final String what;
    private final Map<String, Field<?>> fields = new LinkedHashMap<>();

    /// @param what it is, for messages
    Section(Values values, String what) {
        this.values = values;
        this.what = what;
    }

    /// @param reader reads the value that stands there
    <T> Field<T> key(String name, Function<String, Optional<T>> reader) {
        Field<T> field = new Field<>(reader);
        fields.put(name, field);
        return field;
    }

    <T> Field<T> value(String name, Function<String, T> of) {
        return key(name, key -> values.value(key, of));
    }

    <T> Field<List<T>> list(String name, Function<String, T> of) {
        return key(name, key -> Optional.of(values.list(key, of)));
    }

    Field<String> text(String name) {
        return key(name, values::text);
    }

    Field<Template> template(String name, Set<String> names) {
        return key(name, key -> values.template(key, names));
    }

    /// Reads it, and tells of keys that are missing or not known.
    ///
    /// @return whether all required values are there
    boolean read() {
        Place start = values.yaml().place();
        boolean mapping = values.yaml().isMapping();
        values.yaml().mapping(what, (name, place) -> {
            Field<?> field = fields.get(name);
            if (field == null) {
                values.yaml().unknownKey(name, place, fields.keySet());
            } else {
                field.read(name);
            }
        });
        boolean complete = mapping;
        for (Map.Entry<String, Field<?>> entry : fields.entrySet()) {
            complete &= entry.getValue().isComplete();
            if (mapping && entry.getValue().isMissing()) {
                values.yaml().problem(start, what + " without " + entry.getKey() + "; add " + entry.getKey() + ": …");
            }
        }
        return complete;
    }
}
