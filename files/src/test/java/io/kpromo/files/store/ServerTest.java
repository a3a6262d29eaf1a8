// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
    @ParameterizedTest
    @CsvSource({
        "https://minio.example:9000,     https://minio.example:9000",
        "https://Minio.Example:443/,     https://minio.example",
        "HTTP://minio.example,           http://minio.example:80",
        "http://fake-gcs:4443/below/,    http://fake-gcs:4443/below",
        "https://[::1]:9000,             https://[::1]:9000",
        "http://[::1],                   http://[::1]:80"
    })
    void whatIsTheSameServerIsPrintedAlike(String written, String printed) {
        assertThat(Server.parse(written)).hasToString("Optional[" + printed + "]");
        assertThat(Server.parse(printed)).isEqualTo(Server.parse(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minio:9000",
                "ftp://minio",
                "https://",
                "https:///path",
                "https://user:secret@minio",
                "https://minio?a=b",
                "https://minio#a",
                "https://minio:99999",
                "https://a b",
                ""
            })
    void whatIsNoAddressIsNone(String written) {
        assertThat(Server.parse(written)).isEmpty();
    }

    @Test
    void httpAndHttpsAreNotTheSame() {
        assertThat(Server.parse("http://minio").orElseThrow().host())
                .isNotEqualTo(Server.parse("https://minio").orElseThrow().host());
    }
}
