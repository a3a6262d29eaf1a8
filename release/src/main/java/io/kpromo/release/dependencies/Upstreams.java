// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.forge.Forge;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.Slug;
import io.kpromo.forge.Sources;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.client.RepositoryTags;
import io.kpromo.oci.http.Transport;
import io.kpromo.release.version.Version;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks those that dependencies come from. For use by many threads.
///
/// @param forges opens them
/// @param amazon answers for Amazon's services
public record Upstreams(Forges forges, Registries registries, Transport transport, Amazon amazon) {
    private static final URI EKS_VERSIONS =
            URI.create("https://docs.aws.amazon.com/eks/latest/userguide/platform-versions.html");
    private static final Pattern EKS_VERSION = Pattern.compile("<code class=\"code\">(\\d+\\.\\d+\\.\\d+)</code>");
    /// Pages and indexes of charts; the largest known index has 30 MB.
    private static final int LARGEST = 64 << 20;

    /// Where forges come from; those that were opened stay open for others to ask.
    public interface Forges {
        Forge gitHub();

        /// @param server empty for gitlab.com
        Forge gitLab(Optional<URI> server);
    }

    /// Amazon's services, in the region and as whom this machine is set up.
    public interface Amazon {
        /// The machine image that was made last.
        String image(Upstream.Ami of) throws InterruptedException;

        /// The value of a parameter.
        String parameter(Upstream.Ssm of) throws InterruptedException;

        /// The versions of an add-on that may be taken.
        List<String> addon(Upstream.EksAddon of) throws InterruptedException;
    }

    /// The newest version.
    ///
    /// @param here the version that there is; pre-releases are wanted where it is one
    /// @throws OciException where the other side cannot be asked or has none; it says who and why
    String latest(Upstream upstream, String here) throws InterruptedException {
        return switch (upstream) {
            case Upstream.GitHub it -> latest(forges.gitHub(), it.repository(), it.constraints(), it.branch(), here);
            case Upstream.GitLab it ->
                latest(forges.gitLab(it.server()), it.project(), it.constraints(), it.branch(), here);
            case Upstream.Helm it -> chart(it, here);
            case Upstream.Container it -> tag(it.repository(), it.constraints(), here);
            case Upstream.Eks it -> eks(it, here);
            case Upstream.EksAddon it ->
                // Amazon's builds are pre-releases by SemVer: 1.15.1-eksbuild.1.
                highest(amazon.addon(it), it.constraints(), true, "the add-on " + it.addon());
            case Upstream.Ami it -> amazon.image(it);
            case Upstream.Ssm it -> amazon.parameter(it);
            case Upstream.Dummy it -> it.latest();
        };
    }

    private static String latest(
            Forge forge, Slug repository, VersionRange constraints, Optional<RefName> branch, String here)
            throws InterruptedException {
        Sources sources = forge.sources(repository);
        if (branch.isPresent()) {
            return sources.branch(branch.get())
                    .orElseThrow(
                            () -> new OciException(forge.name() + "/" + repository + " has no branch " + branch.get()))
                    .hex();
        }
        boolean preReleases = isPreRelease(here) || constraints.namesPreReleases();
        List<Release> published = forge.releases(repository).all().stream()
                .filter(release -> !release.draft())
                .toList();
        // Where nothing was ever released tags are all there is.
        List<RefName> tags = published.isEmpty()
                ? sources.tags()
                : published.stream()
                        .filter(release -> preReleases || !release.prerelease())
                        .map(Release::tag)
                        .toList();
        return highest(
                tags.stream().map(RefName::text).toList(), constraints, preReleases, forge.name() + "/" + repository);
    }

    private String tag(Repository repository, VersionRange constraints, String here) throws InterruptedException {
        List<String> tags = new RepositoryTags(registries, repository)
                .names()
                .orElseThrow(() -> new OciException(
                        "no repository " + repository + "; is its name right, and may this account read it?"));
        return highest(tags, constraints, isPreRelease(here), repository.toString());
    }

    private String chart(Upstream.Helm chart, String here) throws InterruptedException {
        URI where = chart.repository();
        if ("oci".equals(where.getScheme())) {
            // Registries take no + in tags; Helm writes _ instead.
            return tag(
                    Repository.parse(
                            where.getRawAuthority() + where.getRawPath().replaceFirst("/+$", "") + "/" + chart.chart()),
                    chart.constraints(),
                    here);
        }
        URI index = URI.create(where.toString().replaceFirst("/+$", "") + "/index.yaml");
        byte[] bytes = transport.send(new GetPage(index, LARGEST, "find versions of the chart " + chart.chart()));
        List<String> versions = ChartIndex.versions(bytes, index.toString(), chart.chart());
        return highest(
                versions, chart.constraints(), isPreRelease(here), "the chart " + chart.chart() + " of " + where);
    }

    private String eks(Upstream.Eks upstream, String here) throws InterruptedException {
        byte[] page = transport.send(new GetPage(EKS_VERSIONS, LARGEST, "find versions of Amazon EKS"));
        Matcher versions = EKS_VERSION.matcher(new String(page, StandardCharsets.UTF_8));
        return highest(
                versions.results().map(found -> found.group(1)).toList(),
                upstream.constraints(),
                isPreRelease(here),
                EKS_VERSIONS.toString());
    }

    private static boolean isPreRelease(String here) {
        return Version.tolerant(here).filter(Version::isPreRelease).isPresent();
    }

    /// The highest version; of those that are equal the one written in full.
    private static String highest(
            Collection<String> texts, VersionRange constraints, boolean preReleases, String where) {
        record Candidate(String text, Version version) {}
        return texts.stream()
                .flatMap(text -> Version.tolerant(text).map(version -> new Candidate(text, version)).stream())
                .filter(it -> preReleases
                        || constraints.namesPreReleases()
                        || !it.version().isPreRelease())
                .filter(it -> constraints.holds(it.version()))
                .max(Comparator.comparing(Candidate::version)
                        .thenComparing(it -> Version.parse(it.text()).isPresent()))
                .map(Candidate::text)
                .orElseThrow(() -> new OciException(where + " has no version"
                        + (constraints.text().isEmpty() ? "" : " that is " + constraints.text())));
    }
}
