// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.images.manifest.RegistryName;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The names by which users pull images, which differ from where the images lie when a redirector stands before the
/// registries. Signatures and statements are about these names.
public final class ProductionNames {
    private static final String KUBERNETES_PATH = "k8s-artifacts-prod/images";
    private static final String KUBERNETES_NAME = "registry.k8s.io";

    private record Rule(RegistryName prefix, String name) {}

    /// The longest prefix first: it wins.
    private final List<Rule> rules;

    private ProductionNames(List<Rule> rules) {
        this.rules = rules.stream()
                .sorted(Comparator.comparingInt(
                                (Rule rule) -> rule.prefix.toString().length())
                        .reversed())
                .toList();
    }

    /// Everything under `k8s-artifacts-prod/images`, on any host, is known by `registry.k8s.io`.
    public static ProductionNames standard() {
        return new ProductionNames(List.of());
    }

    /// Repositories at or below this prefix are known by this name, and what follows the prefix. Of several rules
    /// that fit, the one with the longest prefix counts; all of these come before the standard one.
    ///
    /// @param rule `PREFIX=NAME`, for example `eu.gcr.io/prod/images=registry.example.com`
    /// @throws InvalidNameException when it is no such rule
    public ProductionNames with(String rule) {
        int equals = rule.indexOf('=');
        if (equals <= 0 || equals == rule.length() - 1) {
            throw new InvalidNameException("identity map", rule, "PREFIX=NAME");
        }
        RegistryName name = RegistryName.parse(rule.substring(equals + 1));
        List<Rule> more = new ArrayList<>(rules);
        more.add(new Rule(RegistryName.parse(rule.substring(0, equals)), name.toString()));
        return new ProductionNames(more);
    }

    /// The name that users pull by, without tag or digest; its own where no rule fits.
    public String of(Repository repository) {
        return mapped(repository)
                .orElseGet(() -> below(repository.path(), KUBERNETES_PATH)
                        .map(rest -> KUBERNETES_NAME + "/" + rest)
                        .orElseGet(repository::toString));
    }

    private Optional<String> mapped(Repository repository) {
        for (Rule rule : rules) {
            if (rule.prefix.holds(repository)) {
                String path = rule.prefix.path();
                String rest = path.isEmpty()
                        ? "/" + repository.path()
                        : repository.path().substring(path.length());
                return Optional.of(rule.name + rest);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> below(String path, String prefix) {
        return path.startsWith(prefix + "/") ? Optional.of(path.substring(prefix.length() + 1)) : Optional.empty();
    }
}
