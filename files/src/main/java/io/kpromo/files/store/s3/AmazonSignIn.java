// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.SignIn;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Signs requests to Amazon's services with Signature Version 4, for their host and nobody else.
public final class AmazonSignIn {
    private AmazonSignIn() {}

    /// Signs requests whose headers, in lower case, hold `x-amz-date` and `x-amz-content-sha256`.
    ///
    /// @param host as it is sent, with its port where that is not the usual one
    /// @param service as its signatures name it: `s3`, `ec2`
    public static SignIn of(String host, AccessKeys keys, String region, String service) {
        return new Signing(host, new Signature4(keys, region, service));
    }

    private record Signing(String host, Signature4 signature) implements SignIn {
        /// What goes between changes, as a range does when a body is asked for again, is not signed.
        @Override
        public Optional<String> authorization(Request request, Plain plain) {
            SortedMap<String, String> signed = new TreeMap<>();
            signed.put("host", host);
            request.headers().forEach((name, value) -> {
                if (name.startsWith("x-amz-") || name.equals("content-type")) {
                    signed.put(name, value);
                }
            });
            URI target = request.target();
            String query = target.getRawQuery() == null ? "" : target.getRawQuery();
            return Optional.of(
                    signature.of(new Signature4.Signed(request.method().name(), target.getRawPath(), query, signed)));
        }

        @Override
        public boolean challenged(Request request, Optional<String> sent, List<String> challenges, Plain plain) {
            return false;
        }
    }
}
