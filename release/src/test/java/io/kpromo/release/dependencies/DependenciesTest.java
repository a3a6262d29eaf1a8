// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.oci.Repository;
import io.kpromo.release.version.Version;
import io.kpromo.yaml.InvalidInputException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    @Test
    void versionsKeepTheirText() {
        Dependencies read = read("""
                dependencies:
                - {name: "a", version: 1.30}
                - {name: b, version: 0}
                - {name: c, version: '{"1.33", "1.32"}'}
                - {name: d, version: v20230623-56e06d7c18}
                """);
        assertThat(read.all().stream().map(Dependency::version))
                .containsExactly("1.30", "0", "{\"1.33\", \"1.32\"}", "v20230623-56e06d7c18");
    }

    @Test
    void everyFlavourOfZeitgeistIsRead() {
        assertThat(upstream("{flavour: github, url: hashicorp/terraform, constraints: < 2.0.0}"))
                .isEqualTo(new Upstream.GitHub(
                        Slug.of("hashicorp/terraform"), new VersionRange("< 2.0.0"), Optional.empty()));
        assertThat(upstream("{flavour: gitlab, server: https://git.example.org/, url: a/b/c, branch: main}"))
                .isEqualTo(new Upstream.GitLab(
                        Optional.of(URI.create("https://git.example.org/")),
                        Slug.of("a/b/c"),
                        VersionRange.all(),
                        Optional.of(new RefName("main"))));
        assertThat(upstream("{flavour: helm, repo: https://helm.example.org/stable, chart: linkerd2}"))
                .isInstanceOf(Upstream.Helm.class);
        assertThat(upstream("{flavour: helm, repo: oci://ghcr.io/charts, chart: a}"))
                .isInstanceOf(Upstream.Helm.class);
        assertThat(upstream("{flavour: container, registry: gcr.io/k8s-staging-kubernetes/conformance}"))
                .isEqualTo(new Upstream.Container(
                        Repository.parse("gcr.io/k8s-staging-kubernetes/conformance"), VersionRange.all()));
        assertThat(upstream("{flavour: container, registry: docker}"))
                .isEqualTo(
                        new Upstream.Container(Repository.parse("index.docker.io/library/docker"), VersionRange.all()));
        assertThat(upstream("{flavour: eks}")).isEqualTo(new Upstream.Eks(VersionRange.all()));
        assertThat(upstream(
                        "{flavour: eks-addon, addonName: vpc-cni, latest: true, kubernetesVersion: '1.31', constraints:"
                                + " '< 1.16.0-0'}"))
                .isEqualTo(new Upstream.EksAddon("vpc-cni", "1.31", true, new VersionRange("< 1.16.0-0")));
        assertThat(upstream("{flavour: ami, owner: amazon, name: amazon-eks-node-1.21-*}"))
                .isEqualTo(new Upstream.Ami("amazon", "amazon-eks-node-1.21-*"));
        assertThat(upstream("{flavour: ssm, path: /aws/service/image_id}"))
                .isEqualTo(new Upstream.Ssm("/aws/service/image_id"));
        assertThat(upstream("{flavour: dummy, url: example/example}")).isEqualTo(new Upstream.Dummy("1.0.0"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtItsPlace() {
        assertThatThrownBy(() -> read("""
                        dependencies:
                        - name: a
                        - name: b
                          version: 1
                          scheme: calver
                          sensitivity: huge
                          upstream: {flavour: github, url: a/b, constraint: "<2"}
                          refPaths:
                          - {path: ../../etc/passwd, match: x}
                          - {path: a.go, mathc: "a"}
                          - {path: a.go, match: "("}
                          - {path: a.go, match: "(?=x)"}
                          - {match: x}
                        - name: c
                          version: 1
                          versoin: 2
                          upstream: {flavour: svn}
                        - name: d
                          version: 1
                          upstream: {flavour: helm, constraints: ~1}
                        """))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(
                        "d.yaml:2:3: a dependency without version; add version: …",
                        "d.yaml:5:11: scheme: want one of semver, alpha, random, found \"calver\"",
                        "d.yaml:6:16: sensitivity: want one of patch, minor, major, found \"huge\"",
                        "d.yaml:7:41: unknown key \"constraint\" of flavour github; known are url, constraints, branch",
                        "d.yaml:9:12: invalid path \"../../etc/passwd\"",
                        "d.yaml:10:18: unknown key \"mathc\"; did you mean \"match\"?",
                        "d.yaml:11:25: match: ",
                        "d.yaml:12:25: match: ",
                        "d.yaml:13:5: a refPath without path",
                        "d.yaml:16:3: unknown key \"versoin\"; did you mean \"version\"?",
                        "d.yaml:17:23: unknown flavour \"svn\"; known are ami, container, dummy, eks",
                        "d.yaml:20:13: an upstream without repo",
                        "d.yaml:20:13: an upstream without chart");
    }

    @Test
    void listsWithoutItemsAreFine() {
        assertThat(read("dependencies:\n").all()).isEmpty();
        assertThat(read("dependencies: []\n").all()).isEmpty();
        Dependency bare = read("dependencies:\n- name: a\n  version: 1\n  upstream:\n  refPaths:\n")
                .all()
                .getFirst();
        assertThat(bare.refPaths()).isEmpty();
        assertThat(bare.upstream()).isEmpty();
        for (String nothing : List.of("", "# later\n", "{}\n")) {
            assertThatThrownBy(() -> read(nothing)).as(nothing).hasMessageContaining("names no dependencies");
        }
    }

    @Test
    void keysOfAnUpstreamAreNamedAsTheyAreWritten() {
        assertThatThrownBy(() -> upstream("{flavour: eks-addon, addonname: vpc-cni, version: 1}"))
                .hasMessageContaining("known are addonName, kubernetesVersion, latest, constraints");
        assertThatThrownBy(() -> upstream("{flavour: eks-addon}")).hasMessageContaining("add addonName: …");
    }

    @Test
    void expressionsOfGoAreUnderstood() {
        RefPath ref = read("""
                        dependencies:
                        - name: zeitgeist
                          version: 0.3.0
                          refPaths:
                          - path: hack/verify.sh
                            match: VERSION=v(?P<major>0|[1-9]\\d*)\\.(?P<minor>\\d+)\\ \\?=[\\t\\n\\f\\r ]*
                        """).all().getFirst().refPaths().getFirst();
        assertThat(ref.matches("VERSION=v1.2 ?=\t")).isTrue();
        assertThat(ref.matches("VERSION=v01.2 ?=")).isFalse();
        // A brace that begins no count is a brace; slashes and hyphens may be escaped; a choice needs no brackets.
        assertThat(matches("configs\\[Db\\] = Config{list\\.Db, \"db\", \"\\d+\\.\\d+(.\\d+)?\"}"))
                .accepts("configs[Db] = Config{list.Db, \"db\", \"3.5\"}");
        assertThat(matches("base\\/debian:[a-z]+\\-v((\\d+)(?:-([0-9a-zA-Z-]+))?)"))
                .accepts("base/debian:bookworm-v1-rc");
        assertThat(matches("db_tag|db_version")).accepts("a db_version b").rejects("db");
        assertThat(matches("'KEY: ''v\\d+'''")).accepts("KEY: 'v1'");
    }

    @Test
    void constraintsAreThoseOfZeitgeist() {
        assertThat(held("<2.0.0", "1.9.9", "2.0.0-rc.1", "2.0.0")).containsExactly("1.9.9", "2.0.0-rc.1");
        assertThat(held(">= 1.2.0 < 2.0.0 !1.4.1 || 3.x", "1.1.9", "1.4.0", "1.4.1", "2.5.0", "3.7.1", "4.0.0"))
                .containsExactly("1.4.0", "3.7.1");
        assertThat(held("1.2.x", "1.1.0", "1.2.0", "1.2.9", "1.3.0")).containsExactly("1.2.0", "1.2.9");
        assertThat(held(">1.2.x", "1.2.9", "1.3.0")).containsExactly("1.3.0");
        assertThat(held("<=1.x", "1.9.0", "2.0.0")).containsExactly("1.9.0");
        assertThat(held("!=1.0.0", "1.0.0", "1.0.1")).containsExactly("1.0.1");
        assertThat(held("", "0.0.1", "9.0.0")).hasSize(2);
        for (String wrong : List.of("~1.0", "1.0.0 ||", "<", "a", "<1.0.0;id")) {
            assertThatThrownBy(() -> new VersionRange(wrong)).as(wrong).hasMessageContaining("invalid constraints");
        }
    }

    private static Predicate<String> matches(String expression) {
        return read("dependencies:\n- name: a\n  version: 1\n  refPaths:\n  - path: a\n    match: " + expression + "\n")
                .all()
                .getFirst()
                .refPaths()
                .getFirst()::matches;
    }

    private static List<String> held(String range, String... versions) {
        return List.of(versions).stream()
                .filter(version -> new VersionRange(range).holds(Version.of(version)))
                .toList();
    }

    private static Upstream upstream(String text) {
        return read("dependencies:\n- {name: a, version: 1, upstream: " + text + "}\n")
                .all()
                .getFirst()
                .upstream()
                .orElseThrow();
    }

    private static Dependencies read(String text) {
        return Dependencies.of(text.getBytes(StandardCharsets.UTF_8), "d.yaml");
    }
}
