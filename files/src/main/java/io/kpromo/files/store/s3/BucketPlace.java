// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.Server;
import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Host;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Transport;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds out where a bucket is, once, when it is first asked: at the server that its filestore or the variables
/// name, or in the region that Amazon names to whoever asks for the bucket, signed in or not.
final class BucketPlace {
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    private final Transport transport;
    private final Map<String, String> environment;
    private final Base base;
    private final InFlight<String, Endpoint> found = InFlight.keeping();

    /// @param base whose bucket it is
    BucketPlace(Transport transport, Map<String, String> environment, Base base) {
        this.transport = transport;
        this.environment = environment;
        this.base = base;
    }

    /// One request at most, by the first who asks.
    Endpoint find() throws InterruptedException {
        return found.once(base.bucket(), this::search);
    }

    private Endpoint search() throws InterruptedException {
        if (base.server().isPresent()) {
            // The variable may be about another server.
            return at(base.server().get(), ask(base.server().get()).or(this::setRegion));
        }
        Optional<Server> custom = Endpoint.custom(environment);
        Optional<String> set = setRegion();
        if (custom.isPresent()) {
            return at(custom.get(), set.isPresent() ? set : ask(custom.get()));
        }
        // Each of Amazon's clouds knows its own buckets only.
        String first = set.filter(region -> region.startsWith("cn-") || region.startsWith("us-gov-"))
                .orElse(Endpoint.FIRST_REGION);
        String region = ask(Endpoint.amazon(base.bucket(), first))
                .orElseThrow(() -> new StoreException("look up " + base + ": Amazon names no region for its bucket"));
        return Endpoint.amazon(base.bucket(), region);
    }

    /// Most of what speaks like S3 has no regions; what signatures name is of their own choice then.
    private Endpoint at(Server server, Optional<String> region) {
        return Endpoint.at(server, base.bucket(), region.orElse(Endpoint.FIRST_REGION));
    }

    private Optional<String> ask(Server server) throws InterruptedException {
        return ask(Endpoint.at(server, base.bucket(), Endpoint.FIRST_REGION));
    }

    private Optional<String> setRegion() {
        return Optional.ofNullable(environment.get("AWS_REGION"))
                .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION")))
                .filter(region -> REGION.matcher(region).matches());
    }

    private Optional<String> ask(Endpoint at) throws InterruptedException {
        return transport.send(new HeadBucket(at.host(), at.path(""), "find the region of " + base.urlOf("")));
    }

    /// The region stands in refusals and redirects, too (S3 API Reference, "HeadBucket").
    private record HeadBucket(Host host, String path, String why) implements Call<Optional<String>> {
        @Override
        public Request request() {
            return new Request(
                    host, Method.HEAD, URI.create(path), Map.of(), Optional.empty(), Kind.HEAD_BUCKET, List.of(), why);
        }

        @Override
        public Optional<SignIn> signIn() {
            return Optional.of(SignIn.nowhere());
        }

        @Override
        public boolean expects(int status) {
            return (status >= 200 && status < 500) && status != 408 && status != 429;
        }

        @Override
        public Optional<String> read(Response response) {
            if (response.status() == 404) {
                throw new StoreException(why + ": there is no such bucket at " + host);
            }
            return response.header("x-amz-bucket-region")
                    .filter(region -> REGION.matcher(region).matches());
        }
    }
}
