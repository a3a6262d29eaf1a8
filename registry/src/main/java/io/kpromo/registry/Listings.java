// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Digest;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.store.RegistryFolder;
import io.kpromo.registry.store.RepositoryFolder;
import io.kpromo.registry.store.StoredManifest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/v2/<name>/tags/list` and `/v2/_catalog`. Distribution-spec 1.1, "Listing Tags".
final class Listings {
    private final RegistryFolder folder;
    private final RegistryOptions options;

    Listings(RegistryFolder folder, RegistryOptions options) {
        this.folder = folder;
        this.options = options;
    }

    Answer catalogue(Asked asked) throws IOException {
        if (!options.has(Feature.CATALOGUE)) {
            throw ErrorCode.UNSUPPORTED.because(404, "this registry does not list its repositories");
        }
        Page page = Page.of(asked, folder.repositories());
        return page.link("/v2/_catalog", Json.answer(Map.of("repositories", page.items())));
    }

    Answer tags(Asked asked) throws IOException {
        String name = asked.route().repository();
        boolean exists = !name.isEmpty() && folder.repository(name).exists();
        if (options.has(Feature.GOOGLE_LISTING)) {
            return google(name, exists);
        }
        if (!exists) {
            throw ErrorCode.NAME_UNKNOWN.because("there is no repository " + name);
        }
        Page page = Page.of(asked, folder.repository(name).tags());
        return page.link("/v2/" + name + "/tags/list", Json.answer(Json.object("name", name, "tags", page.items())));
    }

    /// All at once, without pages: what gcr.io and pkg.dev answer, also for a name that only has repositories below it.
    private Answer google(String name, boolean exists) throws IOException {
        List<String> children = folder.children(name);
        if (!exists && children.isEmpty()) {
            throw ErrorCode.NAME_UNKNOWN.because("there is no repository " + name);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("child", children);
        body.put("manifest", exists ? manifests(folder.repository(name)) : Map.of());
        body.put("name", name);
        body.put("tags", exists ? folder.repository(name).tags() : List.of());
        return Json.answer(body);
    }

    private static Map<String, Object> manifests(RepositoryFolder repository) throws IOException {
        Map<Digest, List<String>> tags = repository.tagsByDigest();
        Map<String, Object> all = new LinkedHashMap<>();
        for (Digest digest : repository.manifests().stream().sorted().toList()) {
            Optional<StoredManifest> manifest = repository.manifest(digest);
            if (manifest.isPresent()) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("imageSizeBytes", Long.toString(manifest.get().imageSize()));
                entry.put("layerId", "");
                entry.put("mediaType", manifest.get().mediaType());
                entry.put("tag", tags.getOrDefault(digest, List.of()));
                entry.put("timeCreatedMs", "0"); // as Google says for what it does not know
                entry.put(
                        "timeUploadedMs", Long.toString(manifest.get().pushed().toEpochMilli()));
                all.put(digest.toString(), entry);
            }
        }
        return all;
    }
}
