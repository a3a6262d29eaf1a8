// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.Secret;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoogleSourceTest {
    private static final Host GCR = new Host("gcr.io");
    private static final Map<String, String> GOOGLE = Map.of("Metadata-Flavor", "Google");
    private static final String REFRESH = "1//refresh-not-to-be-shown-0123456789";

    @TempDir
    private Path folder;

    private final SetTime time = new SetTime();
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>(Map.of("NO_GCE_CHECK", "true"));
    private FakeCloud cloud;

    GoogleSourceTest() throws IOException {
        cloud = new FakeCloud();
    }

    @BeforeEach
    void nobodysPath() {
        variables.put("PATH", folder.toString());
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void aServiceAccountsKeyGivesATokenForAllHostsOfGoogle() throws Exception {
        named(serviceAccount());
        cloud.answering(200, token("first", 3600));
        GoogleSource source = source();

        for (String host : List.of("gcr.io", "eu.gcr.io", "europe-west4-docker.pkg.dev")) {
            assertThat(source.find(new Host(host), "a/b"))
                    .get()
                    .isInstanceOfSatisfying(
                            Credential.RegistryToken.class,
                            t -> assertThat(t.token()).isEqualTo(Secret.of("first")));
        }

        assertThat(cloud.asked()).hasSize(1);
        String claims =
                cloud.asked().getFirst().body().split("assertion=", 2)[1].split("\\.", 3)[1];
        assertThat(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
                .contains("\"scope\":\"https://www.googleapis.com/auth/cloud-platform\"");
    }

    @Test
    void aTokenIsAskedForAnewShortlyBeforeItExpires() throws Exception {
        named(serviceAccount());
        cloud.answering(200, token("first", 3600)).answering(200, token("second", 7200));
        GoogleSource source = source();
        source.find(GCR, "");

        time.pass(Duration.ofMinutes(57));
        assertThat(secret(source)).isEqualTo("first");
        time.pass(Duration.ofMinutes(2));
        assertThat(secret(source)).isEqualTo("second");

        assertThat(cloud.asked()).hasSize(2);
    }

    @Test
    void whatGcloudWroteForApplicationsIsFoundBelowTheUsersFolder() throws Exception {
        Path file = folder.resolve(".config/gcloud/application_default_credentials.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, user());
        cloud.answering(200, token("users", 3600));

        assertThat(secret(source())).isEqualTo("users");
        assertThat(cloud.asked().getFirst().body()).contains("grant_type=refresh_token");
    }

    @Test
    void aWorkloadsIdentityIsChangedForATokenAtTheSts() throws Exception {
        Path subject = Files.writeString(folder.resolve("subject"), "subject-token");
        named("""
                {"type": "external_account", "audience": "//iam.googleapis.com/projects/1/locations/global/x",
                 "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
                 "token_url": "https://sts.googleapis.com/v1/token",
                 "credential_source": {"file": "%s"}}""".formatted(subject));
        cloud.answering(200, """
                {"access_token": "federated", "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
                 "token_type": "Bearer", "expires_in": 3600}""");

        assertThat(secret(source())).isEqualTo("federated");
        assertThat(cloud.asked().getFirst().body()).contains("subject_token=subject-token");
    }

    @Test
    void aMachineOfGooglesIsAskedForItsAccount() throws Exception {
        onGoogle();
        cloud.answering(503, "", GOOGLE).answering(200, token("machines", 3600), GOOGLE);

        assertThat(secret(source())).isEqualTo("machines");

        assertThat(cloud.asked()).hasSize(2);
        assertThat(cloud.asked().getLast().line())
                .startsWith("GET /computeMetadata/v1/instance/service-accounts/default/token?scopes=https");
        assertThat(cloud.asked().getLast().header("Metadata-flavor")).isEqualTo("Google");
    }

    @Test
    void anotherCloudsServerAtTheSameAddressIsNotBelieved() throws Exception {
        onGoogle();
        cloud.answering(200, token("not Google's", 3600));

        assertThatThrownBy(() -> source().find(GCR, ""))
                .isInstanceOf(OciException.class)
                .hasMessageContaining(cloud.host() + " is not Google's");
    }

    @Test
    void aMachineWithoutAnAccountReadsWithoutCredentials() throws Exception {
        onGoogle();
        cloud.answering(404, "", GOOGLE);

        assertThat(source().find(GCR, "")).isEmpty();
        assertThat(remarks).singleElement().asString().contains("no service account");
    }

    @Test
    void gcloudIsAskedWhereThereIsNothingElse() throws Exception {
        program("gcloud", """
                [ "$*" = "config config-helper --force-auth-refresh --format=json(credential)" ] || exit 3
                echo '{"credential": {"access_token": "persons", "token_expiry": "2126-11-23T03:00:00Z"}}'""");

        assertThat(secret(source())).isEqualTo("persons");
    }

    @Test
    void gcloudThatHangsIsEnded() throws Exception {
        program("gcloud", "exec sleep 600");
        Gcloud gcloud = new Gcloud(around(), time, Duration.ofMillis(50));

        assertThat(gcloud.ask())
                .isInstanceOfSatisfying(
                        GoogleWay.Refused.class,
                        refused -> assertThat(refused.why()).contains("did not answer within"));
    }

    @Test
    void whatGcloudSaysIsNeverShown() throws Exception {
        program("gcloud", "echo \"{'secret-output\"; echo secret-error >&2");

        assertThat(source().find(GCR, "")).isEmpty();
        assertThat(remarks)
                .singleElement()
                .asString()
                .contains("holds no token")
                .doesNotContain("secret-");
    }

    @Test
    void aMachineWithoutAnythingAsksNobodyTwiceAndSaysWhereItLooked() throws Exception {
        program("gcloud", "echo x >> " + folder.resolve("calls") + "; exit 1");
        GoogleSource source = source();

        assertThat(source.find(GCR, "")).isEmpty();
        assertThat(source.find(new Host("us-docker.pkg.dev"), "")).isEmpty();

        assertThat(Files.readAllLines(folder.resolve("calls"))).hasSize(1);
        assertThat(remarks)
                .singleElement()
                .asString()
                .contains(
                        "application_default_credentials.json",
                        "NO_GCE_CHECK",
                        "gcloud is not signed in (exit code 1)",
                        "gcloud auth application-default login");
    }

    @Test
    void otherRegistriesAreNoneOfItsBusiness() throws Exception {
        named("not read");
        for (String host :
                List.of("registry.k8s.io", "notgcr.io", "gcr.io.example", "gcr.io:5000", "pkg.dev", "localhost")) {
            assertThat(source().find(new Host(host), "")).isEmpty();
        }
        assertThat(remarks).isEmpty();
    }

    @Test
    void aFileThatWasNamedHasToBeThere() {
        variables.put(GoogleFile.NAMED, folder.resolve("nowhere.json").toString());

        assertThatThrownBy(() -> source().find(GCR, ""))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS names " + folder.resolve("nowhere.json"));
    }

    @Test
    void aFileThatWasNamedHasToBeOfUseAndIsNotShown() throws Exception {
        named("{\"type\": \"service_account\", \"private_key\": \"not-to-be-shown\"}");

        assertThatThrownBy(() -> source().find(GCR, ""))
                .hasMessageContaining("these are no Google credentials")
                .hasMessageNotContaining("not-to-be-shown")
                .hasNoCause();
    }

    @Test
    void deniedCredentialsSayWhichAndWhyWithoutSecrets() throws Exception {
        named(user());
        cloud.answering(400, "{\"error\": \"invalid_grant\", \"error_description\": \"" + REFRESH + "\"}");
        GoogleSource source = source();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> source.find(GCR, ""))
                    .hasMessageContaining(folder.resolve("named.json").toString())
                    .hasMessageContaining("400 invalid_grant")
                    .hasMessageContaining("gcloud auth application-default login")
                    .hasMessageNotContaining(REFRESH);
        }
        assertThat(cloud.asked()).as("a failure is kept for a minute").hasSize(1);
    }

    @Test
    void deniedCredentialsThatNobodyNamedLeavePublicImagesReadable() throws Exception {
        Path file = folder.resolve(".config/gcloud/application_default_credentials.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, user());
        cloud.answering(400, "{\"error\": \"invalid_grant\"}");

        assertThat(source().find(GCR, "")).isEmpty();
        assertThat(remarks).singleElement().asString().contains("400 invalid_grant");
    }

    @Test
    void anAnswerWithoutATokenIsAFailureThatShowsNothingOfIt() throws Exception {
        named(user());
        cloud.answering(200, "{\"acess_token\": \"misspelt-not-to-be-shown-0123456789\"}");

        assertThatThrownBy(() -> source().find(GCR, ""))
                .hasMessageContaining("no token can be had")
                .hasMessageNotContaining("not-to-be-shown");
    }

    /// Google's library tries long before it gives up.
    @Test
    @Tag("slow")
    void aServerThatIsNotThereIsTriedAgainLater() throws Exception {
        named(serviceAccount());
        cloud.close();
        GoogleSource source = source();
        assertThatThrownBy(() -> source.find(GCR, "")).hasMessageContaining("the server that gives tokens for them");

        String file = Files.readString(folder.resolve("named.json"));
        String before = cloud.address();
        cloud = new FakeCloud().answering(200, token("later", 3600));
        named(file.replace(before, cloud.address()));
        time.pass(Duration.ofMinutes(2));

        assertThat(secret(source)).isEqualTo("later");
    }

    private GoogleSource source() {
        return new GoogleSource(GoogleSource.waysOf(around(), this::web, time), remarks::add, time);
    }

    private Surroundings around() {
        return new Surroundings(variables, Optional.of(folder));
    }

    /// Leads all that goes to Google to the fake.
    private HttpTransport web() {
        return new NetHttpTransport.Builder()
                .setConnectionFactory(url -> (HttpURLConnection)
                        URI.create(cloud.address() + url.getPath()).toURL().openConnection())
                .build();
    }

    private void named(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("named.json"), content);
        variables.put(GoogleFile.NAMED, file.toString());
    }

    private void onGoogle() {
        variables.remove("NO_GCE_CHECK");
        variables.put("GCE_METADATA_HOST", cloud.host());
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private String serviceAccount() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String key = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                .replace("\r\n", "\\n");
        return """
                {"type": "service_account", "project_id": "p", "private_key_id": "1", "client_id": "2",
                 "client_email": "promoter@p.iam.gserviceaccount.com", "token_uri": "%s/token",
                 "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}""".formatted(cloud.address(), key);
    }

    private static String user() {
        return """
                {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "%s"}""".formatted(REFRESH);
    }

    private static String token(String token, int seconds) {
        return "{\"access_token\": \"%s\", \"expires_in\": %d, \"token_type\": \"Bearer\"}".formatted(token, seconds);
    }

    private static String secret(GoogleSource source) throws InterruptedException {
        return ((Credential.RegistryToken) source.find(GCR, "").orElseThrow())
                .token()
                .reveal();
    }
}
