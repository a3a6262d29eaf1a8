// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Tag;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;
import java.util.Optional;

/// Asks what a reference points to.
record HeadManifest(ImageReference reference) implements Call<HeadManifest.Answer> {
    sealed interface Answer {
        record Found(Descriptor descriptor) implements Answer {}

        record Missing() implements Answer {}

        /// There, but the host did not say under which digest.
        record Nameless() implements Answer {}
    }

    @Override
    public Request request() {
        return ManifestRequests.of(
                        Method.HEAD, reference, Kind.HEAD_MANIFEST, Scope.pull(reference.repository()), "look up")
                .with("Accept", ManifestRequests.ACCEPT);
    }

    @Override
    public boolean expects(int status) {
        return status == 200 || status == 404;
    }

    @Override
    public Answer read(Response response) {
        if (response.status() == 404) {
            return new Answer.Missing();
        }
        Optional<Digest> said = response.header("Docker-Content-Digest").map(this::parse);
        Digest digest = switch (reference.reference()) {
            case Tag tag -> said.orElse(null);
            case Digest asked -> {
                if (said.isPresent() && !said.get().equals(asked)) {
                    throw new OciException("look up " + reference + ": the registry answered with " + said.get()
                            + "; it is broken or something between changes its answers");
                }
                yield asked;
            }
        };
        if (digest == null) {
            return new Answer.Nameless();
        }
        String type = response.header("Content-Type").map(MediaTypes::bare).orElse(MediaTypes.OCTETS);
        return new Answer.Found(new Descriptor(type, digest, length(response)));
    }

    private Digest parse(String text) {
        try {
            return Digest.parse(text.strip());
        } catch (InvalidNameException e) {
            throw new OciException("look up " + reference + ": the registry answered with an " + e.getMessage(), e);
        }
    }

    private static long length(Response response) {
        try {
            return response.header("Content-Length").map(Long::parseLong).orElse(-1L);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
