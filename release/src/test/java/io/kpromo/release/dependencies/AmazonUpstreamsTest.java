// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.release.dependencies.AmazonUpstreams.Question;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmazonUpstreamsTest {
    private final List<Question> asked = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final AmazonUpstreams amazon = new AmazonUpstreams(question -> {
        asked.add(question);
        return answers.removeFirst().getBytes(StandardCharsets.UTF_8);
    });

    @Test
    void theNewestMachineImageIsTheOneMadeLast() throws InterruptedException {
        answers.add("""
                <DescribeImagesResponse><imagesSet>
                <item><imageId>ami-1</imageId><blockDeviceMapping><item/></blockDeviceMapping>
                <creationDate>2026-01-02T00:00:00.000Z</creationDate></item>
                <item><imageId>ami-2</imageId><creationDate>2026-03-01T00:00:00.000Z</creationDate></item>
                <item><imageId>ami-3</imageId><creationDate>2025-12-31T00:00:00.000Z</creationDate></item>
                </imagesSet></DescribeImagesResponse>
                """);
        assertThat(amazon.image(new Upstream.Ami("amazon", "node-1.21-*&Action=x")))
                .isEqualTo("ami-2");
        assertThat(asked.getFirst().body())
                .isEqualTo("Action=DescribeImages&Version=2016-11-15&Owner.1=amazon&Filter.1.Name=name"
                        + "&Filter.1.Value.1=node-1.21-%2A%26Action%3Dx");
        answers.add("<DescribeImagesResponse/>");
        assertThatThrownBy(() -> amazon.image(new Upstream.Ami("amazon", "x")))
                .hasMessage("Amazon has no machine images x of amazon");
    }

    @Test
    void aParameterIsItsValue() throws InterruptedException {
        answers.add("{\"Parameter\": {\"Value\": \"ami-9\"}}");
        assertThat(amazon.parameter(new Upstream.Ssm("/a/\"b"))).isEqualTo("ami-9");
        assertThat(asked.getFirst().body()).isEqualTo("{\"Name\":\"/a/\\\"b\"}");
        answers.add("oops");
        assertThatThrownBy(() -> amazon.parameter(new Upstream.Ssm("/a"))).hasMessageContaining("is no JSON");
    }

    @Test
    void whatAmazonRecommendsComesFirstUnlessTheLatestIsWanted() throws InterruptedException {
        String first = """
                {"addons": [{"addonVersions": [
                  {"addonVersion": "v1.16.0-eksbuild.1", "compatibilities": [{"defaultVersion": false}]},
                  {"addonVersion": "v1.15.1-eksbuild.1", "compatibilities": [{"defaultVersion": true}]}
                ]}], "nextToken": "a b"}
                """;
        answers.add(first);
        answers.add("{\"addons\": []}");
        assertThat(amazon.addon(new Upstream.EksAddon("vpc-cni", "1.31", false, VersionRange.all())))
                .containsExactly("v1.15.1-eksbuild.1");
        assertThat(asked.getLast().path())
                .isEqualTo("/addons/supported-versions?addonName=vpc-cni&kubernetesVersion=1.31&maxResults=100"
                        + "&nextToken=a%20b");
        answers.add(first);
        answers.add("{\"addons\": []}");
        assertThat(amazon.addon(new Upstream.EksAddon("vpc-cni", "", true, VersionRange.all())))
                .hasSize(2);
    }
}
