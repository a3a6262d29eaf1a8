// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.ForgeAddress;
import io.kpromo.forge.Slug;
import java.util.Locale;
import java.util.Optional;

/// A `release.yaml` to begin with: what is known is filled in, all else stands there as a comment. Prose begins
/// with `# `, keys to be filled in with `#` alone.
final class ReleaseConfigText {
    private static final String TEXT = """
            # How this project is released. kpromo release show tells where a release stands.
            # Secrets never stand here; variables of the environment hold them.

            repository: {{repository}}

            # Where the repository is, if not on github.com: gitlab, github=https://github.example.org,
            # gitlab=https://gitlab.example.org, gitea=https://gitea.example.org.
            #forge: gitlab

            # The branch that releases are made of.
            #branch: main

            # What a release brings: where builds put an image, and where users get it.
            #images:
            #- staging: staging.example.org/team/{{name}}
            #  production: registry.example.org/team/{{name}}
            #  platforms: [linux/amd64, linux/arm64]

            # Who must have signed what is in production: a key, or an identity and its issuer (RE2 with identityRegexp,
            # issuerRegexp).
            #signer:
            #  identity: release@example.org
            #  issuer: https://accounts.google.com

            # Where the version is written down: entries of a file of dependencies (docs/dependencies.md). An entry that
            # begins with v keeps that; version says otherwise, with {{version}} (v1.2.3), {{number}} (1.2.3) and
            # {{imageTag}} (v1.2.3-0).
            #versions:
            #  file: dependencies.yaml
            #  entries:
            #  - name: release
            #  - name: image
            #    version: "{{imageTag}}"

            # The issue that a release is tracked in. The template's front matter gives labels and assignees.
            #tracking:
            #  title: Release {{repository}}@{{version}}
            #  template: .github/ISSUE_TEMPLATE/release.md

            # Promotions that show that a build promotes, into registries that nobody uses.
            #canaries:
            #- manifest: canary/promoter-manifest.yaml
            #  key: canary.key

            # Where the promotion pull request goes (kpromo pr); manifests: . is the root of the repository.
            #promotion:
            #  repository: kubernetes/k8s.io
            #  base: main
            #  manifests: registry.k8s.io
            #  project: {{name}}
            #  fork: my-account
            #  reviewers: "@kubernetes/release-engineering"

            # The job that promotes then: one of prow, workflow (of the forge), tekton.
            #job:
            #  prow: {logs: gs://logs.example.org/promote}
            #  #workflow: {repository: kubernetes/k8s.io, file: promote.yml, branch: main}
            #  #tekton: {results: https://tekton.example.org, namespace: releases, pipeline: promote}

            # Files elsewhere that name the image's tag, and get the new one by a pull request.
            #rollout:
            #- repository: kubernetes/test-infra
            #  base: master
            #  paths: [config/jobs/promoter.yaml]

            # The release on the forge. Patterns are from the root of this repository.
            #release:
            #  title: "{{version}}"
            #  assets: [dist/*.tar.gz]
            #  sboms: [dist/*.spdx.json]
            #  key: release.key

            # How people are told. webhook, username and password are names of variables.
            #announce:
            #  title: "{{name}} {{version}} is released"
            #  template: .github/announcement.md
            #  channels:
            #  - slack: {webhook: RELEASE_WEBHOOK}
            #  - mail: {host: smtp.example.org, security: starttls, from: releases@example.org, to: [dev@example.org]}
            #  - discussion: {category: Announcements}
            """;

    private ReleaseConfigText() {}

    static String of(Slug repository, Optional<ForgeAddress> forge) {
        return TEXT.replace("repository: {{repository}}", "repository: " + repository)
                .replace(
                        "#forge: gitlab\n",
                        forge.map(address -> "forge: " + address).orElse("#forge: gitlab") + "\n")
                .replace("team/{{name}}", "team/" + repository.name().toLowerCase(Locale.ROOT))
                .replace("project: {{name}}", "project: " + repository.name());
    }
}
