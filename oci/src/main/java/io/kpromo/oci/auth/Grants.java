// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.http.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What a token is to allow: actions by resource. Distribution's token specification, "Resource scope".
///
/// @param actions by `type:name`, in the order that they were asked for
record Grants(Map<String, TreeSet<String>> actions) {
    static Grants of(List<Scope> scopes) {
        Map<String, TreeSet<String>> all = new LinkedHashMap<>();
        for (Scope scope : scopes) {
            add(all, scope.type() + ":" + scope.name(), scope.actions());
        }
        return new Grants(all);
    }

    /// These and what a registry said that it wants, in its own words: scopes with spaces between them.
    Grants and(String scopes) {
        Map<String, TreeSet<String>> all = new LinkedHashMap<>();
        actions.forEach((resource, some) -> all.put(resource, new TreeSet<>(some)));
        for (String scope : scopes.split(" ", -1)) {
            int colon = scope.lastIndexOf(':');
            if (colon > 0 && scope.indexOf(':') < colon) {
                add(all, scope.substring(0, colon), scope.substring(colon + 1));
            }
        }
        return new Grants(all);
    }

    private static void add(Map<String, TreeSet<String>> all, String resource, String actions) {
        TreeSet<String> some = all.computeIfAbsent(resource, r -> new TreeSet<>());
        for (String action : actions.split(",", -1)) {
            if (!action.isEmpty()) {
                some.add(action);
            }
        }
    }

    /// Those of the first resource alone, which is the one that a request is about.
    Grants first() {
        Map<String, TreeSet<String>> one = new LinkedHashMap<>();
        actions.entrySet().stream().limit(1).forEach(entry -> one.put(entry.getKey(), entry.getValue()));
        return new Grants(one);
    }

    boolean covers(Grants other) {
        for (Map.Entry<String, TreeSet<String>> wanted : other.actions.entrySet()) {
            TreeSet<String> granted = actions.get(wanted.getKey());
            if (granted == null || !granted.containsAll(wanted.getValue())) {
                return false;
            }
        }
        return true;
    }

    /// As a token endpoint wants them, one for each resource.
    List<String> scopes() {
        List<String> scopes = new ArrayList<>(actions.size());
        actions.forEach((resource, some) -> scopes.add(resource + ":" + String.join(",", some)));
        return scopes;
    }

    @Override
    public String toString() {
        return actions.isEmpty() ? "nothing in particular" : String.join(" ", scopes());
    }
}
