// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidManifestException;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Reference;
import io.kpromo.oci.Tag;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.http.Content;
import io.kpromo.registry.store.MissingContentException;
import io.kpromo.registry.store.RegistryFolder;
import io.kpromo.registry.store.RepositoryFolder;
import io.kpromo.registry.store.StoredManifest;
import io.kpromo.registry.store.Subjects;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `/v2/<name>/manifests/<reference>`. Distribution-spec 1.1, "Pulling manifests", "Pushing Manifests", "Deleting
/// Manifests".
final class Manifests {
    private final RegistryFolder folder;
    private final RegistryOptions options;

    Manifests(RegistryFolder folder, RegistryOptions options) {
        this.folder = folder;
        this.options = options;
    }

    Answer get(Asked asked, RepositoryFolder repository) throws IOException {
        Reference reference = asked.reference();
        StoredManifest stored = repository
                .manifest(reference)
                .filter(found ->
                        isWanted(found.mediaType(), asked.http().headers().all("Accept")))
                .orElseThrow(() ->
                        ErrorCode.MANIFEST_UNKNOWN.because(repository.path() + " holds no manifest " + reference));
        long size = folder.contents()
                .size(stored.digest())
                .orElseThrow(() -> ErrorCode.MANIFEST_UNKNOWN.because("the bytes of " + stored.digest() + " are lost"));
        return Answer.of(200)
                .with("Content-Type", stored.mediaType())
                .with("Docker-Content-Digest", stored.digest().toString())
                .with("ETag", "\"" + stored.digest() + "\"")
                .with(new Content.Part(folder.contents().file(stored.digest()), 0, size));
    }

    Answer put(Asked asked, RepositoryFolder repository) throws IOException {
        byte[] bytes = body(asked);
        Reference reference = asked.reference();
        Digest digest = reference instanceof Digest given ? given : Digest.sha256(bytes);
        if (!digest.matches(bytes)) {
            throw ErrorCode.DIGEST_INVALID.because("the manifest that came is not " + digest);
        }
        String claimed =
                MediaTypes.bare(asked.http().headers().first("Content-Type").orElse(""));
        RawManifest raw = new RawManifest(claimed, digest, bytes);
        Manifest manifest = parse(raw);
        String own = mediaType(manifest);
        if (!claimed.isEmpty() && MediaTypes.MANIFESTS.contains(claimed) && !claimed.equals(own)) {
            throw ErrorCode.MANIFEST_INVALID.because("it says that it is " + own + ", Content-Type says " + claimed);
        }
        List<Tag> tags = tags(asked, reference);
        store(repository, new RawManifest(claimed.isEmpty() ? own : claimed, digest, bytes), manifest, tags);
        Answer answer = Answer.of(201)
                .with("Location", "/v2/" + repository.path() + "/manifests/" + digest)
                .with("Docker-Content-Digest", digest.toString());
        if (asked.http().query().has("tag")) {
            answer = answer.with(
                    "OCI-Tag", String.join(", ", tags.stream().map(Tag::text).toList()));
        }
        Optional<Descriptor> subject = Subjects.of(manifest);
        return subject.isPresent() && options.has(Feature.REFERRERS_API)
                ? answer.with("OCI-Subject", subject.get().digest().toString())
                : answer;
    }

    Answer delete(Asked asked, RepositoryFolder repository) throws IOException {
        boolean deleted = switch (asked.reference()) {
            case Tag tag -> repository.deleteTag(tag);
            case Digest digest -> repository.deleteManifest(digest);
        };
        if (!deleted) {
            throw ErrorCode.MANIFEST_UNKNOWN.because(
                    repository.path() + " holds no manifest " + asked.route().reference());
        }
        return Answer.of(202);
    }

    private static byte[] body(Asked asked) throws IOException {
        if (asked.http().length().orElse(0) > Manifest.LARGEST) {
            throw tooLarge();
        }
        byte[] bytes = asked.http().body().readNBytes(Manifest.LARGEST + 1);
        if (bytes.length > Manifest.LARGEST) {
            throw tooLarge();
        }
        return bytes;
    }

    private static RefusedException tooLarge() {
        return ErrorCode.MANIFEST_INVALID.because(413, "a manifest has at most " + Manifest.LARGEST + " bytes");
    }

    private static Manifest parse(RawManifest raw) {
        try {
            return Manifest.parse(raw);
        } catch (InvalidManifestException e) {
            throw ErrorCode.MANIFEST_INVALID.because(String.valueOf(e.getMessage()));
        }
    }

    /// The tag of the path, or those that come as parameters of a push by digest (distribution-spec 1.2).
    private static List<Tag> tags(Asked asked, Reference reference) {
        if (reference instanceof Tag tag) {
            return List.of(tag);
        }
        try {
            return asked.http().query().all("tag").stream().map(Tag::new).toList();
        } catch (InvalidNameException e) {
            throw ErrorCode.MANIFEST_INVALID.because(String.valueOf(e.getMessage()));
        }
    }

    private void store(RepositoryFolder repository, RawManifest raw, Manifest manifest, List<Tag> tags)
            throws IOException {
        if (!options.has(Feature.CONTENT_CHECKS)) {
            repository.putUnchecked(raw, manifest, tags);
            return;
        }
        try {
            repository.put(raw, manifest, tags);
        } catch (MissingContentException e) {
            throw ErrorCode.MANIFEST_BLOB_UNKNOWN.because(String.valueOf(e.getMessage()));
        }
    }

    private static String mediaType(Manifest manifest) {
        return switch (manifest) {
            case Manifest.Image image -> image.mediaType();
            case Manifest.Index index -> index.mediaType();
            case Manifest.Schema1 old -> old.mediaType();
        };
    }

    /// Whether a client that says what it can read can read this. Nothing is converted.
    private static boolean isWanted(String mediaType, List<String> accepted) {
        if (accepted.isEmpty()) {
            return true;
        }
        for (String line : accepted) {
            for (String range : line.split(",", -1)) {
                String wanted = MediaTypes.bare(range);
                if (wanted.equals(mediaType) || wanted.equals("*/*") || wanted.equals("application/*")) {
                    return true;
                }
            }
        }
        return false;
    }
}
