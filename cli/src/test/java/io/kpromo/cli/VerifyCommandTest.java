// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.http.Kind;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.key.FakeVault;
import io.kpromo.trust.key.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path folder;

    private SignedApp app;
    private SampleImage image;
    private String reference;
    private String name;

    @BeforeEach
    void open() throws Exception {
        app = SignedApp.in(folder);
        image = SampleImage.image().build();
        image.pushTo(app.registry, "app", "1.0");
        name = app.registry.host() + "/app";
        reference = name + ":1.0";
    }

    @AfterEach
    void close() {
        app.close();
    }

    private Ran verify(String... more) {
        String[] words = new String[more.length + 4];
        words[0] = "verify";
        words[1] = "--key";
        words[2] = app.publicKey.toString();
        words[3] = reference;
        System.arraycopy(more, 0, words, 4, more.length);
        return kpromo(words);
    }

    @Test
    void aSignedImageIsVerifiedAndItsDigestIsPrinted() throws Exception {
        app.sign("app", name, image.digest());
        app.registry.resetCounts();

        Ran ran = verify();

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .startsWith(reference + "@" + image.digest() + ": verified\n  signature: verified by key ")
                .endsWith("(tag sha256-" + image.digest().hex() + ".sig, layer 0)\n");
        assertThat(app.registry.counts().total()).isEqualTo(3);
    }

    @Test
    void aKeyThatAServiceHoldsIsAskedForOnceAndItsSignaturesCount() throws Exception {
        try (FakeVault vault = FakeVault.usual()) {
            Map<String, String> environment = Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", FakeVault.TOKEN);
            String key = "hashivault://release";
            Ran signed = kpromo(environment, "sigcheck", "--confirm", "--key", key, reference);
            assertThat(signed.code()).as(signed.err()).isZero();
            int before = vault.asked().size();

            Ran ran = kpromo(environment, "verify", "--require=signature,record", "--key", key, reference);
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(vault.asked().subList(before, vault.asked().size()))
                    .containsExactly("GET /v1/transit/keys/release");
            assertThat(kpromo(environment, "attestations", "--key", key, reference)
                            .out())
                    .contains("verified")
                    .doesNotContain("unverifiable");

            Ran other = kpromo("verify", "--key", app.publicKey.toString(), reference);
            assertThat(other.code()).isEqualTo(1);
        }
    }

    @Test
    void aServiceThatDoesNotGiveItsKeyIsAFailureAndNoneOfItsSecretsIsShown() throws Exception {
        try (FakeVault vault = FakeVault.usual()) {
            Ran ran = kpromo(
                    Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", "hvs.another"),
                    "verify",
                    "--key=hashivault://release",
                    reference);

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("cannot use the key hashivault://release: 403")
                    .doesNotContain("hvs.");
        }
    }

    @Test
    void allThatIsRequiredHasToVerify() throws Exception {
        app.sign("app", name, image.digest());
        assertThat(verify("--require", "signature,record").code()).isEqualTo(1);
        assertThat(verify("--require", "signature,record").out())
                .contains(": NOT verified\n")
                .contains("\n  record: missing: no promotion record was found, only 1 thing of other kinds");

        app.record("app", name, image);
        assertThat(verify("--require", "signature,record").code()).isZero();
        assertThat(verify("--require=record,vsa", "--output=json").out())
                .contains("\"verified\" : false")
                .contains("\"result\" : \"missing\"")
                .contains("\"reasons\" : [ \"no verification summary was found");
    }

    @Test
    void theSignatureOfSomebodyElseDoesNotCount() throws Exception {
        app.sign("app", name, image.digest());
        Path other = SignedApp.newKey(folder, "other");
        Path otherPublic = Files.writeString(
                folder.resolve("other.pub"),
                Keys.pem(Keys.read(other, Optional::empty).publicKey()));

        Ran ran = kpromo("verify", "--key", otherPublic.toString(), reference);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("signed with none of the keys at hand");
    }

    @Test
    void aMirrorIsVerifiedByTheNameThatWasSigned() throws Exception {
        app.sign("app", "registry.example/app", image.digest());

        assertThat(verify().code()).isEqualTo(1);
        assertThat(verify().out()).contains("is for registry.example/app, expected is " + name);
        assertThat(verify("--name", "registry.example/app").code()).isZero();
        assertThat(verify("--identity-map", app.registry.host() + "=registry.example")
                        .code())
                .isZero();
    }

    @Test
    void failingToLookIsAFailureWithTheReason() throws Exception {
        app.registry.faults().add(Fault.on(Kind.REFERRERS).answers(403));

        Ran ran = verify();

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("signature: unknown").contains("403");
    }

    @Test
    void anImageThatIsNotThereIsNamedAndTheOthersAreVerified() throws Exception {
        app.sign("app", name, image.digest());

        Ran ran = verify(name + ":2.0");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains(": verified\n").contains(name + ":2.0: NOT verified: no image " + name + ":2.0");
    }

    @Test
    void wrongWordsAreUsageErrors() throws Exception {
        assertThat(kpromo("verify", reference).err()).contains("--key").contains("--certificate-identity");
        assertThat(kpromo("verify", reference).code()).isEqualTo(2);
        assertThat(verify("--require", "signatures").err()).contains("signature, record, vsa, provenance");
        assertThat(verify("--certificate-identity", "me").code()).isEqualTo(2);
        assertThat(verify("no-reference").code()).isEqualTo(2);
        assertThat(kpromo("verify", "--key", app.publicKey.toString()).code()).isEqualTo(2);
        assertThat(kpromo(
                                "verify",
                                "--certificate-identity-regexp",
                                "(",
                                "--certificate-oidc-issuer",
                                "https://issuer.example",
                                reference)
                        .err())
                .contains("--certificate-identity-regexp: ");
    }

    @Test
    void attestationsListsAllThereIsAndWhatCannotBeTold() throws Exception {
        app.sign("app", name, image.digest());
        app.record("app", name, image);

        Ran ran = kpromo("attestations", "--key", app.publicKey.toString(), reference);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .startsWith(name + "@" + image.digest() + "\n")
                .contains("  signature: verified by key ")
                .contains("  promotion record: verified by key ")
                .contains("(referrer sha256:");

        Ran blind = kpromo("attestations", reference, "--output", "json");
        assertThat(blind.code()).as(blind.err()).isZero();
        assertThat(blind.out())
                .contains("\"standing\" : \"unverifiable\"")
                .contains("\"why\" : \"it is signed with a key, and no key is at hand\"")
                .contains("\"aboutThisDigest\" : true")
                .doesNotContain("\"signer\"");
    }

    @Test
    void attestationsSaysWhatItCouldNotLookAt() {
        app.registry.faults().add(Fault.on(Kind.REFERRERS).answers(403));

        Ran ran = kpromo("attestations", reference);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("not looked at: ").contains("403").doesNotContain("nothing");
    }

    @Test
    void attestationsOfAnImageWithoutAnySaysNothing() {
        assertThat(kpromo("attestations", reference).out()).isEqualTo(name + "@" + image.digest() + "\n  nothing\n");
    }
}
