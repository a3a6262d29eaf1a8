// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.ForgeException;
import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Transport;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// A forge's API: sends what is asked, waits for the forge's limits, and puts refusals into words. For use by many
/// threads. The token is shown to the API's host and to no other.
public final class Api {
    private static final int MOST_REFUSALS = 8;

    private final Transport transport;
    private final URI root;
    private final Host host;
    private final Account account;
    private final RateLimits limits;
    private final Map<String, String> headers;

    /// @param root of the API: `https://api.github.com`, without a slash at its end
    /// @param headers of every request
    /// @throws ForgeException when that is no address
    public Api(Transport transport, URI root, Account account, RateLimits limits, Map<String, String> headers) {
        this.transport = transport;
        this.root = withoutSlash(root);
        this.host = host(root, "the address of " + account.forge() + "'s API");
        this.account = account;
        this.limits = limits;
        this.headers = Map.copyOf(headers);
    }

    private static URI withoutSlash(URI root) {
        String text = root.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : root;
    }

    private static Host host(URI address, String what) {
        boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        if (!web
                || address.getRawAuthority() == null
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null) {
            throw new ForgeException(what + " is https://HOST[/PATH]; it holds no user and no query");
        }
        try {
            return new Host(address.getRawAuthority());
        } catch (InvalidNameException e) {
            throw new ForgeException(what + ": " + e.getMessage(), e);
        }
    }

    public URI root() {
        return root;
    }

    public Host host() {
        return host;
    }

    public Account account() {
        return account;
    }

    public RateLimits limits() {
        return limits;
    }

    /// Sends, and again where a limit was in the way.
    ///
    /// @param ask built anew for each try, so that a broken download can ask for the rest of it
    /// @throws RefusedException when the forge says no
    /// @throws LostAnswerException when something that must not be done twice may have been done
    public <T> T send(Supplier<Ask> ask, Reader<T> reader) throws InterruptedException {
        Ask first = ask.get();
        for (int tries = 1; ; tries++) {
            limits.await(first.bucket(), first.why());
            switch (once(ask, first, tries, reader)) {
                case ApiCall.Reply.Found<T>(T what) -> {
                    return what;
                }
                case ApiCall.Reply.Refused<T>(int status, String said) -> throw refusal(first.why(), status, said);
                case ApiCall.Reply.Limited<T>() -> {
                    if (tries == MOST_REFUSALS) {
                        throw new ForgeException(first.why() + ": " + account.forge() + " refused it " + tries
                                + " times for its limits; try again later");
                    }
                }
            }
        }
    }

    private <T> ApiCall.Reply<T> once(Supplier<Ask> ask, Ask first, int tries, Reader<T> reader)
            throws InterruptedException {
        try {
            return transport.send(
                    new ApiCall<>(() -> request(ask.get()), account.signIn(), limits, first.bucket(), tries, reader));
        } catch (RegistryException e) {
            String message = String.valueOf(e.getMessage());
            boolean once = first.kind() == Kind.WRITE_FORGE || first.kind() == Kind.SEND_ASSET;
            if (once && e.temporary()) {
                throw new LostAnswerException(message, e);
            }
            throw new ForgeException(message, e);
        }
    }

    private RefusedException refusal(String why, int status, String said) {
        String words = status == 404
                ? why + ": " + account.hidden()
                : why + ": " + status + (said.isEmpty() ? "" : " " + said) + account.advice(status);
        return new RefusedException(words, status, said);
    }

    private Request request(Ask ask) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (ask.body().isPresent()) {
            all.put("Content-Type", "application/json");
        }
        all.putAll(ask.headers());
        boolean below = ask.target().startsWith("/");
        URI address = URI.create(below ? root + ask.target() : ask.target());
        Host at = below ? host : host(URI.create(address.getScheme() + "://" + address.getRawAuthority()), ask.why());
        return new Request(at, ask.method(), address, all, ask.body(), ask.kind(), List.of(), ask.why());
    }

    /// A value, or nothing where the forge has none.
    public Optional<JsonNode> find(Ask ask) throws InterruptedException {
        return find(ask, response -> Json.read(response).orElseGet(Json::object));
    }

    /// What it reads, or nothing where the forge has no such thing (404).
    public <T> Optional<T> find(Ask ask, Reader<T> reader) throws InterruptedException {
        try {
            return Optional.of(send(() -> ask, reader));
        } catch (RefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A value; empty where the answer has none.
    public JsonNode send(Ask ask) throws InterruptedException {
        return send(() -> ask, response -> Json.read(response).orElseGet(Json::object));
    }

    /// Deletes something; where it is gone already, that is as good.
    public void delete(String target, String why) throws InterruptedException {
        find(Ask.delete(target, why));
    }

    /// Changes something, with a text or number more.
    public JsonNode set(Method method, String target, JsonNode body, String why) throws InterruptedException {
        return send(Ask.set(method, target, body, why));
    }
}
