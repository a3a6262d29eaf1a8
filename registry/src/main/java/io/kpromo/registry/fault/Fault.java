// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.fault;

import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.http.Delivery;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Which requests are struck, and by what: `Fault.on(PUT_BLOB).times(2).answers(429, Map.of("Retry-After", "1"))`.
///
/// @param struck which requests, and how many of them
/// @param effect what happens to them
public record Fault(On struck, Effect effect) {
    /// Requests of these kinds; of every kind where none is named.
    public static On on(Kind... kinds) {
        Set<Kind> wanted = EnumSet.noneOf(Kind.class);
        wanted.addAll(Arrays.asList(kinds));
        return new On(wanted, _ -> true, 0, Integer.MAX_VALUE, 1, 0);
    }

    /// Which requests are struck. Changed by copies; finished by naming an effect.
    ///
    /// @param kinds of requests; empty for all
    /// @param condition that they must meet too
    /// @param skip how many that fit are let by first
    /// @param times how many are struck after those
    /// @param probability with which one that is in turn is struck, 0 to 1
    /// @param seed makes chance repeatable
    public record On(Set<Kind> kinds, Predicate<Target> condition, int skip, int times, double probability, long seed) {
        public On {
            kinds = Set.copyOf(kinds);
        }

        public On repository(String path) {
            return where(target -> target.repository().equals(path));
        }

        /// A tag, a digest or an upload.
        public On reference(String reference) {
            return where(target -> target.reference().equals(reference));
        }

        public On where(Predicate<Target> more) {
            return new On(kinds, condition.and(more), skip, times, probability, seed);
        }

        /// Only the first so many.
        public On times(int count) {
            return new On(kinds, condition, skip, count, probability, seed);
        }

        /// Only this one, counted from 1.
        public On nth(int number) {
            return new On(kinds, condition, number - 1, 1, probability, seed);
        }

        /// All but the first so many.
        public On after(int count) {
            return new On(kinds, condition, count, times, probability, seed);
        }

        /// By chance; the same seed strikes the same requests where they come in the same order.
        public On withProbability(double chance, long chanceSeed) {
            return new On(kinds, condition, skip, times, chance, chanceSeed);
        }

        public Fault by(Effect effect) {
            return new Fault(this, effect);
        }

        /// With an error in JSON, as registries answer.
        public Fault answers(int status) {
            return answers(status, Map.of());
        }

        public Fault answers(int status, Map<String, String> headers) {
            String code = switch (status) {
                case 401 -> "UNAUTHORIZED";
                case 403 -> "DENIED";
                case 429 -> "TOOMANYREQUESTS";
                default -> "UNKNOWN";
            };
            return answers(status, code, headers);
        }

        /// @param code of distribution-spec 1.1, "Error Codes"
        public Fault answers(int status, String code, Map<String, String> headers) {
            String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"injected fault\"}]}";
            return by(new Effect.Answers(status, headers, body));
        }

        /// With a body that is no JSON, or with none.
        public Fault answersPlainly(int status, String body) {
            return by(new Effect.Answers(status, Map.of(), body));
        }

        /// As a registry that lost a blob: `MANIFEST_BLOB_UNKNOWN`.
        public Fault missesBlob() {
            return answers(400, "MANIFEST_BLOB_UNKNOWN", Map.of());
        }

        public Fault resets() {
            return by(new Effect.Resets());
        }

        /// The request is carried out; its sender can't know.
        public Fault resetsAfterwards() {
            return by(new Effect.ResetsAfterwards());
        }

        public Fault resetsWhileReading(long bytes) {
            return by(new Effect.ResetsWhileReading(bytes));
        }

        public Fault resetsWhileSending(long bytes) {
            return by(new Effect.Delivers(Delivery.FAITHFUL.withResetAt(bytes)));
        }

        /// The answer ends after so many bytes of its body.
        public Fault truncates(long bytes) {
            return by(new Effect.Delivers(Delivery.FAITHFUL.withEndAt(bytes)));
        }

        /// One bit of the byte at this offset is flipped.
        public Fault corrupts(long offset) {
            return by(new Effect.Delivers(Delivery.FAITHFUL.withFlipAt(offset)));
        }

        /// `Content-Length` is so much too large, or too small where negative.
        public Fault announcesMore(long bytes) {
            return by(new Effect.Delivers(Delivery.FAITHFUL.withAnnounceMore(bytes)));
        }

        public Fault sendsSlowly(long bytesPerSecond) {
            return by(new Effect.Delivers(Delivery.FAITHFUL.withBytesPerSecond(bytesPerSecond)));
        }

        public Fault readsSlowly(long bytesPerSecond) {
            return by(new Effect.ReadsSlowly(bytesPerSecond));
        }

        public Fault claimsDigest(Digest lie) {
            return by(Effect.Claims.digest(lie));
        }

        /// @param value empty to leave the header out
        public Fault claims(String header, String value) {
            return by(new Effect.Claims(header, value));
        }

        public Fault delays(Duration time) {
            return by(new Effect.Delays(time));
        }

        public Fault stalls(Gate gate) {
            return by(new Effect.Stalls(gate));
        }

        public Fault forgetsUpload() {
            return by(new Effect.ForgetsUpload());
        }

        /// @param server scheme, host and port
        public Fault redirects(URI server) {
            return by(new Effect.Redirects(server));
        }

        public Fault rangeStandsStill() {
            return by(new Effect.RangeStandsStill());
        }

        public Fault runs(Effect.Action action) {
            return by(new Effect.Runs(action));
        }
    }
}
