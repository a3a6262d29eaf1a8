// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.javanet.NetHttpTransport;
import io.kpromo.files.store.access.AccessToken;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoogleAccountTest {
    private static final String ACCOUNT = "promoter@p.iam.gserviceaccount.com";
    private static final String USER = """
        {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "1//refresh"}\
        """;
    private static final String OWN =
            "{\"access_token\": \"own-token\", \"expires_in\": 3600, \"token_type\": \"Bearer\"}";

    @TempDir
    private Path folder;

    private final SetTime time = new SetTime();
    private final Map<String, String> variables = new HashMap<>(Map.of("NO_GCE_CHECK", "true"));
    private final FakeCloud cloud;
    private final HttpTransport transport = HttpTransport.open(TransportOptions.standard());

    GoogleAccountTest() throws IOException {
        cloud = new FakeCloud();
        variables.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS", cloud.address() + "/");
    }

    @BeforeEach
    void nobodysPath() {
        variables.put("PATH", folder.toString());
    }

    @AfterEach
    void close() {
        transport.close();
        cloud.close();
    }

    private AccessToken token(String account) throws InterruptedException {
        return account().token(account);
    }

    private GoogleAccount account() {
        Surroundings around = new Surroundings(variables, Optional.of(folder));
        GoogleSource source = new GoogleSource(
                GoogleSource.waysOf(
                        around,
                        () -> new NetHttpTransport.Builder()
                                .setConnectionFactory(
                                        url -> (HttpURLConnection) URI.create(cloud.address() + url.getPath())
                                                .toURL()
                                                .openConnection())
                                .build(),
                        time),
                remark -> {},
                time);
        return new GoogleAccount(source, new Gcloud(around, time), around, transport);
    }

    private void named(String content) throws IOException {
        variables.put(
                GoogleFile.NAMED,
                Files.writeString(folder.resolve("named.json"), content).toString());
    }

    private void gcloud(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("gcloud"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void whoMayActAsTheAccountIsGivenItsToken() throws Exception {
        named(USER);
        cloud.answering(200, OWN)
                .answering(200, "{\"accessToken\": \"accounts-token\", \"expireTime\": \"2126-01-01T00:00:00Z\"}");

        AccessToken token = token(ACCOUNT);

        assertThat(token.text().reveal()).isEqualTo("accounts-token");
        assertThat(token.until()).isEqualTo(Instant.parse("2126-01-01T00:00:00Z"));
        FakeCloud.Asked asked = cloud.asked().getLast();
        assertThat(asked.line()).isEqualTo("POST /v1/projects/-/serviceAccounts/" + ACCOUNT + ":generateAccessToken");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer own-token");
        assertThat(asked.body())
                .isEqualTo("{\"scope\": [\"https://www.googleapis.com/auth/devstorage.read_write\"],"
                        + " \"lifetime\": \"3600s\"}");
    }

    @Test
    void anOwnTokenThatIsRefusedBeforeItsTimeIsAskedForAnew() throws Exception {
        named(USER);
        cloud.answering(200, OWN)
                .answering(401, "{\"error\": {\"message\": \"Invalid Credentials\"}}")
                .answering(200, OWN.replace("own-token", "newer-token"))
                .answering(200, "{\"accessToken\": \"accounts-token\", \"expireTime\": \"2126-01-01T00:00:00Z\"}");

        assertThat(token(ACCOUNT).text().reveal()).isEqualTo("accounts-token");

        assertThat(cloud.asked()).hasSize(4);
        assertThat(cloud.asked().getLast().header("Authorization")).isEqualTo("Bearer newer-token");
    }

    @Test
    void whatWasRefusedIsNotGivenAgainAndWhatIsNewerIs() throws Exception {
        named(USER);
        cloud.answering(200, OWN).answering(200, OWN.replace("own-token", "newer-token"));
        GoogleAccount account = account();
        AccessToken own = account.token("");

        account.source().forget(own.text());
        AccessToken newer = account.token("");
        account.source().forget(own.text());

        assertThat(newer.text().reveal()).isEqualTo("newer-token");
        assertThat(account.token("")).isEqualTo(newer);
        assertThat(cloud.asked()).hasSize(2);
    }

    @Test
    void whoIsTheAccountNeedsNobodysLeave() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String key = Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        named("""
            {"type": "service_account", "project_id": "p", "private_key_id": "1", "client_id": "2",
             "client_email": "%s", "token_uri": "%s/token",
             "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}\
            """.formatted(ACCOUNT, cloud.address(), key));
        cloud.answering(200, OWN);

        assertThat(token(ACCOUNT).text().reveal()).isEqualTo("own-token");
        assertThat(cloud.asked()).hasSize(1);
    }

    @Test
    void aMachineWhoseAccountItIsNeedsNobodysLeaveEither() throws Exception {
        variables.remove("NO_GCE_CHECK");
        variables.put("GCE_METADATA_HOST", cloud.host());
        Map<String, String> google = Map.of("Metadata-Flavor", "Google");
        cloud.answering(200, OWN, google).answering(200, ACCOUNT + "\n", google);

        assertThat(token(ACCOUNT).text().reveal()).isEqualTo("own-token");
        assertThat(cloud.asked().getLast().line())
                .isEqualTo("GET /computeMetadata/v1/instance/service-accounts/default/email");
    }

    @Test
    void gcloudIsAskedForTheAccountWhereWeMayNotActAsIt() throws Exception {
        named(USER);
        cloud.answering(200, OWN).answering(403, "{\"error\": {\"message\": \"Permission denied\"}}");
        gcloud("[ \"$*\" = \"auth print-access-token --account=" + ACCOUNT + "\" ] && echo gclouds-token");

        AccessToken token = token(ACCOUNT);

        assertThat(token.text().reveal()).isEqualTo("gclouds-token");
        assertThat(token.until()).isEqualTo(time.now().plus(Duration.ofMinutes(5)));
    }

    @Test
    void whereNoWayLeadsThereAllAreSaidAndNoSecret() throws Exception {
        named(USER);
        cloud.answering(200, OWN).answering(403, "{\"error\": {\"message\": \"Permission denied for own-token\"}}");
        gcloud("echo secret-output; exit 1");

        assertThatThrownBy(() -> token(ACCOUNT))
                .isInstanceOf(OciException.class)
                .hasMessageStartingWith("this machine can't act as " + ACCOUNT)
                .hasMessageContaining("403")
                .hasMessageContaining("has no token for " + ACCOUNT + " (exit code 1)")
                .hasMessageContaining("roles/iam.serviceAccountTokenCreator")
                .hasMessageNotContaining("own-token")
                .hasMessageNotContaining("secret-output");
    }

    @Test
    void whatIsNoAccountIsAskedOfNobody() {
        assertThatThrownBy(() -> token("../projects/x@y:z"))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("invalid service account \"../projects/x@y:z\": want an e-mail address");
        assertThat(cloud.asked()).isEmpty();
    }
}
