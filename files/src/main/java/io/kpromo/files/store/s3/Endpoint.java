// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.Server;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.bucket.Escapes;
import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a bucket is reached.
///
/// @param host that is asked
/// @param signed its name as it stands in header `Host`, which is signed
/// @param above what comes before a key in a path, from the first slash to the last
/// @param cloud buckets of the same one can be copied between without us
record Endpoint(Host host, String signed, String above, String region, String cloud) {
    private static final String AMAZON = "amazonaws.com";

    /// S3 User Guide, "Making requests using the REST API" and "AWS PrivateLink for Amazon S3".
    private static final Pattern AMAZONS =
            Pattern.compile("(bucket\\.vpce-[a-z0-9-]+\\.)?s3(-fips)?(\\.dualstack)?(\\.[a-z0-9-]+)?(\\.vpce)?"
                    + "\\.amazonaws\\.com(\\.cn)?");

    static final String FIRST_REGION = "us-east-1";

    /// Where users have S3 elsewhere than at Amazon, as Amazon's own tools are told.
    ///
    /// @throws StoreException where the variables hold no address
    static Optional<Server> custom(Map<String, String> environment) {
        for (String variable : new String[] {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"}) {
            String address = environment.getOrDefault(variable, "").strip();
            if (!address.isEmpty()) {
                return Optional.of(Server.parse(address)
                        .orElseThrow(() -> new StoreException(variable + " has to be " + Server.WANTED)));
            }
        }
        return Optional.empty();
    }

    /// Whether only Amazon can be there. Other names below Amazon's domain are those of its customers' machines.
    static boolean isAmazons(Server server) {
        return !server.plain() && AMAZONS.matcher(server.host().name()).matches();
    }

    /// By path, as everything but Amazon understands it.
    static Endpoint at(Server server, String bucket, String region) {
        String above = server.path() + "/" + Escapes.whole(bucket) + "/";
        String host = server.host().name();
        // As it stands in a header: the port only where it is not the scheme's own.
        String signed = server.plain() ? host.replaceFirst(":80$", "") : host;
        return new Endpoint(server.host(), signed, above, region, server.toString());
    }

    /// Amazon's, by the bucket's own host; by path where its name has dots, which certificates do not cover.
    static Endpoint amazon(String bucket, String region) {
        String service = "s3." + region + "." + domain(region);
        try {
            boolean path = bucket.indexOf('.') >= 0;
            String name = path ? service : bucket + "." + service;
            String above = path ? "/" + Escapes.whole(bucket) + "/" : "/";
            return new Endpoint(new Host(name), name, above, region, domain(region));
        } catch (InvalidNameException e) {
            throw new StoreException("s3://" + bucket + ": no bucket of Amazon's can be called so", e);
        }
    }

    /// Regions of China are a cloud of their own.
    private static String domain(String region) {
        return region.startsWith("cn-") ? AMAZON + ".cn" : AMAZON;
    }

    /// Path of a key; of the bucket itself where it is empty.
    String path(String key) {
        return above + Escapes.path(key);
    }
}
