// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.oci.Host;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A request to Cloud Storage.
///
/// @param target path and query, percent-encoded
/// @param headers built anew for each try, for a later one may ask for less
/// @param answers statuses that are answers beside the 2xx
record GcsCall<T>(
        Host host,
        SignIn as,
        Method method,
        String target,
        Supplier<Map<String, String>> headers,
        Optional<Body> body,
        Kind kind,
        String why,
        Set<Integer> answers,
        Reading<T> reading)
        implements Call<T> {
    /// How the answer is read.
    @FunctionalInterface
    interface Reading<T> {
        T read(Response response) throws IOException, InterruptedException;
    }

    /// A question, before it is known who is asked.
    record Question(
            Method method,
            String target,
            Supplier<Map<String, String>> headers,
            Optional<Body> body,
            Kind kind,
            String why,
            Set<Integer> answers) {
        static Question of(Method method, String target, Kind kind, String why) {
            return new Question(method, target, Map::of, Optional.empty(), kind, why, Set.of());
        }

        Question with(String name, String value) {
            return with(() -> Map.of(name, value));
        }

        Question with(Supplier<Map<String, String>> more) {
            Supplier<Map<String, String>> before = headers;
            return new Question(
                    method,
                    target,
                    () -> {
                        Map<String, String> all = new HashMap<>(before.get());
                        all.putAll(more.get());
                        return all;
                    },
                    body,
                    kind,
                    why,
                    answers);
        }

        Question sending(String type, Body content) {
            return new Question(method, target, headers, Optional.of(content), kind, why, answers)
                    .with("Content-Type", type);
        }

        Question answering(Integer... more) {
            return new Question(method, target, headers, body, kind, why, Set.of(more));
        }
    }

    static <T> GcsCall<T> of(Host host, SignIn as, Question question, Reading<T> reading) {
        return new GcsCall<>(
                host,
                as,
                question.method(),
                question.target(),
                question.headers(),
                question.body(),
                question.kind(),
                question.why(),
                question.answers(),
                reading);
    }

    @Override
    public Request request() {
        return new Request(host, method, URI.create(target), headers.get(), body, kind, List.of(), why);
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
        return Optional.of(as);
    }
}
