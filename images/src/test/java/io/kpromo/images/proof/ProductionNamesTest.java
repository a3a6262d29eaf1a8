// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionNamesTest {
    @ParameterizedTest
    @CsvSource({
        "us-central1-docker.pkg.dev/k8s-artifacts-prod/images/kube/pause, registry.k8s.io/kube/pause",
        "europe-west1-docker.pkg.dev/k8s-artifacts-prod/images/pause, registry.k8s.io/pause",
        "us-central1-docker.pkg.dev/k8s-artifacts-prod/images, us-central1-docker.pkg.dev/k8s-artifacts-prod/images",
        "us-central1-docker.pkg.dev/k8s-artifacts-prod/images2/a, us-central1-docker.pkg.dev/k8s-artifacts-prod/images2/a",
        "127.0.0.1:5000/prod/app, 127.0.0.1:5000/prod/app",
    })
    void usersPullKubernetesImagesByTheNameOfItsRedirectorAndOthersByTheirOwn(String repository, String name) {
        assertThat(ProductionNames.standard().of(Repository.parse(repository))).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "eu.example.com/prod/images/app, images.example.org/app",
        "eu.example.com/prod/images, images.example.org",
        "eu.example.com/prod/images/team/app, team.example.org/app",
        "eu.example.com/prod/imagesx/app, eu.example.com/prod/imagesx/app",
        "all.example.com/x/y, one.example.org/z/x/y",
    })
    void theLongestPrefixThatEndsAtASlashDecides(String repository, String name) {
        ProductionNames names = ProductionNames.standard()
                .with("eu.example.com/prod/images=images.example.org")
                .with("eu.example.com/prod/images/team=team.example.org")
                .with("all.example.com=one.example.org/z");
        assertThat(names.of(Repository.parse(repository))).isEqualTo(name);
    }

    @Test
    void aRuleComesBeforeWhatIsKnownOfKubernetes() {
        assertThat(ProductionNames.standard()
                        .with("eu.example.com/k8s-artifacts-prod/images=mine.example.org")
                        .of(Repository.parse("eu.example.com/k8s-artifacts-prod/images/app")))
                .isEqualTo("mine.example.org/app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.example.com", "=b.example.com", "a.example.com=", "a.example.com=B C"})
    void whatIsNoRuleIsRefused(String rule) {
        assertThatThrownBy(() -> ProductionNames.standard().with(rule)).isInstanceOf(InvalidNameException.class);
    }
}
