// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;
import io.kpromo.oci.http.Transport;
import java.util.OptionalLong;

/// Blobs that are there. Distribution-spec 1.1, "Pulling blobs", "Deleting blobs"; writing them: [Uploads].
public final class Blobs {
    private final Transport transport;

    Blobs(Transport transport) {
        this.transport = transport;
    }

    /// Whether the repository holds the blob. One request.
    public boolean exists(Repository repository, Digest blob) throws InterruptedException {
        return size(repository, blob).isPresent();
    }

    /// How many bytes a blob has, as the registry says; empty where it has no such blob, -1 where it doesn't tell.
    /// One request.
    public OptionalLong size(Repository repository, Digest blob) throws InterruptedException {
        return transport.send(new Presence(repository, blob, Method.HEAD, Kind.HEAD_BLOB, "look up"));
    }

    /// Reads a blob, from where the intake stands. A stream that breaks off is asked for again from there, by
    /// range, as long as it gets on.
    ///
    /// @throws io.kpromo.oci.http.RegistryException when the registry has no such blob or the tries run out
    public void read(Repository repository, Digest blob, BlobIntake intake) throws InterruptedException {
        transport.send(new GetBlob(repository, blob, intake));
    }

    /// Removes a blob from the repository. What isn't there is not a failure.
    ///
    /// @return whether it was there
    public boolean delete(Repository repository, Digest blob) throws InterruptedException {
        return transport
                .send(new Presence(repository, blob, Method.DELETE, Kind.DELETE_BLOB, "delete"))
                .isPresent();
    }

    private record Presence(Repository repository, Digest blob, Method method, Kind kind, String verb)
            implements Call<OptionalLong> {
        @Override
        public Request request() {
            return Request.of(
                    repository.host(),
                    method,
                    "/v2/" + repository.path() + "/blobs/" + blob,
                    kind,
                    method == Method.DELETE ? Scope.delete(repository) : Scope.pull(repository),
                    verb + " blob " + repository.at(blob));
        }

        @Override
        public boolean expects(int status) {
            return (status >= 200 && status < 300) || status == 404;
        }

        @Override
        public OptionalLong read(Response response) {
            if (response.status() == 404) {
                return OptionalLong.empty();
            }
            try {
                return OptionalLong.of(
                        response.header("Content-Length").map(Long::parseLong).orElse(-1L));
            } catch (NumberFormatException e) {
                return OptionalLong.of(-1);
            }
        }
    }
}
