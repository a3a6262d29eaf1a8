// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.bucket.Escapes;
import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where a bucket is reached.
///
/// @param host that is asked
/// @param signed its name as it stands in header `Host`, which is signed
/// @param above what comes before a key in a path, from the first slash to the last
/// @param cloud buckets of the same one can be copied between without us
record Endpoint(Host host, String signed, String above, String region, String cloud) {
    private static final String AMAZON = "amazonaws.com";
    static final String FIRST_REGION = "us-east-1";

    /// Where users have S3 elsewhere than at Amazon, as Amazon's own tools are told.
    static Optional<URI> custom(Map<String, String> environment) {
        for (String variable : new String[] {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"}) {
            String address = environment.getOrDefault(variable, "").strip();
            if (!address.isEmpty()) {
                return Optional.of(checked(variable, address));
            }
        }
        return Optional.empty();
    }

    private static URI checked(String variable, String address) {
        try {
            URI uri = new URI(address);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below; the address may hold a secret.
        }
        throw new StoreException(variable + " has to be http:// or https://, a host, and a path at most");
    }

    /// By path, as everything but Amazon understands it.
    static Endpoint at(URI custom, String bucket, String region) {
        String path = custom.getRawPath() == null ? "" : custom.getRawPath();
        Host host = new Host(custom.getRawAuthority());
        String above = path.replaceAll("/+$", "") + "/" + Escapes.whole(bucket) + "/";
        return new Endpoint(host, authority(custom), above, region, authority(custom));
    }

    /// As it stands in a header: the port only where it is not the scheme's own.
    private static String authority(URI custom) {
        boolean own = custom.getPort() == ("https".equalsIgnoreCase(custom.getScheme()) ? 443 : 80);
        String host = custom.getHost().toLowerCase(Locale.ROOT);
        return own || custom.getPort() < 0 ? host : host + ":" + custom.getPort();
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
