// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.oci.Repository;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.YamlReader;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads `upstream`. Its keys depend on the flavour, which may stand anywhere among them; as in zeitgeist,
/// capitals in keys don't matter. A key that the flavour does not have is a problem, for zeitgeist passes over it
/// and so over a misspelt `constraints`.
final class UpstreamReader {
    private static final Map<String, List<String>> FLAVOURS = Map.of(
            "github", List.of("url", "constraints", "branch"),
            "gitlab", List.of("server", "url", "constraints", "branch"),
            "helm", List.of("repo", "chart", "constraints"),
            "container", List.of("registry", "constraints"),
            "oci", List.of("registry", "constraints"),
            "eks", List.of("constraints"),
            "eks-addon", List.of("addonName", "kubernetesVersion", "latest", "constraints"),
            "ami", List.of("owner", "name"),
            "ssm", List.of("path"),
            "dummy", List.of());

    private record Written(String text, Place key, Place value) {}

    private final YamlReader yaml;
    private final Map<String, Written> keys = new LinkedHashMap<>();
    private boolean wrong;

    UpstreamReader(YamlReader yaml) {
        this.yaml = yaml;
    }

    Optional<Upstream> read() {
        Place start = yaml.place();
        yaml.mapping("upstream", (key, place) -> {
            Place value = yaml.place();
            yaml.text(key).ifPresent(text -> keys.put(key.toLowerCase(Locale.ROOT), new Written(text, place, value)));
        });
        Written flavour = keys.remove("flavour");
        if (flavour == null) {
            problem(start, "an upstream without flavour; add flavour: github, or another one");
            return Optional.empty();
        }
        List<String> known = FLAVOURS.get(flavour.text());
        if (known == null) {
            problem(
                    flavour.value(),
                    "unknown flavour " + YamlReader.quoted(flavour.text()) + "; known are "
                            + String.join(
                                    ", ", FLAVOURS.keySet().stream().sorted().toList()));
            return Optional.empty();
        }
        if (!flavour.text().equals("dummy")) {
            keys.forEach((key, written) -> {
                if (known.stream().noneMatch(key::equalsIgnoreCase)) {
                    problem(
                            written.key(),
                            "unknown key " + YamlReader.quoted(key) + " of flavour " + flavour.text() + "; known are "
                                    + String.join(", ", known));
                }
            });
        }
        Optional<Upstream> upstream = of(flavour.text(), start);
        return wrong ? Optional.empty() : upstream;
    }

    private Optional<Upstream> of(String flavour, Place start) {
        return switch (flavour) {
            case "github" ->
                required("url", start, UpstreamReader::slug)
                        .map(slug -> new Upstream.GitHub(slug, constraints(), branch()));
            case "gitlab" ->
                required("url", start, UpstreamReader::slug)
                        .map(slug -> new Upstream.GitLab(
                                optional("server", UpstreamReader::address), slug, constraints(), branch()));
            case "helm" -> helm(start);
            case "container", "oci" ->
                required("registry", start, UpstreamReader::image)
                        .map(repository -> new Upstream.Container(repository, constraints()));
            case "eks" -> Optional.of(new Upstream.Eks(constraints()));
            case "eks-addon" ->
                required("addonName", start, text -> text)
                        .map(addon -> new Upstream.EksAddon(
                                addon,
                                optional("kubernetesVersion", text -> text).orElse(""),
                                optional("latest", UpstreamReader::truth).orElse(false),
                                constraints()));
            case "ami" ->
                required("owner", start, text -> text)
                        .flatMap(owner ->
                                required("name", start, text -> text).map(name -> new Upstream.Ami(owner, name)));
            case "ssm" -> required("path", start, text -> text).map(Upstream.Ssm::new);
            default ->
                Optional.of(new Upstream.Dummy(optional("latest", text -> text).orElse("1.0.0")));
        };
    }

    private Optional<Upstream> helm(Place start) {
        Optional<URI> repository = required("repo", start, UpstreamReader::repository);
        Optional<String> chart = required("chart", start, text -> text);
        return repository.isPresent() && chart.isPresent()
                ? Optional.of(new Upstream.Helm(repository.get(), chart.get(), constraints()))
                : Optional.empty();
    }

    private VersionRange constraints() {
        return optional("constraints", VersionRange::new).orElse(VersionRange.all());
    }

    private Optional<RefName> branch() {
        return optional("branch", RefName::new);
    }

    private interface Grammar<T> {
        T of(String text);
    }

    private <T> Optional<T> required(String key, Place start, Grammar<T> grammar) {
        Written written = keys.get(key.toLowerCase(Locale.ROOT));
        if (written == null || written.text().isBlank()) {
            problem(written == null ? start : written.value(), "an upstream without " + key + "; add " + key + ": …");
            return Optional.empty();
        }
        return optional(key, grammar);
    }

    private <T> Optional<T> optional(String key, Grammar<T> grammar) {
        Written written = keys.get(key.toLowerCase(Locale.ROOT));
        if (written == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(grammar.of(written.text()));
        } catch (IllegalArgumentException e) {
            problem(written.value(), key + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void problem(Place place, String text) {
        wrong = true;
        yaml.problem(place, text);
    }

    /// Addresses of pages are taken, too.
    private static Slug slug(String text) {
        return Slug.of(text.replaceFirst("^https?://[^/]+/", "").replaceFirst("(\\.git)?/?$", ""));
    }

    private static Repository image(String text) {
        String first = text.contains("/") ? text.substring(0, text.indexOf('/')) : "";
        boolean hosted = first.contains(".") || first.contains(":") || first.equals("localhost");
        // What docker makes of names without a registry, for zeitgeist resolves them so.
        return Repository.parse(hosted ? text : "index.docker.io/" + (text.contains("/") ? text : "library/" + text));
    }

    private static URI address(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null
                || uri.getUserInfo() != null
                || !List.of("https", "http").contains(uri.getScheme())) {
            throw new IllegalArgumentException("want an address with https://");
        }
        return uri;
    }

    private static URI repository(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !List.of("https", "http", "oci").contains(uri.getScheme())) {
            throw new IllegalArgumentException("want an address with https:// or oci://");
        }
        return uri;
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("want true or false, found " + YamlReader.quoted(text));
        }
        return text.equals("true");
    }
}
