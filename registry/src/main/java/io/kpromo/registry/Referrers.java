// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.store.RegistryFolder;
import io.kpromo.registry.store.RepositoryFolder;
import io.kpromo.registry.store.StoredManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/v2/<name>/referrers/<digest>`. Distribution-spec 1.1, "Listing Referrers".
final class Referrers {
    private final RegistryFolder folder;
    private final RegistryOptions options;

    Referrers(RegistryFolder folder, RegistryOptions options) {
        this.folder = folder;
        this.options = options;
    }

    Answer list(Asked asked, RepositoryFolder repository) throws IOException {
        if (!options.has(Feature.REFERRERS_API)) {
            throw ErrorCode.UNSUPPORTED.because(404, "this registry has no referrers API");
        }
        Optional<String> wanted = asked.query("artifactType");
        List<Map<String, Object>> found = new ArrayList<>();
        for (Digest digest : repository.referrers(asked.digest())) {
            Optional<StoredManifest> stored = repository.manifest(digest);
            if (stored.isPresent()) {
                Map<String, Object> descriptor = descriptor(stored.get());
                if (wanted.isEmpty() || wanted.get().equals(descriptor.get("artifactType"))) {
                    found.add(descriptor);
                }
            }
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaTypes.OCI_INDEX);
        index.put("manifests", found);
        Answer answer = Json.answer(MediaTypes.OCI_INDEX, index);
        return wanted.isPresent() ? answer.with("OCI-Filters-Applied", "artifactType") : answer;
    }

    private Map<String, Object> descriptor(StoredManifest stored) throws IOException {
        byte[] bytes = folder.contents().read(stored.digest());
        Manifest manifest = Manifest.parse(new RawManifest(stored.mediaType(), stored.digest(), bytes));
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", stored.mediaType());
        descriptor.put("digest", stored.digest().toString());
        descriptor.put("size", bytes.length);
        artifactType(manifest).ifPresent(type -> descriptor.put("artifactType", type));
        Map<String, String> annotations = annotations(manifest);
        if (!annotations.isEmpty()) {
            descriptor.put("annotations", annotations);
        }
        return descriptor;
    }

    /// An image without an artifact type has that of its configuration.
    private static Optional<String> artifactType(Manifest manifest) {
        return switch (manifest) {
            case Manifest.Image image ->
                image.artifactType().or(() -> image.config().map(Descriptor::mediaType));
            case Manifest.Index index -> index.artifactType();
            case Manifest.Schema1 old -> Optional.empty();
        };
    }

    private static Map<String, String> annotations(Manifest manifest) {
        return switch (manifest) {
            case Manifest.Image image -> image.annotations();
            case Manifest.Index index -> index.annotations();
            case Manifest.Schema1 old -> Map.of();
        };
    }
}
