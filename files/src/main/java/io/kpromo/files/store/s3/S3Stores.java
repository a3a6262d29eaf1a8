// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.Server;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.access.Remembered;
import io.kpromo.oci.http.Transport;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// Opens buckets of S3: Amazon's, whose region is found out, or those of the server that a filestore or
/// `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` name, which are addressed by path.
///
/// Opening asks nobody anything. Region: `AWS_REGION` or `AWS_DEFAULT_REGION` for buckets elsewhere.
public final class S3Stores {
    private record Where(String bucket, Optional<Server> server) {}

    private final Transport transport;
    private final Map<String, String> environment;
    private final S3Options options;
    private final InstantSource clock;
    private final KeyRing ring;
    private final ConcurrentMap<Where, BucketPlace> places = new ConcurrentHashMap<>();

    /// @param transport that requests go through; it stays the caller's to close
    /// @param environment the variables of the process
    /// @param access asked for keys when the first request is to be signed and the variables hold none
    public S3Stores(
            Transport transport,
            Map<String, String> environment,
            Supplier<CloudAccess> access,
            S3Options options,
            InstantSource clock) {
        this.transport = transport;
        this.environment = Map.copyOf(environment);
        this.options = options;
        this.clock = clock;
        this.ring = new KeyRing(this.environment, access, clock);
    }

    /// As everybody may see it: no request is signed.
    public Store asAnyone(Base base) {
        return open(base, Optional.empty());
    }

    /// With keys that belong to where the bucket is: those of a profile, or by Amazon's default chain.
    ///
    /// @param profile of the files of the AWS CLI, where a manifest names one
    /// @param place where it does, for messages
    /// @throws io.kpromo.files.store.StoreException where the base names a server and nothing tells whose keys
    ///     belong there
    public Store signedIn(Base base, Optional<String> profile, String place) {
        return open(base, Optional.of(ring.keysFor(base, profile, place)));
    }

    private Store open(Base base, Optional<Remembered<AccessKeys>> signing) {
        BucketPlace place = places.computeIfAbsent(
                new Where(base.bucket(), base.server()), where -> new BucketPlace(transport, environment, base));
        return new S3Store(base, new S3Client(transport, base, place, signing, clock), options);
    }

    /// The server that the variables name.
    ///
    /// @throws io.kpromo.files.store.StoreException where they hold no address
    public static Optional<Server> server(Map<String, String> environment) {
        return Endpoint.custom(environment);
    }
}
