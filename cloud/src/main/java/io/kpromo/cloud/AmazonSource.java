// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.cloud.AmazonIdentity.Keys;
import io.kpromo.cloud.AmazonIdentity.Nobody;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.CredentialSource;
import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Tokens of Amazon's registries: those of accounts, which only who is somebody may enter, and the public one,
/// which everybody may read.
///
/// So a failure is an error for the former and a remark for the latter.
final class AmazonSource implements CredentialSource {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final AmazonIdentity identity;
    private final EcrToken tokens;
    private final Consumer<String> remarks;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<EcrHost, Credential.Basic> known = new HashMap<>();
    private final RecentFailure<EcrHost> failures;
    private boolean nobody;

    AmazonSource(AmazonIdentity identity, Surroundings around, Consumer<String> remarks, Time time) {
        this.identity = identity;
        this.tokens = new EcrToken(around, time);
        this.remarks = remarks;
        this.time = time;
        this.failures = new RecentFailure<>(time);
    }

    @Override
    public Optional<Credential> find(Host host, String path) throws InterruptedException {
        Optional<EcrHost> registry = EcrHost.of(host);
        if (registry.isEmpty()) {
            return Optional.empty();
        }
        lock.lockInterruptibly();
        try {
            return registry.get().shared()
                    ? shared(registry.get(), host)
                    : Optional.of(failures.unless(registry.get(), () -> token(registry.get(), host)));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Credential> shared(EcrHost registry, Host host) throws InterruptedException {
        if (nobody) {
            return Optional.empty();
        }
        try {
            return Optional.of(token(registry, host));
        } catch (OciException e) {
            nobody = true;
            remarks.accept(host + " is asked without credentials: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Credential token(EcrHost registry, Host host) throws InterruptedException {
        Credential.Basic before = known.get(registry);
        if (before != null && time.now().isBefore(expiry(before).minus(MARGIN))) {
            return before;
        }
        return switch (identity.ask(registry.region())) {
            case Nobody none ->
                throw new OciException("no AWS credentials for " + host + ": "
                        + String.join("; ", none.tried())
                        + " (to sign in: aws configure, or aws sso login; or set AWS_PROFILE)");
            case Keys keys -> {
                Credential.Basic token = tokens.get(registry, host, keys.credentials());
                known.put(registry, token);
                yield token;
            }
        };
    }

    private static Instant expiry(Credential.Basic token) {
        return token.expires().orElse(Instant.MIN.plus(MARGIN));
    }
}
