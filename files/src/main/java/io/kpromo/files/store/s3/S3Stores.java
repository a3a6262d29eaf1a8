// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.access.Remembered;
import io.kpromo.oci.Host;
import io.kpromo.oci.http.Transport;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// Opens buckets of S3: Amazon's, whose region is found out, or those behind `AWS_ENDPOINT_URL_S3` or
/// `AWS_ENDPOINT_URL`, which are addressed by path.
///
/// Opening asks nobody anything. Region: `AWS_REGION` or `AWS_DEFAULT_REGION` for buckets elsewhere.
public final class S3Stores {
    private final Transport transport;
    private final Map<String, String> environment;
    private final S3Options options;
    private final InstantSource clock;
    private final Remembered<AccessKeys> keys;
    private final ConcurrentMap<String, BucketPlace> places = new ConcurrentHashMap<>();

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
        this.keys = new Remembered<>(
                () -> {
                    Optional<AccessKeys> set = AccessKeys.of(this.environment);
                    return set.isPresent() ? set.get() : access.get().amazon(region());
                },
                clock);
    }

    private String region() {
        String otherwise = environment.getOrDefault("AWS_DEFAULT_REGION", Endpoint.FIRST_REGION);
        return environment.getOrDefault("AWS_REGION", otherwise);
    }

    /// As everybody may see it: no request is signed.
    public Store asAnyone(Base base) {
        return open(base, Optional.empty());
    }

    /// With the keys of this machine, by Amazon's default chain.
    public Store signedIn(Base base) {
        return open(base, Optional.of(keys));
    }

    private Store open(Base base, Optional<Remembered<AccessKeys>> signing) {
        BucketPlace place =
                places.computeIfAbsent(base.bucket(), bucket -> new BucketPlace(transport, environment, bucket));
        return new S3Store(base, new S3Client(transport, base, place, signing, clock), options);
    }

    /// The host that the variables name by plain HTTP: whoever wrote so wants it, and the transport is to be told.
    ///
    /// @throws io.kpromo.files.store.StoreException where they hold no address
    public static Set<Host> plainHosts(Map<String, String> environment) {
        return Endpoint.custom(environment)
                .filter(address -> "http".equalsIgnoreCase(address.getScheme()))
                .map(URI::getRawAuthority)
                .map(authority -> Set.of(new Host(authority)))
                .orElse(Set.of());
    }
}
