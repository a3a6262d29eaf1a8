// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "YQ==", "YQ", "YWI=", "YWI", "YWJj", "+/+/"})
    void base64IsReadWithPaddingAndWithout(String text) {
        assertThat(Bytes.ofBase64(text).base64().replace("=", "")).isEqualTo(text.replace("=", ""));
    }

    /// A signature whose text was changed must not be the same signature.
    @ParameterizedTest
    @ValueSource(strings = {"YR==", "YR", "YWJ=", "YWJ", "YQ===", "YQ=", "Y", "YWJj=", "YW Jj", "YW-_"})
    void noOtherTextMeansTheSameBytes(String text) {
        assertThatThrownBy(() -> Bytes.ofBase64(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
