// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Repository;

/// What a request wants to be allowed. Distribution's token specification, "Resource scope".
///
/// @param type `repository` or `registry`
/// @param name the repository's path without its host, or `catalog`
/// @param actions in the order `pull`, `push`, `delete`, separated by commas; `*` for the catalogue
public record Scope(String type, String name, String actions) {
    public static final Scope CATALOGUE = new Scope("registry", "catalog", "*");

    public static Scope pull(Repository repository) {
        return new Scope("repository", repository.path(), "pull");
    }

    public static Scope push(Repository repository) {
        return new Scope("repository", repository.path(), "pull,push");
    }

    public static Scope delete(Repository repository) {
        return new Scope("repository", repository.path(), "delete,pull");
    }

    @Override
    public String toString() {
        return type + ":" + name + ":" + actions;
    }
}
