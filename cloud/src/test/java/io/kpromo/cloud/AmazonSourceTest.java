// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AmazonSourceTest {
    private static final Host ECR = new Host("123456789012.dkr.ecr.eu-west-1.amazonaws.com");
    private static final Host PUBLIC = new Host("public.ecr.aws");
    private static final String KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYnot2beshown";

    @TempDir
    private Path folder;

    private final SetTime time = new SetTime();
    private final List<String> remarks = new ArrayList<>();
    private final FakeCloud cloud;
    private final Map<String, String> variables;

    AmazonSourceTest() throws IOException {
        cloud = new FakeCloud();
        variables = new HashMap<>(Map.of(
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_ENDPOINT_URL_ECR", cloud.address(),
                "AWS_ENDPOINT_URL_ECR_PUBLIC", cloud.address()));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void keysInVariablesAreChangedForATokenOfTheRegion() throws Exception {
        keys();
        cloud.answering(200, token("first", 12));

        Credential found = source().find(ECR, "a/b").orElseThrow();

        assertThat(found).isInstanceOfSatisfying(Credential.Basic.class, basic -> {
            assertThat(basic.user()).isEqualTo("AWS");
            assertThat(basic.password()).isEqualTo(Secret.of("first"));
            assertThat(basic.expires()).contains(in(12));
        });
        FakeCloud.Asked asked = cloud.asked().getFirst();
        assertThat(asked.line()).isEqualTo("POST /");
        assertThat(asked.body()).isEqualTo("{}");
        assertThat(asked.header("X-amz-target"))
                .isEqualTo("AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken");
        assertThat(asked.header("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains("/eu-west-1/ecr/aws4_request")
                .doesNotContain(KEY);
    }

    @Test
    void registriesOfOneRegionShareATokenUntilShortlyBeforeItExpires() throws Exception {
        keys();
        cloud.answering(200, token("first", 12)).answering(200, token("second", 24));
        AmazonSource source = source();

        assertThat(password(source, ECR)).isEqualTo("first");
        assertThat(password(source, new Host("999999999999.dkr.ecr.eu-west-1.amazonaws.com")))
                .isEqualTo("first");
        time.pass(Duration.ofHours(12).minusMinutes(4));
        assertThat(password(source, ECR)).isEqualTo("second");

        assertThat(cloud.asked()).hasSize(2);
    }

    @Test
    void theKeysOfAProfileAreFound() throws Exception {
        Files.createDirectories(folder.resolve(".aws"));
        Files.writeString(folder.resolve(".aws/credentials"), """
                [default]
                aws_access_key_id = AKIDDEFAULT
                aws_secret_access_key = %s
                [releases]
                aws_access_key_id = AKIDRELEASES
                aws_secret_access_key = %s
                """.formatted(KEY, KEY));
        cloud.answering(200, token("profiles", 12));

        assertThat(password(source(), ECR)).isEqualTo("profiles");
        variables.put("AWS_PROFILE", "releases");
        assertThat(password(source(), ECR)).isEqualTo("profiles");

        assertThat(cloud.asked())
                .extracting(asked -> asked.header("Authorization").split("/", 2)[0])
                .containsExactly("AWS4-HMAC-SHA256 Credential=AKIDDEFAULT", "AWS4-HMAC-SHA256 Credential=AKIDRELEASES");
    }

    @Test
    void aWebIdentityTakesOnItsRoleAtTheSts() throws Exception {
        try (FakeCloud sts = new FakeCloud().answering(200, """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                <AssumeRoleWithWebIdentityResult><Credentials><SessionToken>session</SessionToken>
                <SecretAccessKey>%s</SecretAccessKey><Expiration>2126-11-23T03:00:00Z</Expiration>
                <AccessKeyId>ASIAROLE</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult>
                </AssumeRoleWithWebIdentityResponse>""".formatted(KEY))) {
            Path file = Files.writeString(folder.resolve("web-identity"), "web-token");
            variables.put("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString());
            variables.put("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/promoter");
            variables.put("AWS_ENDPOINT_URL_STS", sts.address());
            cloud.answering(200, token("roles", 12));

            assertThat(password(source(), ECR)).isEqualTo("roles");

            assertThat(sts.asked().getFirst().body()).contains("WebIdentityToken=web-token");
            assertThat(cloud.asked().getFirst().header("X-amz-security-token")).isEqualTo("session");
        }
    }

    @Test
    void theRoleOfAMachineIsFound() throws Exception {
        try (FakeCloud machine = new FakeCloud()
                .answering(200, "metadata-token")
                .answering(200, "promoter")
                .answering(200, """
                        {"Code": "Success", "AccessKeyId": "ASIAMACHINE", "SecretAccessKey": "%s", "Token": "session",
                         "Expiration": "2126-11-23T03:00:00Z"}""".formatted(KEY))) {
            variables.remove("AWS_EC2_METADATA_DISABLED");
            variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", machine.address());
            cloud.answering(200, token("machines", 12));

            assertThat(password(source(), ECR)).isEqualTo("machines");
            assertThat(machine.asked().getFirst().line()).isEqualTo("PUT /latest/api/token");
        }
    }

    @Test
    void whoIsNobodyLearnsWhereItWasLooked() {
        AmazonSource source = source();

        assertThatThrownBy(() -> source.find(ECR, ""))
                .isInstanceOf(OciException.class)
                .hasMessageContainingAll(
                        "no AWS credentials for " + ECR,
                        "AWS_ACCESS_KEY_ID",
                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                        "no profile",
                        "AWS_EC2_METADATA_DISABLED is set",
                        "aws sso login");
        assertThat(cloud.asked()).isEmpty();
    }

    @Test
    void aProfileThatWasNamedAndIsNotThereIsSaid() {
        variables.put("AWS_PROFILE", "releases");

        assertThatThrownBy(() -> source().find(ECR, "")).hasMessageContaining("profile releases: ");
    }

    @Test
    void thePublicRegistryIsReadByNobodiesToo() throws Exception {
        AmazonSource source = source();

        assertThat(source.find(PUBLIC, "")).isEmpty();
        assertThat(source.find(PUBLIC, "")).isEmpty();

        assertThat(remarks).singleElement().asString().contains("public.ecr.aws is asked without credentials");
    }

    @Test
    void thePublicRegistryHasATokenOfItsOwn() throws Exception {
        keys();
        cloud.answering(200, token("public", 12).replace("[", "").replace("]", ""));

        assertThat(password(source(), PUBLIC)).isEqualTo("public");
        assertThat(cloud.asked().getFirst().header("X-amz-target"))
                .isEqualTo("SpencerFrontendService.GetAuthorizationToken");
        assertThat(cloud.asked().getFirst().header("Authorization")).contains("/us-east-1/ecr-public/aws4_request");
    }

    @Test
    void aDenialSaysWhoWasDeniedWhat() {
        keys();
        cloud.answering(400, """
                {"__type": "AccessDeniedException", "message":
                 "User: arn:aws:iam::123456789012:user/jo is not authorized to perform: ecr:GetAuthorizationToken"}""");

        assertThatThrownBy(() -> source().find(ECR, ""))
                .hasMessageContaining("no token for " + ECR + " from " + cloud.host() + ": 400 AccessDeniedException")
                .hasMessageContaining("is not authorized to perform: ecr:GetAuthorizationToken");
        assertThat(cloud.asked()).hasSize(1);
    }

    @Test
    void aWrongSignatureIsAnsweredWithSecretsAndTheyAreNotShown() {
        keys();
        variables.put("AWS_SESSION_TOKEN", "session-not-to-be-shown");
        cloud.answering(403, """
                {"__type": "com.amazon.coral.service#InvalidSignatureException", "message":
                 "The Canonical String should have been x-amz-security-token:session-not-to-be-shown"}""");

        assertThatThrownBy(() -> source().find(ECR, ""))
                .hasMessageContaining("403 InvalidSignatureException")
                .hasMessageNotContaining("not-to-be-shown");
    }

    @Test
    void anAnswerWithoutATokenIsAFailureThatShowsNothingOfIt() {
        keys();
        cloud.answering(200, "{\"authorizationData\": [{\"authorizationToken\": \"not-to-be-shown\"}]}");

        assertThatThrownBy(() -> source().find(ECR, ""))
                .hasMessageContaining("its answer holds none")
                .hasMessageNotContaining("not-to-be-shown")
                .hasNoCause();
    }

    @Test
    void whatPassesIsTriedAgain() throws Exception {
        keys();
        cloud.answering(503, "")
                .answering(400, "{\"__type\": \"ThrottlingException\"}")
                .answering(200, token("third", 12));

        assertThat(password(source(), ECR)).isEqualTo("third");
        assertThat(cloud.asked()).hasSize(3);
    }

    @Test
    void otherRegistriesAreNoneOfItsBusiness() throws Exception {
        keys();
        for (String host : List.of("ecr.aws", "12.dkr.ecr.eu-west-1.amazonaws.com", ECR + ".example", ECR + ":5000")) {
            assertThat(source().find(new Host(host), "")).isEmpty();
        }
        assertThat(cloud.asked()).isEmpty();
    }

    @Test
    void eachKindOfRegistryHasItsService() {
        assertThat(api("123456789012.dkr.ecr.eu-west-1.amazonaws.com")).isEqualTo("api.ecr.eu-west-1.amazonaws.com");
        assertThat(api("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com"))
                .isEqualTo("ecr-fips.us-east-1.amazonaws.com");
        assertThat(api("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn"))
                .isEqualTo("api.ecr.cn-north-1.amazonaws.com.cn");
        assertThat(api("123456789012.dkr-ecr.us-west-2.on.aws")).isEqualTo("ecr.us-west-2.api.aws");
        assertThat(api("public.ecr.aws")).isEqualTo("api.ecr-public.us-east-1.amazonaws.com");
    }

    private static String api(String host) {
        return EcrHost.of(new Host(host)).orElseThrow().api();
    }

    private AmazonSource source() {
        Surroundings around = new Surroundings(variables, Optional.of(folder));
        return new AmazonSource(new AmazonIdentity(around), around, remarks::add, time);
    }

    private void keys() {
        variables.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        variables.put("AWS_SECRET_ACCESS_KEY", KEY);
    }

    private Instant in(int hours) {
        return Instant.ofEpochSecond(time.now().getEpochSecond()).plus(Duration.ofHours(hours));
    }

    private String token(String password, int hours) {
        String pair = Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(StandardCharsets.UTF_8));
        return "{\"authorizationData\": [{\"authorizationToken\": \"%s\", \"expiresAt\": %d.0}]}"
                .formatted(pair, in(hours).getEpochSecond());
    }

    private static String password(AmazonSource source, Host host) throws InterruptedException {
        return ((Credential.Basic) source.find(host, "").orElseThrow())
                .password()
                .reveal();
    }
}
