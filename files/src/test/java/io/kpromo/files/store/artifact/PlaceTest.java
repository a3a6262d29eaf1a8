// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
    private static final Host HOST = new Host("registry.example");

    @ParameterizedTest
    @CsvSource({
        "app/linux/amd64/kubectl, app/linux/amd64/kubectl:latest",
        "app/v1.30.0/linux/kubectl, app/linux/kubectl:v1.30.0",
        "app/1.30/kubectl, app/kubectl:1.30",
        "app/v1.30.0-rc.1/kubectl, app/kubectl:v1.30.0-rc.1",
        "app/v1.30.0+build.7/kubectl, app/kubectl:v1.30.0_build.7",
        "app/v1.2.3/crictl-v1.2.3-linux.tar.gz, app/crictl-v1.2.3-linux.tar.gz:v1.2.3",
        "app/v1.2.3/v4.5.6/x, app/v4.5.6/x:v1.2.3",
        "app/v1/x, app/v1/x:latest",
        "app/v1.2.3, app:v1.2.3",
        "app/SHA256SUMS, app/sha256sums:latest",
    })
    void thePartThatIsAVersionIsTheTag(String path, String reference) {
        assertThat(Place.of(HOST, path).reference()).hasToString("registry.example/" + reference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app/a b", "app/a+b", "app/grün", "app/-x", "app/x~", "app/a..b", "app/#"})
    void whatNoRepositoryCanBeCalledIsRefused(String path) {
        assertThatThrownBy(() -> Place.of(HOST, path)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void aVersionThatIsTooLongForATagIsRefused() {
        assertThatThrownBy(() -> Place.of(HOST, "app/v1.2.3-" + "x".repeat(130) + "/kubectl"))
                .isInstanceOf(InvalidNameException.class);
    }
}
