// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

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

/// Finds out where a bucket is, once, when it is first asked: at the address that the variables give, or in the
/// region that Amazon names to whoever asks for the bucket, signed in or not.
final class BucketPlace {
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    private final Transport transport;
    private final Map<String, String> environment;
    private final String bucket;
    private final InFlight<String, Endpoint> found = InFlight.keeping();

    BucketPlace(Transport transport, Map<String, String> environment, String bucket) {
        this.transport = transport;
        this.environment = environment;
        this.bucket = bucket;
    }

    /// One request at most, by the first who asks.
    Endpoint find() throws InterruptedException {
        return found.once(bucket, this::search);
    }

    private Endpoint search() throws InterruptedException {
        Optional<URI> custom = Endpoint.custom(environment);
        Optional<String> set = setRegion();
        if (custom.isPresent()) {
            // Most of what speaks like S3 has no regions; what signatures name is of their own choice then.
            Endpoint guess = Endpoint.at(custom.get(), bucket, Endpoint.FIRST_REGION);
            String region = set.isPresent() ? set.get() : ask(guess).orElse(Endpoint.FIRST_REGION);
            return Endpoint.at(custom.get(), bucket, region);
        }
        // Each of Amazon's clouds knows its own buckets only.
        String first = set.filter(region -> region.startsWith("cn-") || region.startsWith("us-gov-"))
                .orElse(Endpoint.FIRST_REGION);
        String region = ask(Endpoint.amazon(bucket, first))
                .orElseThrow(() -> new StoreException("look up s3://" + bucket + ": Amazon names no region for it"));
        return Endpoint.amazon(bucket, region);
    }

    private Optional<String> setRegion() {
        return Optional.ofNullable(environment.get("AWS_REGION"))
                .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION")))
                .filter(region -> REGION.matcher(region).matches());
    }

    private Optional<String> ask(Endpoint at) throws InterruptedException {
        return transport.send(new HeadBucket(at.host(), at.path(""), "find the region of s3://" + bucket));
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
