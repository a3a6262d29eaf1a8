// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.yaml.InvalidInputException;
import io.kpromo.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// Manifests in a folder of the test's own.
abstract class ManifestsFixture {
    static final String A = "a".repeat(64);
    static final String B = "b".repeat(64);
    static final String STORES = """
        filestores:
        - base: gs://staging/
          src: true
        - base: s3://prod/subdir
          service-account: foo@project.iam.gserviceaccount.com
        """;

    @TempDir
    Path folder = Path.of("");

    void tree(String project, String stores, String files) throws IOException {
        write("filestores/" + project + "/filepromoter-manifest.yaml", stores);
        write("manifests/" + project + "/files.yaml", files);
    }

    void assertTreeProblem(String wanted) {
        assertThatThrownBy(() -> FileManifests.tree(folder))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(texts(e.problems()))
                                .anySatisfy(text -> assertThat(text).contains(wanted)));
    }

    void assertProblem(String stores, String files, String wanted) throws IOException {
        Path storesFile = write("stores.yaml", stores);
        Path filesFile = write("files.yaml", files);
        assertThatThrownBy(() -> FileManifests.of(storesFile, filesFile))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(texts(e.problems()))
                                .anySatisfy(text -> assertThat(text).startsWith(wanted)));
    }

    List<String> texts(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.toString().replaceFirst("^" + folder + "/", ""))
                .toList();
    }

    FileManifests read(String stores, String files) throws IOException {
        return FileManifests.of(write("stores.yaml", stores), write("files.yaml", files));
    }

    Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    static String files(String name, String sum) {
        return "files:\n- name: " + name + "\n  sha256: " + sum + "\n";
    }
}
