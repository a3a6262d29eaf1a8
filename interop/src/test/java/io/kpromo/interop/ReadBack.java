// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Looks at an image through the eyes of other programs: each must see the wanted digest and be able to read all
/// blobs.
final class ReadBack {
    private final Path folder;
    private final Foreign crane;
    private final Foreign skopeo;
    private final Foreign regctl;
    private final Foreign oras;

    /// @param folder where copies go, and the programs' settings are
    ReadBack(Path folder) {
        this.folder = folder;
        this.crane = Foreign.program("crane", folder);
        this.skopeo = Foreign.program("skopeo", folder);
        this.regctl = Foreign.program("regctl", folder);
        this.oras = Foreign.program("oras", folder);
    }

    /// @param reference host, repository and tag
    void image(String reference, Digest wanted) throws IOException, InterruptedException {
        manifest(reference, wanted);
        crane.text("validate", "--remote", reference);
        skopeo.text(
                "--insecure-policy",
                "copy",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "docker://" + reference,
                "dir:" + Files.createTempDirectory(folder, "skopeo"));
        everyBlob(reference);
    }

    /// An artifact: not every program takes it for an image.
    void artifact(String reference, Digest wanted) throws IOException, InterruptedException {
        manifest(reference, wanted);
        everyBlob(reference);
    }

    private void manifest(String reference, Digest wanted) throws IOException, InterruptedException {
        String host = reference.substring(0, reference.indexOf('/'));
        assertThat(crane.text("digest", reference)).as("crane, " + reference).isEqualTo(wanted.toString());
        assertThat(Digest.sha256(skopeo.bytes("inspect", "--raw", "--tls-verify=false", "docker://" + reference)))
                .as("skopeo, " + reference)
                .isEqualTo(wanted);
        assertThat(Digest.sha256(regctl.bytes(
                        "--host",
                        "reg=" + host + ",tls=disabled",
                        "manifest",
                        "get",
                        "--format",
                        "raw-body",
                        reference)))
                .as("regctl, " + reference)
                .isEqualTo(wanted);
        assertThat(Digest.sha256(oras.bytes("manifest", "fetch", "--plain-http", reference)))
                .as("oras, " + reference)
                .isEqualTo(wanted);
    }

    private void everyBlob(String reference) throws IOException, InterruptedException {
        String host = reference.substring(0, reference.indexOf('/'));
        Path byOras = Files.createTempDirectory(folder, "oras");
        oras.text("cp", "--from-plain-http", "--to-oci-layout", reference, byOras + ":copy");
        Path byRegctl = Files.createTempDirectory(folder, "regctl");
        regctl.text(
                "--host",
                "reg=" + host + ",tls=disabled",
                "image",
                "copy",
                reference,
                "ocidir://" + byRegctl + ":copy");
    }
}
