// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.access.ProfileKeys;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CloudFilesTest {
    @TempDir
    private Path folder;

    private CloudAccess access(HttpTransport transport) {
        CloudAccess.Provider provider =
                ServiceLoader.load(CloudAccess.Provider.class).findFirst().orElseThrow();
        return provider.open(Map.of("AWS_EC2_METADATA_DISABLED", "true"), Optional.of(folder), transport);
    }

    @Test
    void keysOfAProfileAreFound() throws Exception {
        Files.createDirectories(folder.resolve(".aws"));
        Files.writeString(folder.resolve(".aws/credentials"), """
            [default]
            aws_access_key_id = AKIDDEFAULT
            aws_secret_access_key = not-to-be-shown
            aws_session_token = token-not-to-be-shown
            """);
        try (HttpTransport transport = HttpTransport.open(TransportOptions.standard())) {
            AccessKeys keys = access(transport).amazon("us-east-1");

            assertThat(keys.id()).isEqualTo("AKIDDEFAULT");
            assertThat(keys.secret().reveal()).isEqualTo("not-to-be-shown");
            assertThat(keys.session().orElseThrow().reveal()).isEqualTo("token-not-to-be-shown");
            assertThat(keys.toString()).doesNotContain("not-to-be-shown");
        }
    }

    @Test
    void whereThereAreNoKeysItIsSaidWhereTheyWereLookedFor() {
        try (HttpTransport transport = HttpTransport.open(TransportOptions.standard())) {
            assertThatThrownBy(() -> access(transport).amazon("us-east-1"))
                    .isInstanceOf(OciException.class)
                    .hasMessageStartingWith("there are no AWS credentials: no AWS_ACCESS_KEY_ID")
                    .hasMessageContaining("aws configure");
        }
    }

    private void configured(String config) throws IOException {
        Files.createDirectories(folder.resolve(".aws"));
        Files.writeString(folder.resolve(".aws/config"), config);
    }

    @Test
    void aProfileSaysWhereItsKeysBelong() throws Exception {
        configured("""
            [profile mirror]
            aws_access_key_id = AKIDMIRROR
            aws_secret_access_key = not-to-be-shown
            endpoint_url = https://minio.example:9000

            [profile served]
            aws_access_key_id = AKIDSERVED
            aws_secret_access_key = not-to-be-shown
            endpoint_url = https://all.example
            services = mine

            [services mine]
            s3 =
              endpoint_url = https://s3.example

            [profile plain]
            aws_access_key_id = AKIDPLAIN
            aws_secret_access_key = not-to-be-shown
            """);
        try (HttpTransport transport = HttpTransport.open(TransportOptions.standard())) {
            ProfileKeys mirror = access(transport).profile("mirror");

            assertThat(mirror.keys().id()).isEqualTo("AKIDMIRROR");
            assertThat(mirror.endpoint()).contains("https://minio.example:9000");
            assertThat(mirror.toString()).doesNotContain("not-to-be-shown");
            assertThat(access(transport).profile("served").endpoint()).contains("https://s3.example");
            assertThat(access(transport).profile("plain").endpoint()).isEmpty();
        }
    }

    @Test
    void keysOfAProfileAreNotTakenForThoseOfTheChain() throws Exception {
        configured("""
            [default]
            aws_access_key_id = AKIDDEFAULT
            aws_secret_access_key = not-to-be-shown
            [profile mirror]
            aws_access_key_id = AKIDMIRROR
            aws_secret_access_key = not-to-be-shown
            endpoint_url = https://minio.example:9000
            """);
        try (HttpTransport transport = HttpTransport.open(TransportOptions.standard())) {
            CloudAccess access = access(transport);
            assertThat(access.profile("mirror").keys().id()).isEqualTo("AKIDMIRROR");

            assertThat(access.amazon("us-east-1").id()).isEqualTo("AKIDDEFAULT");
        }
    }

    /// Amazon's library keeps keys for as long as it believes them to be good.
    @Test
    void keysThatWereRefusedBeforeTheirTimeAreAskedForAnew() throws Exception {
        String role = """
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
            <AssumeRoleWithWebIdentityResult><Credentials><SessionToken>session</SessionToken>
            <SecretAccessKey>not-to-be-shown</SecretAccessKey><Expiration>2126-11-23T03:00:00Z</Expiration>
            <AccessKeyId>%s</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult>
            </AssumeRoleWithWebIdentityResponse>\
            """;
        Path file = Files.writeString(folder.resolve("web-identity"), "web-token");
        try (HttpTransport transport = HttpTransport.open(TransportOptions.standard());
                FakeCloud sts = new FakeCloud()
                        .answering(200, role.formatted("ASIABEFORE"))
                        .answering(200, role.formatted("ASIAAFTER"))) {
            Map<String, String> variables = Map.of(
                    "AWS_EC2_METADATA_DISABLED",
                    "true",
                    "AWS_WEB_IDENTITY_TOKEN_FILE",
                    file.toString(),
                    "AWS_ROLE_ARN",
                    "arn:aws:iam::123456789012:role/promoter",
                    "AWS_ENDPOINT_URL_STS",
                    sts.address());
            CloudAccess access = new CloudFiles().open(variables, Optional.of(folder), transport);
            AccessKeys before = access.amazon("us-east-1");
            assertThat(access.amazon("us-east-1")).isEqualTo(before);

            access.forget(before);

            assertThat(before.id()).isEqualTo("ASIABEFORE");
            assertThat(access.amazon("us-east-1").id()).isEqualTo("ASIAAFTER");
            assertThat(sts.asked()).hasSize(2);
        }
    }

    @Test
    void whatAProfileLacksIsNotTakenFromElsewhere() throws Exception {
        configured("""
            [default]
            aws_access_key_id = AKIDDEFAULT
            aws_secret_access_key = not-to-be-shown
            [profile empty]
            region = eu-west-1
            """);
        try (HttpTransport transport = HttpTransport.open(TransportOptions.standard())) {
            for (String name : List.of("empty", "not-there")) {
                assertThatThrownBy(() -> access(transport).profile(name))
                        .isInstanceOf(OciException.class)
                        .hasMessageStartingWith("there are no keys of the AWS profile " + name + ": profile " + name)
                        .hasMessageEndingWith("(to make it: aws configure --profile " + name + ")");
            }
        }
    }
}
