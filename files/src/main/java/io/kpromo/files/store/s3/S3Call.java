// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A request to a bucket on its way; signed anew for each try, for a signature is good for a quarter of an hour.
///
/// @param asked may ask for less in later tries
/// @param signer signs it, where it is to be signed
/// @param answers statuses that are answers beside the 2xx
record S3Call<T>(
        Supplier<S3Request> asked,
        Endpoint endpoint,
        Optional<Signer> signer,
        InstantSource clock,
        Set<Integer> answers,
        Reading<T> reading)
        implements Call<T> {
    /// Keys, and what signs with them: kept from call to call, for what it signs with takes time to work out.
    record Signer(AccessKeys keys, SignIn signIn) {}

    /// How the answer is read.
    @FunctionalInterface
    interface Reading<T> {
        T read(Response response) throws IOException, InterruptedException;
    }

    @Override
    public Request request() {
        return asked.get().at(endpoint, signer.map(Signer::keys), clock.instant());
    }

    @Override
    public boolean expects(int status) {
        return Call.super.expects(status) || answers.contains(status);
    }

    @Override
    public T read(Response response) throws IOException, InterruptedException {
        return reading.read(response);
    }

    @Override
    public Optional<SignIn> signIn() {
        return Optional.of(signer.map(Signer::signIn).orElseGet(SignIn::nowhere));
    }
}
