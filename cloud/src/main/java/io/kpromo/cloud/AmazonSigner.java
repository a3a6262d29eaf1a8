// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.cloud.AmazonIdentity.Keys;
import io.kpromo.cloud.AmazonIdentity.Nobody;
import io.kpromo.oci.http.Time;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/// Signs requests to AWS KMS (Signature Version 4). The SDK signs; its client for the whole service is not needed.
final class AmazonSigner {
    private final AmazonIdentity identity;
    private final String region;
    private final Time time;
    private final String why;
    private final ReentrantLock lock = new ReentrantLock();

    /// @param why requests are made, for errors
    AmazonSigner(AmazonIdentity identity, String region, Time time, String why) {
        this.identity = identity;
        this.region = region;
        this.time = time;
        this.why = why;
    }

    /// The headers of a `POST`, with those that its signature adds.
    Map<String, String> signed(URI address, Map<String, String> headers, Bytes body) throws InterruptedException {
        AwsCredentials keys = keys();
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(address);
        headers.forEach(request::putHeader);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(keys)
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(body.array()))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kms")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(time.now(), ZoneOffset.UTC)))
                .request();
        Map<String, String> all = new LinkedHashMap<>();
        signed.forEachHeader((name, values) -> all.put(name, values.getFirst()));
        return all;
    }

    private AwsCredentials keys() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return switch (identity.ask(region)) {
                case Keys found -> found.credentials();
                case Nobody none ->
                    throw new TrustException(why + ": there are no AWS credentials: " + String.join("; ", none.tried())
                            + " (to sign in: aws configure, or aws sso login; or set AWS_PROFILE)");
            };
        } finally {
            lock.unlock();
        }
    }
}
