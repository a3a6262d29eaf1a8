// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Challenges, friendly and hostile.
class ChallengeTest {
    private static List<Challenge> parse(String... headers) {
        return Challenge.parse(List.of(headers));
    }

    @Test
    void aBearerChallengeWithQuotedCommas() {
        assertThat(parse("Bearer realm=\"https://a/token\",service=\"a\",scope=\"repository:x:pull,push\""))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of("realm", "https://a/token", "service", "a", "scope", "repository:x:pull,push")));
    }

    @Test
    void severalChallengesInOneHeaderAndInSeveral() {
        List<Challenge> two = List.of(
                new Challenge("basic", Map.of("realm", "a \"b\"")),
                new Challenge("bearer", Map.of("realm", "https://t")));
        assertThat(parse("Basic realm=\"a \\\"b\\\"\", Bearer realm=\"https://t\""))
                .isEqualTo(two);
        assertThat(parse("Basic realm=\"a \\\"b\\\"\"", "BEARER  Realm = https://t"))
                .isEqualTo(two);
    }

    @Test
    void schemesWithoutParametersAndTheRest() {
        assertThat(parse("Negotiate, Basic realm=x"))
                .extracting(Challenge::scheme)
                .containsExactly("negotiate", "basic");
        assertThat(parse("")).isEmpty();
        assertThat(parse("Bearer realm=\"never ends"))
                .singleElement()
                .satisfies(c -> assertThat(c.parameters()).isEmpty());
        assertThat(parse("Bearer realm=\"first\",realm=\"second\"").getFirst().parameter("realm"))
                .contains("first");
        assertThat(parse("x ".repeat(20_000))).isEmpty();
    }

    @Property(tries = 1000)
    void anythingIsReadWithoutFailing(@ForAll String header) {
        assertThat(Challenge.parse(List.of(header))).hasSizeLessThanOrEqualTo(16);
    }
}
