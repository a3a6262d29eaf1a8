// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One page of the referrers API.
record ListReferrers(Repository repository, Digest subject, String target) implements Call<ListReferrers.Answer> {
    private static final int LONGEST_ERROR = 4096;

    /// @param supported whether the host knows the API: 404 says that it does not; empty where the 404 is only
    ///     about the repository
    /// @param size of the page in bytes
    record Answer(Optional<Boolean> supported, List<Descriptor> referrers, long size, Optional<String> next) {}

    static String first(Repository repository, Digest subject, Optional<String> artifactType) {
        return "/v2/" + repository.path() + "/referrers/" + subject
                + artifactType
                        .map(type -> "?artifactType=" + URLEncoder.encode(type, StandardCharsets.UTF_8))
                        .orElse("");
    }

    @Override
    public Request request() {
        return Request.of(
                        repository.host(),
                        Method.GET,
                        target,
                        Kind.REFERRERS,
                        Scope.pull(repository),
                        "list referrers of " + repository.at(subject))
                .with("Accept", MediaTypes.OCI_INDEX);
    }

    @Override
    public boolean expects(int status) {
        return status == 200 || status == 404;
    }

    @Override
    public Answer read(Response response) throws IOException {
        String type = response.header("Content-Type").map(MediaTypes::bare).orElse("");
        // Hosts that answer unknown paths with a page for people are no better than a 404.
        if (response.status() == 404 || !type.equals(MediaTypes.OCI_INDEX)) {
            byte[] said = response.body().readNBytes(LONGEST_ERROR);
            boolean nameless = new String(said, StandardCharsets.UTF_8).contains("NAME_UNKNOWN");
            return new Answer(nameless ? Optional.empty() : Optional.of(false), List.of(), 0, Optional.empty());
        }
        byte[] bytes = response.body().readNBytes(Manifest.LARGEST + 1);
        return new Answer(
                Optional.of(true),
                Manifest.parse(RawManifest.of(MediaTypes.OCI_INDEX, bytes)).manifests(),
                bytes.length,
                Pages.next(response, request().target()));
    }
}
