// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sends one call until it is answered, or until trying again is of no use.
final class Tries<T> {
    /// For who seems not to be there at all: some 1.5 s, for a server that is just being started.
    private static final int OF_THE_ABSENT = 3;

    /// Sends a request once.
    interface Once<T> {
        T send(Request request, int tries) throws IOException, InterruptedException;
    }

    private final Parts parts;
    private final Call<T> call;
    private final Once<T> once;

    private int tries;
    private @Nullable Deadline deadline;
    private @Nullable IOException last;
    private @Nullable String range;

    Tries(Parts parts, Call<T> call, Once<T> once) {
        this.parts = parts;
        this.call = call;
        this.once = once;
    }

    /// Counted from the first failure: who waits long for its turn has not failed yet.
    private Deadline deadline() {
        Deadline known = deadline;
        if (known == null) {
            known = Deadline.in(parts.time(), parts.options().timeouts().overall(), "answer");
            deadline = known;
        }
        return known;
    }

    T run() throws InterruptedException {
        while (true) {
            Request request = call.request();
            noteProgress(request);
            tries++;
            try {
                return once.send(request, tries);
            } catch (IOException failure) {
                if (Thread.interrupted()) {
                    InterruptedException interrupted = new InterruptedException();
                    interrupted.initCause(failure);
                    throw interrupted;
                }
                pauseOrFail(request, failure);
            }
        }
    }

    /// A call that asks for a later range than before has got something; it may fail as often again.
    private void noteProgress(Request request) {
        String now = request.headers().get("Range");
        if (tries > 0 && now != null && !now.equals(range) && !(last instanceof Pace.SlowException)) {
            tries = 0;
            deadline = null;
        }
        range = now;
    }

    private void pauseOrFail(Request request, IOException failure) throws InterruptedException {
        if (failure instanceof BodyException && last != null) {
            // That it can't be sent again matters less than why it should have been.
            tries--;
            last.addSuppressed(failure);
            throw failed(request, last, "");
        }
        last = failure;
        Optional<Duration> asked = failure instanceof AnswerException answer ? answer.retryAfter() : Optional.empty();
        Duration longest = parts.options().timeouts().longestWait();
        boolean again = request.kind().repeatable() || isUnread(failure);
        if (!again || !isTransient(failure) || tries >= most(failure)) {
            throw failed(request, failure, "");
        }
        if (asked.isPresent() && asked.get().compareTo(longest) > 0) {
            throw failed(
                    request,
                    failure,
                    "it asks to wait " + asked.get().toSeconds() + " s, more than the " + longest.toSeconds()
                            + " s that we do");
        }
        Duration pause = asked.map(a -> parts.backoff().after(tries, a))
                .orElseGet(() -> parts.backoff().after(tries));
        if (deadline().at() - parts.time().nanos() < pause.toNanos()) {
            throw failed(
                    request,
                    failure,
                    "no more tries after "
                            + parts.options().timeouts().overall().toSeconds() + " s");
        }
        parts.listener().on(new TransportListener.Retried(request, tries, words(failure), pause));
        parts.time().sleep(pause);
    }

    private int most(IOException failure) {
        int most = parts.options().tries();
        return failure instanceof UnreachableException silent && silent.absent() ? Math.min(most, OF_THE_ABSENT) : most;
    }

    /// Whether the host can't have kept anything of what was sent: one who says that requests are too many has not.
    private static boolean isUnread(IOException failure) {
        return failure instanceof UnreachableException
                || (failure instanceof AnswerException answer && answer.status() == 429);
    }

    private static boolean isTransient(IOException failure) {
        return switch (failure) {
            case AnswerException answer -> answer.isTransient();
            case BodyException body -> false;
            case ForbiddenException refused -> false;
            default -> !isForCertificate(failure);
        };
    }

    private static boolean isForCertificate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private RegistryException failed(Request request, IOException failure, String more) {
        String said = words(failure);
        String all = said.isEmpty() || more.isEmpty() ? said + more : said + "; " + more;
        return failure instanceof AnswerException answer
                ? new RegistryException(request, answer.status(), answer.code(), all, tries, failure)
                : new RegistryException(request, 0, "", all, tries, failure);
    }

    private static String words(IOException failure) {
        String message = failure.getMessage();
        return Redact.said(
                message == null || (message.isEmpty() && !(failure instanceof AnswerException))
                        ? failure.getClass().getSimpleName()
                        : message,
                Optional.empty());
    }
}
