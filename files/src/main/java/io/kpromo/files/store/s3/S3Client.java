// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.access.Remembered;
import io.kpromo.files.store.bucket.Looking;
import io.kpromo.files.store.bucket.Reading;
import io.kpromo.oci.OciException;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Transport;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What is asked of one bucket to read from it. Every method is one request, but for the first, before which the
/// bucket's region may have to be found.
final class S3Client implements Looking.Bucket {
    private static final int MOST_KEYS = 1000;
    private static final Set<Integer> OR_ABSENT = Set.of(404);
    /// What S3 says of keys that were good once (S3 API Reference, "Error responses").
    private static final Set<String> OF_AGED_KEYS =
            Set.of("ExpiredToken", "InvalidAccessKeyId", "InvalidToken", "TokenRefreshRequired");

    private final Transport transport;
    private final Base base;
    private final BucketPlace place;
    private final Optional<Remembered<AccessKeys>> keys;
    private final InstantSource clock;
    private final Refusals refusals = new Refusals();
    private volatile Optional<Signing> last = Optional.empty();

    /// What signs as long as neither the keys nor the endpoint change.
    private record Signing(Endpoint endpoint, S3Call.Signer signer) {
        private boolean isFor(Endpoint other, AccessKeys keys) {
            return endpoint.equals(other) && signer.keys().equals(keys);
        }
    }

    /// @param keys to sign with; nothing is signed without
    S3Client(
            Transport transport,
            Base base,
            BucketPlace place,
            Optional<Remembered<AccessKeys>> keys,
            InstantSource clock) {
        this.transport = transport;
        this.base = base;
        this.place = place;
        this.keys = keys;
        this.clock = clock;
    }

    Endpoint endpoint() throws InterruptedException {
        return place.find();
    }

    String url(String key) {
        return base.urlOf(key);
    }

    /// All that is known of an object; empty where there is none. The first refusal costs one request more,
    /// for answers to `HEAD` can't say why.
    @Override
    public Optional<StoredFile> head(String key) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            Optional<AccessKeys> shown = shown();
            try {
                return lookUp(key);
            } catch (RegistryException refusal) {
                if (refusal.temporary()) {
                    throw refusal;
                }
                RegistryException why =
                        refusals.explained(refusal, shown.map(AccessKeys::id), url(key), () -> askForOneByte(key));
                // Keys that were refused for their age were replaced while the reason was asked for.
                if (tries > 1 || shown().equals(shown)) {
                    throw advised(why);
                }
            }
        }
    }

    private Optional<AccessKeys> shown() throws InterruptedException {
        return keys.isPresent() ? Optional.of(keys.get().get()) : Optional.empty();
    }

    private Optional<StoredFile> lookUp(String key) throws InterruptedException {
        return ask(
                looking(Method.HEAD, key).with("x-amz-checksum-mode", "ENABLED"),
                OR_ABSENT,
                response -> response.status() == 404 ? Optional.empty() : Optional.of(ObjectHead.read(response)));
    }

    private S3Request looking(Method method, String key) {
        return S3Request.of(method, key, Kind.HEAD_FILE, "look up " + url(key));
    }

    /// This takes the same rights as a look, and a refusal comes with the reason.
    private void askForOneByte(String key) throws InterruptedException {
        ask(looking(Method.GET, key).with("range", "bytes=0-0"), Set.of(404, 416), response -> true);
    }

    /// Manifests name no keys for sources, so what to do is not what S3 advises.
    private OciException advised(RegistryException refusal) {
        return keys.isPresent() || refusal.status() != 403
                ? refusal
                : new StoreException(
                        refusal.getMessage()
                                + "; it was asked without keys: let everybody read a source, and look at a destination"
                                + " with --use-service-account or --confirm",
                        refusal);
    }

    /// The keys behind some place, in order.
    @Override
    public Looking.Page list(String prefix, String from) throws InterruptedException {
        S3Request request = S3Request.of(Method.GET, "", Kind.LIST_FILES, "list " + url(prefix))
                .asking("list-type", "2")
                .asking("encoding-type", "url")
                .asking("max-keys", Integer.toString(MOST_KEYS))
                .asking("prefix", prefix);
        // It begins behind what it is given: that is the key but for its last letter.
        int last = from.isEmpty() ? 0 : from.offsetByCodePoints(from.length(), -1);
        S3Request placed = last > prefix.length() ? request.asking("start-after", from.substring(0, last)) : request;
        try {
            return ask(placed, Set.of(), response -> Xml.listing(response.body()));
        } catch (RegistryException refusal) {
            throw advised(refusal);
        }
    }

    /// Reads an object as it was seen, from where the intake stands.
    void get(String key, StoredFile seen, BlobIntake into) throws InterruptedException {
        Reading reading = new Reading(url(key), seen, into);
        S3Request whole = S3Request.of(Method.GET, key, Kind.GET_FILE, "read " + url(key));
        ask(
                () -> reading.asksForRest(range -> range.isEmpty() ? whole : whole.with("range", range))
                        .with("if-match", seen.version()),
                Set.of(404, 412),
                response -> {
                    if (response.status() == 404 || response.status() == 412) {
                        throw reading.changed(response.status() == 404 ? "it is gone" : "it has other content now");
                    }
                    String version = response.header("ETag").orElse(seen.version());
                    if (!version.equals(seen.version())) {
                        throw reading.changed(
                                "the answer has entity tag " + version + " rather than " + seen.version());
                    }
                    return reading.take(response);
                });
    }

    /// Removes an object, if it is still the one with this entity tag.
    void delete(String key, String version) throws InterruptedException {
        ask(
                S3Request.of(Method.DELETE, key, Kind.DELETE_FILE, "remove " + url(key))
                        .with("if-match", version),
                OR_ABSENT,
                response -> true);
    }

    /// Sends a request of any kind.
    <T> T ask(S3Request request, Set<Integer> answers, S3Call.Reading<T> reading) throws InterruptedException {
        return ask(() -> request, answers, reading);
    }

    /// Keys for a time that are refused before it is over are asked for anew, and the request is sent once more.
    private <T> T ask(Supplier<S3Request> request, Set<Integer> answers, S3Call.Reading<T> reading)
            throws InterruptedException {
        // Keys that are not for there are told of before anybody is asked anything.
        Optional<AccessKeys> signing = shown();
        try {
            return send(request, signing, answers, reading);
        } catch (RegistryException refusal) {
            if (!isForAge(refusal, signing) || !keys.orElseThrow().refused(signing.get()::equals)) {
                throw refusal;
            }
            return again(request, answers, reading, refusal);
        }
    }

    /// Keys without an end do not age.
    private static boolean isForAge(RegistryException refusal, Optional<AccessKeys> signing) {
        return signing.flatMap(AccessKeys::expires).isPresent()
                && refusal.code().filter(OF_AGED_KEYS::contains).isPresent();
    }

    private <T> T again(
            Supplier<S3Request> request, Set<Integer> answers, S3Call.Reading<T> reading, RegistryException refusal)
            throws InterruptedException {
        Optional<AccessKeys> newer;
        try {
            newer = shown();
        } catch (OciException none) {
            none.addSuppressed(refusal);
            throw none;
        }
        try {
            return send(request, newer, answers, reading);
        } catch (RegistryException e) {
            throw isForAge(e, newer)
                    ? new StoreException(e.getMessage() + "; refused, too, with keys that were asked for anew", e)
                    : e;
        }
    }

    private <T> T send(
            Supplier<S3Request> request, Optional<AccessKeys> signing, Set<Integer> answers, S3Call.Reading<T> reading)
            throws InterruptedException {
        Endpoint endpoint = place.find();
        Optional<S3Call.Signer> signer = signing.map(known -> signer(endpoint, known));
        return transport.send(new S3Call<>(request, endpoint, signer, clock, answers, reading));
    }

    /// For the endpoint's host and nobody else.
    private S3Call.Signer signer(Endpoint endpoint, AccessKeys with) {
        Optional<Signing> known = last.filter(signing -> signing.isFor(endpoint, with));
        if (known.isPresent()) {
            return known.get().signer();
        }
        S3Call.Signer signer =
                new S3Call.Signer(with, AmazonSignIn.of(endpoint.signed(), with, endpoint.region(), "s3"));
        last = Optional.of(new Signing(endpoint, signer));
        return signer;
    }

    /// Reads an answer in XML of one level; an error may hide behind status 200, where the work took long.
    ///
    /// @throws IOException where it may pass
    Map<String, String> result(Response response, String why) throws IOException {
        Map<String, String> result = Xml.flat(response.body());
        if (!result.getOrDefault("", "").equals("Error")) {
            return result;
        }
        String code = result.getOrDefault("Code", "");
        String said = code + ": " + result.getOrDefault("Message", "");
        if (code.equals("InternalError") || code.equals("SlowDown") || code.equals("ServiceUnavailable")) {
            throw new IOException(said);
        }
        throw new StoreException(why + ": " + said);
    }
}
