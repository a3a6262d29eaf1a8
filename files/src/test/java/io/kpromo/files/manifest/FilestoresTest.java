// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.yaml.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What filestores may be, and what is told of those that can't be one.
class FilestoresTest extends ManifestsFixture {
    @Test
    void aFilestoreMayNameTheServerThatHasItsBucket() throws Exception {
        FileManifest manifest = read("""
            filestores:
            - base: s3://releases/
              endpoint: https://one.example:9000/
              src: true
            - base: s3://releases
              endpoint: https://two.example
              profile: mirror
            - base: gs://releases
              endpoint: http://three.example:4443
            """, files("kubectl", A)).all().getFirst();
        FileName name = new FileName("kubectl");
        assertThat(manifest.source().base().url(name)).isEqualTo("s3://releases/kubectl (one.example:9000)");
        assertThat(manifest.destinations())
                .extracting(store -> store.base().url(name))
                .containsExactly("s3://releases/kubectl (two.example)", "gs://releases/kubectl (three.example:4443)");
        assertThat(manifest.destinations().getFirst().profile()).contains("mirror");
        assertThat(manifest.destinations().getFirst().base().uri(name)).isEqualTo("s3://releases/kubectl");
    }

    @Test
    void theSameBucketOnTheSameServerIsOnePlaceHoweverItIsWritten() throws Exception {
        assertProblem(
                STORES + """
                    - base: s3://prod
                      endpoint: https://minio.example
                    - base: s3://prod/
                      endpoint: https://Minio.example:443/
                    """, files("a", A), "stores.yaml:8:9: s3://prod (minio.example) stands at line 6 already");
    }

    @Test
    void anEndpointIsAnAddressAndIsNotShownWhereItHoldsAPassword() throws Exception {
        for (String address : List.of("minio:9000", "https://me:secret@minio", "ftp://minio", "https://m?x=y")) {
            assertThatThrownBy(() -> read(STORES + "  endpoint: " + address + "\n", files("a", A)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("stores.yaml:6:13: an endpoint has to be http:// or https://, a host")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void onlyBucketsHaveAnEndpoint() throws Exception {
        assertProblem(
                STORES + "- base: file:///srv\n  endpoint: https://minio.example\n",
                files("a", A),
                "stores.yaml:7:13: only s3:// and gs:// have an endpoint; remove it");
    }

    @Test
    void whatGoogleGivesIsForGoogleAlone() throws Exception {
        assertProblem(STORES + """
            - base: gs://prod
              service-account: foo@project.iam.gserviceaccount.com
              endpoint: https://gcs.example
            """, files("a", A), "stores.yaml:7:20: what Google gives us is shown to Google alone");
    }

    @Test
    void aServiceAccountOfGoogleIsAnAddressOrANumber() throws Exception {
        String google = STORES + "- base: gs://prod\n  service-account: ";
        for (String account : List.of(
                "promoter@project.iam.gserviceaccount.com",
                "promoter@project.example.com.iam.gserviceaccount.com",
                "123456789012-compute@developer.gserviceaccount.com",
                "project.example.com@appspot.gserviceaccount.com",
                "service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
                "promoter@project.s3ns.iam.gserviceaccount.com",
                "113948692397867021414")) {
            assertThat(read(google + account + "\n", files("a", A))
                            .all()
                            .getFirst()
                            .destinations()
                            .getLast()
                            .serviceAccount())
                    .contains(account);
        }
        for (String account : List.of(
                "promoter",
                "promoter@",
                "promoter@project",
                "@project.iam.gserviceaccount.com",
                " promoter@project.iam.gserviceaccount.com",
                "promoter@project.iam.gserviceaccount.com.",
                "promoter@project..gserviceaccount.com",
                "promoter@a@project.iam.gserviceaccount.com",
                "serviceAccount:promoter@project.iam.gserviceaccount.com",
                "projects/-/serviceAccounts/promoter@project.iam.gserviceaccount.com",
                "promoter@project.iam.gserviceaccount.com?x=y",
                "promöter@project.iam.gserviceaccount.com")) {
            assertProblem(
                    google + "'" + account + "'\n",
                    files("a", A),
                    "stores.yaml:7:20: invalid service account \"" + account
                            + "\": want an e-mail address (name@project.iam.gserviceaccount.com) or a number");
        }
    }

    @Test
    void whereNoGoogleIsNobodyLooksAtAServiceAccount() throws Exception {
        String elsewhere = STORES.replace("foo@project.iam.gserviceaccount.com", "arn:aws:iam::1:role/promoter");
        assertThat(read(elsewhere, files("a", A)).all()).hasSize(1);
    }

    @Test
    void profilesAreForDestinationsOfS3() throws Exception {
        assertProblem(
                STORES + "- base: gs://prod\n  profile: p\n",
                files("a", A),
                "stores.yaml:7:12: only s3:// has a profile; remove it");
        assertProblem(
                STORES.replace("gs://staging/", "s3://staging").replace("src: true", "src: true\n  profile: p"),
                files("a", A),
                "stores.yaml:4:12: a source is read as everybody may read it, without keys; remove it");
        assertProblem(
                STORES + "  profile: \"a]b\"\n",
                files("a", A),
                "stores.yaml:6:12: a profile is the name of a section of ~/.aws/config; got \"a]b\"");
    }

    @Test
    void theSchemeMustBeKnown() throws Exception {
        assertProblem(
                STORES.replace("s3://prod", "ftp://prod"),
                files("a", A),
                "stores.yaml:4:9: invalid base \"ftp://prod/subdir\": want gs://, s3://, file:// or oci://");
    }

    @Test
    void aBaseMustNotLeadElsewhere() throws Exception {
        assertProblem(STORES.replace("prod/subdir", "prod/../x"), files("a", A), "stores.yaml:4:9: invalid base");
        for (String bucket : List.of("prod?x=1", "pro d", "prod#x", "-prod", "prod.", "pröd")) {
            assertProblem(
                    STORES.replace("prod/subdir", bucket + "/subdir"),
                    files("a", A),
                    "stores.yaml:4:9: invalid base \"s3://" + bucket + "/subdir\": want a bucket of letters");
        }
        assertProblem(
                STORES.replace("s3://prod", "oci://registry example"),
                files("a", A),
                "stores.yaml:4:9: invalid base \"oci://registry example/subdir\": want a registry: a host name");
    }

    @Test
    void aFilestoreNeedsABase() throws Exception {
        assertProblem(STORES + "- src: false\n", files("a", A), "stores.yaml:6:3: a filestore without a base");
    }

    @Test
    void aSourceIsNeeded() throws Exception {
        assertProblem(
                STORES.replace("src: true", "src: false"),
                files("a", A),
                "stores.yaml:1:1: no filestore is the source; mark one with src: true");
    }

    @Test
    void thereIsOneSourceOnly() throws Exception {
        assertProblem(
                STORES + "- base: gs://more\n  src: true\n",
                files("a", A),
                "stores.yaml:6:9: a second source, the first is gs://staging at line 2");
    }

    @Test
    void aDestinationIsNeeded() throws Exception {
        assertProblem(
                "filestores:\n- base: gs://staging\n  src: true\n", files("a", A), "stores.yaml:1:1: no destination");
    }

    @Test
    void theSourceIsNotItsOwnDestination() throws Exception {
        assertProblem(
                STORES + "- base: gs://staging\n",
                files("a", A),
                "stores.yaml:6:9: gs://staging is the source and its own destination");
    }

    @Test
    void aDestinationStandsThereOnce() throws Exception {
        assertProblem(
                STORES + "- base: s3://prod/subdir/\n",
                files("a", A),
                "stores.yaml:6:9: s3://prod/subdir stands at line 4 already");
    }

    @Test
    void aRegistryIsNoSource() throws Exception {
        assertProblem(
                STORES.replace("gs://staging/", "oci://registry.example/files"),
                files("a", A),
                "stores.yaml:2:9: a registry is a destination only");
    }
}
