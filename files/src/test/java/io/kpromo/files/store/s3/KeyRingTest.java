// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Server;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.access.AccessToken;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.access.Passing;
import io.kpromo.files.store.access.ProfileKeys;
import io.kpromo.files.store.fake.FakeObject;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys are shown to the server that they belong to, and to nobody else.
class KeyRingTest {
    private static final String PLACE = "stores.yaml:4:9";
    private static final FileName NAME = new FileName("kubectl");
    private static final byte[] CONTENT = SampleFile.bytes(1000, 1);
    private static final AccessKeys OURS = keys("AKIDOURS");
    private static final AccessKeys THEIRS = keys("AKIDTHEIRS");

    private final HttpTransport transport = HttpTransport.open(TransportOptions.standard());
    private final FakeS3 one = new FakeS3(OURS, "us-east-1");
    private final FakeS3 other = new FakeS3(THEIRS, "eu-west-1");
    private final Map<String, ProfileKeys> profiles = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "AWS_ACCESS_KEY_ID",
            OURS.id(),
            "AWS_SECRET_ACCESS_KEY",
            OURS.secret().reveal()));

    private static AccessKeys keys(String id) {
        return new AccessKeys(id, Secret.of("secret-of-" + id), Optional.empty(), Optional.empty());
    }

    @AfterEach
    void close() {
        transport.close();
        one.close();
        other.close();
    }

    private static Server server(FakeS3 s3) {
        return Server.parse("http://" + s3.server().authority()).orElseThrow();
    }

    private static Base at(FakeS3 s3) {
        return Base.parse("s3://releases").at(server(s3));
    }

    private S3Stores stores() {
        CloudAccess access = new CloudAccess() {
            @Override
            public AccessToken google(String account) {
                throw new AssertionError("Google is not asked");
            }

            @Override
            public AccessKeys amazon(String region) {
                throw new AssertionError("the variables hold keys");
            }

            @Override
            public ProfileKeys profile(String name) {
                return Optional.ofNullable(profiles.get(name)).orElseThrow();
            }

            @Override
            public void forget(Passing refused) {
                throw new AssertionError("keys without an end do not age");
            }
        };
        return new S3Stores(transport, environment, () -> access, S3Options.standard(), InstantSource.system());
    }

    private void profile(String name, AccessKeys keys, String endpoint) {
        profiles.put(name, new ProfileKeys(keys, Optional.of(endpoint).filter(text -> !text.isEmpty())));
    }

    private Store open(Base base, String profile) {
        return stores().signedIn(base, Optional.of(profile), PLACE);
    }

    @Test
    void aFileGoesFromOneServerToABucketOfTheSameNameOnAnother() throws Exception {
        one.put("releases/kubectl", CONTENT, Map.of());
        profile("mirror", THEIRS, server(other).toString());
        Store source = stores().asAnyone(at(one));
        Store destination = open(at(other), "mirror");

        assertThat(source.inspect(NAME)).isPresent();
        assertThat(destination.look(List.of(NAME))).isEmpty();
        destination.write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(other.object("releases/kubectl").map(FakeObject::content)).contains(CONTENT);
        assertThat(one.server().asked())
                .allSatisfy(asked -> assertThat(asked.headers()).doesNotContainKey("authorization"));
        assertThat(other.server().asked())
                .extracting(asked -> asked.value("authorization"))
                .noneMatch(sent -> sent.contains(OURS.id()));
    }

    @Test
    void signaturesNameTheRegionOfTheServerRatherThanThatOfTheVariable() throws Exception {
        environment.put("AWS_REGION", "us-east-1");
        profile("mirror", THEIRS, server(other).toString());

        open(at(other), "mirror").write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(other.server().asked().getLast().value("authorization")).contains("/eu-west-1/s3/aws4_request");
    }

    @Test
    void twoServersAreTwoCloudsThatCopyNothingBetweenEachOther() throws Exception {
        one.put("releases/kubectl", CONTENT, Map.of());
        Store source = stores().asAnyone(at(one));
        profile("mirror", THEIRS, server(other).toString());

        boolean copied = open(at(other), "mirror")
                .copy(source, NAME, source.inspect(NAME).orElseThrow(), Digest.sha256(CONTENT), Optional.empty());

        assertThat(copied).isFalse();
    }

    @Test
    void keysOfTheVariablesAreNotForAServerThatAManifestNames() {
        assertThatThrownBy(() -> stores().signedIn(at(other), Optional.empty(), PLACE))
                .isInstanceOf(StoreException.class)
                .hasMessage(PLACE + ": s3://releases (" + other.server().authority()
                        + ") names no profile, and other keys do not belong there; add profile: NAME, and in"
                        + " ~/.aws/config the section [profile NAME] with endpoint_url = " + server(other));
        assertThat(other.server().asked()).isEmpty();
    }

    @Test
    void theServerThatTheVariablesNameMayBeNamedAgain() throws Exception {
        environment.put("AWS_ENDPOINT_URL", server(one) + "/");

        stores().signedIn(at(one), Optional.empty(), PLACE).write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(one.object("releases/kubectl")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://s3.eu-west-1.amazonaws.com",
                "https://s3.dualstack.eu-west-1.amazonaws.com:443/",
                "https://s3-fips.us-gov-west-1.amazonaws.com",
                "https://s3.cn-north-1.amazonaws.com.cn",
                "https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com"
            })
    void amazonsOwnHostsAreShownAmazonsKeys(String address) {
        Base base = Base.parse("s3://prod").at(Server.parse(address).orElseThrow());

        assertThat(stores().signedIn(base, Optional.empty(), PLACE).base()).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://s3.eu-west-1.amazonaws.com",
                "https://s3.eu-west-1.amazonaws.com:8443",
                "https://ec2-203-0-113-5.compute-1.amazonaws.com",
                "https://x.execute-api.us-east-1.amazonaws.com",
                "https://s3.eu-west-1.amazonaws.com.example.com",
                "https://s3-eu-west-1.elb.amazonaws.com",
                "https://evil.example/s3.eu-west-1.amazonaws.com"
            })
    void whoeverElseHasANameLikeAmazonsIsNot(String address) {
        Base base = Base.parse("s3://prod").at(Server.parse(address).orElseThrow());

        assertThatThrownBy(() -> stores().signedIn(base, Optional.empty(), PLACE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("other keys do not belong there");
    }

    @Test
    void aProfilesKeysGoNowhereButToItsOwnServer() {
        profile("mirror", THEIRS, "https://minio.example:9000");

        assertThatThrownBy(() -> open(at(other), "mirror").look(List.of(NAME)))
                .isInstanceOf(StoreException.class)
                .hasMessage(PLACE + ": the keys of the AWS profile mirror are for https://minio.example:9000, its"
                        + " endpoint_url, and not for " + server(other) + "; name that endpoint, or another profile");
        assertThatThrownBy(() -> open(Base.parse("s3://releases"), "mirror").inspect(NAME))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("and not for Amazon;");
        assertSaysNothing();
    }

    @Test
    void aProfileThatNamesNoServerIsNotForOneThatAManifestNames() {
        profile("plain", THEIRS, "");

        assertThatThrownBy(() -> open(at(other), "plain").inspect(NAME))
                .isInstanceOf(StoreException.class)
                .hasMessage(PLACE + ": the AWS profile plain does not say that its keys are for " + server(other)
                        + "; add endpoint_url = " + server(other) + " to it");
        assertSaysNothing();
    }

    @Test
    void aProfileThatNamesNoAddressIsSaid() {
        profile("broken", THEIRS, "https://user:secret@minio");

        assertThatThrownBy(() -> open(at(other), "broken").inspect(NAME))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("endpoint_url of the AWS profile broken has to be http:// or https://")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aProfileIsAlsoForAnotherAccountOfTheServerThatTheVariablesName() throws Exception {
        environment.put("AWS_ENDPOINT_URL", server(other).toString());
        profile("second", THEIRS, "");

        open(Base.parse("s3://releases"), "second").write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(other.object("releases/kubectl")).isPresent();
    }

    @Test
    void aWrongSignatureIsToldAndNoSecretIsShown() {
        environment.put("AWS_ENDPOINT_URL", server(one).toString());
        environment.put("AWS_SECRET_ACCESS_KEY", "another-key-not-to-be-shown");
        Store store = stores().signedIn(Base.parse("s3://releases"), Optional.empty(), PLACE);

        assertThatThrownBy(() -> store.write(NAME, SampleFile.small(CONTENT), Optional.empty()))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("403 SignatureDoesNotMatch")
                .hasMessageNotContaining("not-to-be-shown");
    }

    private void assertSaysNothing() {
        assertThat(other.server().asked()).isEmpty();
        assertThat(one.server().asked()).isEmpty();
    }
}
