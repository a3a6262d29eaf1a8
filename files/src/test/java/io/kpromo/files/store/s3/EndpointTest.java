// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Host;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static Endpoint custom(String address) {
        return Endpoint.at(Endpoint.custom(Map.of("AWS_ENDPOINT_URL", address)).orElseThrow(), "bucket", "us-east-1");
    }

    @Test
    void amazonsBucketsHaveHostsOfTheirOwn() {
        Endpoint endpoint = Endpoint.amazon("prod", "eu-west-1");

        assertThat(endpoint.host()).isEqualTo(new Host("prod.s3.eu-west-1.amazonaws.com"));
        assertThat(endpoint.signed()).isEqualTo("prod.s3.eu-west-1.amazonaws.com");
        assertThat(endpoint.path("a b/c+d")).isEqualTo("/a%20b/c%2Bd");
    }

    @Test
    void certificatesDoNotCoverNamesWithDots() {
        Endpoint endpoint = Endpoint.amazon("prod.example.com", "eu-west-1");

        assertThat(endpoint.host()).isEqualTo(new Host("s3.eu-west-1.amazonaws.com"));
        assertThat(endpoint.path("k")).isEqualTo("/prod.example.com/k");
    }

    @Test
    void chinaIsACloudOfItsOwn() {
        assertThat(Endpoint.amazon("prod", "cn-north-1").host())
                .isEqualTo(new Host("prod.s3.cn-north-1.amazonaws.com.cn"));
        assertThat(Endpoint.amazon("prod", "cn-north-1").cloud())
                .isNotEqualTo(Endpoint.amazon("prod", "eu-west-1").cloud());
    }

    @Test
    void otherStoresAreAddressedByPath() {
        assertThat(custom("http://minio.example:9000/below/").path("k")).isEqualTo("/below/bucket/k");
        assertThat(custom("https://minio.example").cloud())
                .isNotEqualTo(custom("https://minio.example/b").cloud());
        assertThat(custom("http://minio.example:9000").signed()).isEqualTo("minio.example:9000");
        assertThat(custom("https://Minio.example:443").signed()).isEqualTo("minio.example");
        assertThat(custom("http://minio.example:80").signed()).isEqualTo("minio.example");
        assertThat(custom("http://[::1]:9000").signed()).isEqualTo("[::1]:9000");
    }

    @Test
    void theVariableForS3ComesFirst() {
        assertThat(Endpoint.custom(Map.of("AWS_ENDPOINT_URL", "http://a", "AWS_ENDPOINT_URL_S3", "http://b")))
                .hasValueSatisfying(server -> assertThat(server).hasToString("http://b:80"));
        assertThat(Endpoint.custom(Map.of("AWS_ENDPOINT_URL", " "))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio:9000", "http://user:secret@minio", "http://a b"})
    void whatIsNoAddressIsSaidWithoutShowingIt(String address) {
        assertThatThrownBy(() -> Endpoint.custom(Map.of("AWS_ENDPOINT_URL", address)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("AWS_ENDPOINT_URL has to be")
                .hasMessageNotContaining("secret");
    }
}
