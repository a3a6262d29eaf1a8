// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CloudLoaderTest {
    private final List<String> remarks = new ArrayList<>();

    @Test
    void aMissingFolderIsSaidOnceAndOnlyWhereARegistryOfACloudAsks(@TempDir Path folder) throws Exception {
        CloudLoader loader = new CloudLoader(
                new CloudJars(Optional.of(folder.resolve("cloud"))), Map.of(), Optional.empty(), remarks::add);

        assertThat(loader.find(new Host("registry.example"), "a")).isEmpty();
        assertThat(remarks).isEmpty();
        assertThat(loader.find(new Host("gcr.io"), "a")).isEmpty();
        assertThat(loader.find(new Host("public.ecr.aws"), "a")).isEmpty();
        assertThat(remarks).singleElement().asString().contains("the folder \"cloud\" is missing");
    }
}
