// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.store.fake.Asked;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EscapesTest {
    @Test
    void onlyWhatIsUnreservedStaysAsItIs() {
        assertThat(Escapes.path("aZ09-_.~/ +%?#日")).isEqualTo("aZ09-_.~/%20%2B%25%3F%23%E6%97%A5");
        assertThat(Escapes.whole("a/b")).isEqualTo("a%2Fb");
    }

    @Property(tries = 200)
    void whatIsEscapedCanBeReadBack(@ForAll String text) {
        // Half a character has no bytes.
        String whole = text.replaceAll("\\p{Cs}", "x");
        assertThat(Asked.decoded(Escapes.whole(whole))).isEqualTo(whole);
    }
}
