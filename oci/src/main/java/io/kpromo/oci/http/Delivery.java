// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Host;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// One try of one call: signs in, waits its turn, sends, follows redirects, answers a challenge, and reads.
final class Delivery {
    private static final String NEITHER = "refused, too, with a token that was asked for anew";

    private final Parts parts;
    private final SignIn.Plain plain;
    private final Request request;
    private final int tries;
    private Optional<String> authorization = Optional.empty();
    private boolean guarded;

    /// @param tries how often the call was sent, this one included
    Delivery(Parts parts, SignIn.Plain plain, Request request, int tries) {
        this.parts = parts;
        this.plain = plain;
        this.request = request;
        this.tries = tries;
    }

    /// @throws AnswerException when the answer is not one that the call expects
    <T> T signedIn(Call<T> call, SignIn signIn) throws IOException, InterruptedException {
        signIn(signIn);
        AnswerException refusal;
        try (Exchange exchange = settled(signIn)) {
            Answer answer = exchange.answer();
            if (!isChallenge(exchange) || !challenged(signIn, answer)) {
                return read(call, exchange);
            }
            refusal = parts.errors().of(answer, request.method() == Method.HEAD, authorization);
        }
        // The slot is free again: a token may have to be asked for.
        Optional<String> refused = authorization;
        authorization = signIn.authorization(request, plain);
        try (Exchange exchange = first()) {
            return read(call, exchange);
        } catch (AnswerException again) {
            throw again.status() == 401 && refused.isPresent() ? again.remarking(NEITHER) : again;
        } catch (BodyException spent) {
            refusal.addSuppressed(spent);
            throw refusal;
        }
    }

    private void signIn(SignIn signIn) throws InterruptedException {
        boolean done = false;
        try {
            authorization = signIn.authorization(request, plain);
            done = true;
        } finally {
            if (!done) {
                signIn.settled(request, false);
            }
        }
    }

    private boolean challenged(SignIn signIn, Answer answer) throws InterruptedException {
        return signIn.challenged(request, authorization, answer.headers("WWW-Authenticate"), plain);
    }

    /// Sends, and lets the sign-in know how it went unless it will be challenged.
    private Exchange settled(SignIn signIn) throws IOException, InterruptedException {
        boolean answered = false;
        boolean challenge = false;
        try {
            Exchange exchange = first();
            answered = true;
            challenge = isChallenge(exchange);
            return exchange;
        } finally {
            if (!challenge) {
                signIn.settled(request, answered);
            }
        }
    }

    private static boolean isChallenge(Exchange exchange) {
        return exchange.answer().status() == 401 && !exchange.redirected();
    }

    /// Sends to the request's absolute address and to no other origin.
    <T> T toAddress(Call<T> call, Optional<String> given, boolean stranger) throws IOException, InterruptedException {
        authorization = given;
        Origin to = Origin.of(request.target());
        parts.schemes().requirePlainAllowed(to);
        guarded = stranger;
        if (stranger && Addresses.isInner(to.host())) {
            throw new ForbiddenException("what a registry names as " + to.authority() + " is an inner address");
        }
        try (Exchange exchange = follow(to)) {
            return read(call, exchange);
        }
    }

    private <T> T read(Call<T> call, Exchange exchange) throws IOException, InterruptedException {
        Answer answer = exchange.answer();
        if (call.expects(answer.status())) {
            try {
                return call.read(answer);
            } catch (IOException broken) {
                exchange.failed(broken);
                throw broken;
            }
        }
        AnswerException refusal = parts.errors().of(answer, request.method() == Method.HEAD, authorization);
        if (refusal.status() == 429) {
            exchange.refusedForRate();
        }
        throw refusal;
    }

    /// Sends to the registry, by the scheme that it speaks, and follows redirects.
    private Exchange first() throws IOException, InterruptedException {
        Host host = request.registry();
        Origin registry = parts.schemes().of(host);
        try {
            Exchange exchange = follow(registry);
            Answer answer = exchange.answer();
            boolean guessed = host.isLoopback() && !request.target().isAbsolute();
            if (answer.status() == 400 && guessed && request.method() != Method.HEAD) {
                return orWithTls(exchange, registry);
            }
            parts.schemes().learned(host, registry);
            return exchange;
        } catch (IOException failure) {
            Optional<Origin> other = parts.schemes().other(host, registry, failure);
            if (other.isEmpty()) {
                throw failure;
            }
            Exchange exchange = follow(other.get());
            parts.schemes().learned(host, other.get());
            return exchange;
        }
    }

    private Exchange orWithTls(Exchange exchange, Origin registry) throws IOException, InterruptedException {
        AnswerException refusal;
        try (exchange) {
            refusal = parts.errors().of(exchange.answer(), false, authorization);
        }
        if (!parts.schemes().isForTls(request.registry(), registry, refusal)) {
            throw refusal;
        }
        Origin secure = new Origin(true, registry.host(), registry.port());
        Exchange again = follow(secure);
        parts.schemes().learned(request.registry(), secure);
        return again;
    }

    private Exchange follow(Origin registry) throws IOException, InterruptedException {
        URI address = request.target();
        Origin to = address.isAbsolute() ? parts.schemes().of(address, registry) : registry;
        for (int hops = 0; ; hops++) {
            Exchange exchange = exchange(registry, to, address, hops > 0);
            Optional<String> location = Optional.empty();
            boolean done = false;
            try {
                location = Redirects.location(request, exchange.answer());
                done = location.isEmpty();
                if (done) {
                    return exchange;
                }
            } finally {
                if (!done) {
                    exchange.close();
                }
            }
            if (hops == Redirects.MOST) {
                throw new ForbiddenException("more than " + Redirects.MOST + " redirects, one after the other");
            }
            address = Redirects.resolve(to, address, location.get());
            Origin next = parts.schemes().of(address, registry);
            Redirects.requireSafe(registry, to, next);
            to = next;
        }
    }

    private Exchange exchange(Origin registry, Origin to, URI address, boolean redirected)
            throws IOException, InterruptedException {
        boolean own = to.equals(registry);
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String target = address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
        boolean watched = guarded || (redirected && !own && Redirects.isGuarded(registry));
        Wire.Letter letter = new Wire.Letter(request, to, target, own ? authorization : Optional.empty(), watched);
        String host = own ? request.registry().name() : to.authority();
        return Exchange.begin(parts, letter, host, Redact.target(address), tries, redirected);
    }
}
