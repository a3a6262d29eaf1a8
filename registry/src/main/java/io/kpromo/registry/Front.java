// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.http.Kind;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Faults;
import io.kpromo.registry.fault.Target;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.http.Handler;
import io.kpromo.registry.http.HttpRequest;
import io.kpromo.registry.http.ResetException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Receives each request: faults first, then who asks, then the answer; and writes it all down before the answer
/// leaves.
final class Front implements Handler {
    private final Endpoints endpoints;
    private final Door door;
    private final Faults faults;
    private final Strikes strikes;
    private final Ledger ledger;
    private final RegistryOptions options;

    Front(Endpoints endpoints, Door door, Faults faults, Strikes strikes, Ledger ledger, RegistryOptions options) {
        this.endpoints = endpoints;
        this.door = door;
        this.faults = faults;
        this.strikes = strikes;
        this.ledger = ledger;
        this.options = options;
    }

    @Override
    public Answer handle(HttpRequest http) throws IOException, InterruptedException {
        Instant at = Instant.now();
        long start = System.nanoTime();
        MeteredBody body = new MeteredBody(http.body());
        Asked asked = Asked.of(http.withBody(body));
        Visit visit = new Visit(asked, body);
        int status = 0;
        long sent = 0;
        try {
            Answer answer = struck(visit).with("Docker-Distribution-Api-Version", "registry/2.0");
            status = answer.status();
            sent = http.method().equals("HEAD") ? 0 : answer.content().length();
            return answer;
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Exchange exchange = new Exchange(
                    at,
                    kind(asked, status),
                    asked.method(),
                    http.path(),
                    asked.route().repository(),
                    asked.route().reference(),
                    visit.user,
                    status,
                    body.count(),
                    sent,
                    took);
            ledger.add(exchange);
            options.accessLog().accept(exchange);
        }
    }

    /// One request on its way through.
    private static final class Visit {
        private final Asked asked;
        private final MeteredBody body;
        private String user = "";

        Visit(Asked asked, MeteredBody body) {
            this.asked = asked;
            this.body = body;
        }
    }

    /// A mount that only opened an upload counts as one.
    private static Optional<Kind> kind(Asked asked, int status) {
        return asked.kind().map(kind -> kind == Kind.MOUNT && status == 202 ? Kind.POST_UPLOAD : kind);
    }

    private Answer struck(Visit visit) throws IOException, InterruptedException {
        Asked asked = visit.asked;
        Target target = new Target(
                asked.kind(),
                asked.method(),
                asked.http().path(),
                asked.route().repository(),
                asked.route().reference());
        List<Effect> effects = faults.on(target);
        for (Effect effect : effects) {
            Optional<Answer> instead = strikes.before(effect, target, asked, visit.body);
            if (instead.isPresent()) {
                return instead.get();
            }
        }
        Answer answer = admitted(visit);
        for (Effect effect : effects) {
            answer = strikes.after(effect, answer, asked);
        }
        return answer;
    }

    private Answer admitted(Visit visit) throws IOException, InterruptedException {
        Door.Entry entry = door.enter(visit.asked);
        visit.user = entry.user();
        if (entry.refusal().isPresent()) {
            return entry.refusal().get();
        }
        try {
            return endpoints.answer(visit.asked);
        } catch (RefusedException e) {
            return e.answer();
        } catch (OutOfPlaceException e) {
            return e.answer();
        } catch (ResetException e) {
            throw e;
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            return Json.error(500, "UNKNOWN", "this registry's storage failed: " + reason);
        } catch (RuntimeException e) {
            return Json.error(500, "UNKNOWN", "this registry failed: " + e);
        }
    }
}
