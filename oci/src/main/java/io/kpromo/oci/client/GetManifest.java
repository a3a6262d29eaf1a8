// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;
import java.io.IOException;
import java.util.Optional;

/// Fetches a manifest and checks that it is the one that was asked for.
record GetManifest(ImageReference reference) implements Call<Optional<RawManifest>> {
    @Override
    public Request request() {
        return ManifestRequests.of(
                        Method.GET, reference, Kind.GET_MANIFEST, Scope.pull(reference.repository()), "fetch")
                .with("Accept", ManifestRequests.ACCEPT);
    }

    @Override
    public boolean expects(int status) {
        return status == 200 || status == 404;
    }

    @Override
    public Optional<RawManifest> read(Response response) throws IOException {
        if (response.status() == 404) {
            return Optional.empty();
        }
        byte[] bytes = response.body().readNBytes(Manifest.LARGEST + 1);
        if (bytes.length > Manifest.LARGEST) {
            throw new OciException("fetch " + reference + ": the manifest is larger than " + Manifest.LARGEST
                    + " bytes, which registries need not take; it is not copied");
        }
        String type = response.header("Content-Type").map(MediaTypes::bare).orElse(MediaTypes.OCTETS);
        return Optional.of(
                reference.reference() instanceof Digest asked
                        ? byDigest(asked, type, bytes)
                        : byTag(response, type, bytes));
    }

    /// Damaged on the way: worth another try.
    private RawManifest byDigest(Digest asked, String type, byte[] bytes) throws IOException {
        if (!asked.matches(bytes)) {
            throw new IOException("the body of " + bytes.length + " bytes does not have this digest");
        }
        return new RawManifest(type, asked, bytes);
    }

    private RawManifest byTag(Response response, String type, byte[] bytes) throws IOException {
        RawManifest manifest = RawManifest.of(type, bytes);
        Optional<String> said = response.header("Docker-Content-Digest").map(String::strip);
        if (said.isEmpty() || said.get().equals(manifest.digest().toString())) {
            return manifest;
        }
        try {
            Digest other = Digest.parse(said.get());
            if (other.matches(bytes)) {
                return new RawManifest(type, other, bytes);
            }
        } catch (InvalidNameException e) {
            throw new IOException("the registry answered with an " + e.getMessage(), e);
        }
        throw new IOException("the registry calls it " + said.get() + ", its body is " + manifest.digest());
    }
}
