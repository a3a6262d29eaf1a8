// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Target;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.http.ResetException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Makes faults happen.
final class Strikes {
    private final OpenUploads uploads;

    Strikes(OpenUploads uploads) {
        this.uploads = uploads;
    }

    /// What happens before the request is carried out.
    ///
    /// @return the answer, where it is not carried out at all
    Optional<Answer> before(Effect effect, Target target, Asked asked, MeteredBody body) throws InterruptedException {
        switch (effect) {
            case Effect.Answers answers -> {
                return Optional.of(answer(answers));
            }
            case Effect.Redirects(var server) -> {
                return Optional.of(Answer.of(307)
                        .with("Location", server.resolve(asked.http().path()).toString()));
            }
            case Effect.Resets() -> throw new ResetException();
            case Effect.ResetsWhileReading(long bytes) -> body.resetAt(bytes);
            case Effect.ReadsSlowly(long rate) -> body.slowTo(rate);
            case Effect.Delays(var time) -> TimeUnit.NANOSECONDS.sleep(time.toNanos());
            case Effect.Stalls(var gate) -> gate.pass();
            case Effect.ForgetsUpload() -> uploads.forget(asked.route().reference());
            case Effect.Runs(var action) -> action.at(target);
            case Effect.ResetsAfterwards _, Effect.Delivers _, Effect.Claims _, Effect.RangeStandsStill _ -> {}
        }
        return Optional.empty();
    }

    /// What happens to the answer.
    Answer after(Effect effect, Answer answer, Asked asked) {
        return switch (effect) {
            case Effect.ResetsAfterwards() -> throw new ResetException();
            case Effect.Delivers(var delivery) -> answer.with(delivery);
            case Effect.Claims(var header, var value) -> claim(answer, header, value);
            case Effect.RangeStandsStill() -> standStill(answer, asked);
            default -> answer;
        };
    }

    private static Answer answer(Effect.Answers answers) {
        byte[] body = answers.body().getBytes(StandardCharsets.UTF_8);
        String type = answers.body().startsWith("{") ? "application/json" : "text/html";
        Answer answer = Answer.of(answers.status(), type, body);
        for (var header : answers.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private static Answer claim(Answer answer, String header, String value) {
        if (!value.isEmpty()) {
            return answer.with(header, value);
        }
        Answer copy = answer.with("X-Without", header);
        copy.headers().remove("X-Without").remove(header);
        return copy;
    }

    // Quirk ECR, 2026-06 (aws/containers-roadmap#2831): Range stays at the first chunk though all are kept.
    private Answer standStill(Answer answer, Asked asked) {
        return answer.headers().has("Range") && !asked.route().reference().isEmpty()
                ? answer.with("Range", uploads.firstRange(asked.route().reference()))
                : answer;
    }
}
