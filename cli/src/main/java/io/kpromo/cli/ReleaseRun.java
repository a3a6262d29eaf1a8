// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.forge.RefName;
import io.kpromo.forge.git.GitRemote;
import io.kpromo.forge.git.GitRepository;
import io.kpromo.forge.git.GitSettings;
import io.kpromo.forge.memory.RememberingForge;
import io.kpromo.images.check.Verification;
import io.kpromo.images.proof.ProductionNames;
import io.kpromo.images.run.ObserverOptions;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import io.kpromo.release.config.ExpectedSigner;
import io.kpromo.release.config.ReleaseConfig;
import io.kpromo.release.dependencies.Dependencies;
import io.kpromo.release.dependencies.ReleaseVersions;
import io.kpromo.release.dependencies.WorkingTree;
import io.kpromo.release.job.JobAccess;
import io.kpromo.release.job.JobToken;
import io.kpromo.release.notes.Notes;
import io.kpromo.release.steps.Means;
import io.kpromo.release.steps.Steps;
import io.kpromo.release.steps.ThisRelease;
import io.kpromo.release.version.Version;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.inspect.Inspector;
import io.kpromo.trust.inspect.Requirement;
import io.kpromo.trust.key.KeySignatory;
import io.kpromo.trust.key.SigningKeys;
import io.kpromo.trust.policy.EvidenceReader;
import io.kpromo.trust.statement.Statement;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// All that the steps of one release need, opened as flags and `release.yaml` want it.
final class ReleaseRun implements AutoCloseable {
    private static final int AT_ONCE = 32;

    private final Root root;
    private final ReleaseFlags flags;
    private final ReleaseConfig config;
    private final Session session;
    private final Forges forges;
    private final RememberingForge forge;
    private final Optional<GitRepository> git;
    private final ReleaseMessengers messengers;
    private final SilentHosts silent = new SilentHosts();

    private ReleaseRun(Root root, ReleaseFlags flags, ReleaseConfig config, Session session) {
        this.root = root;
        this.flags = flags;
        this.config = config;
        this.session = session;
        this.forges = new Forges(root, session);
        this.forge = new RememberingForge(forges.open(flags.forge(), filed()));
        this.git = GitRepository.around(flags.base());
        this.messengers = new ReleaseMessengers(root, config);
    }

    static ReleaseRun open(Root root, ReleaseFlags flags) {
        return open(root, flags, flags.access()::open);
    }

    /// For somebody who wants to know now: who does not answer is asked once more only.
    static ReleaseRun glance(Root root, ReleaseFlags flags) {
        return open(root, flags, flags.access()::glance);
    }

    private static ReleaseRun open(Root root, ReleaseFlags flags, Supplier<Session> access) {
        ReleaseConfig config = ReleaseConfig.read(flags.base().resolve(ReleaseConfig.FILE));
        root.interrupt().watch();
        Session session = access.get();
        try {
            return new ReleaseRun(root, flags, config, session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /// Who could not be reached until now, as far as that was told.
    SilentHosts silent() {
        return silent;
    }

    private String filed() {
        return config.forge().map(Object::toString).orElse("");
    }

    /// The steps of the version that was named, of the newest one that is tagged, or of the one that is written
    /// down.
    Steps steps() throws InterruptedException {
        Optional<Version> named = flags.version();
        Version version = named.isPresent() ? named.get() : newest();
        return Steps.of(new ThisRelease(config, version, flags.base()), means(version));
    }

    private Version newest() throws InterruptedException {
        return tags().stream()
                .flatMap(tag -> Version.parse(tag.text()).stream())
                .max(Version::compareTo)
                .or(this::written)
                .orElseThrow(() -> new UsageException(
                        config.repository() + " has no tag that is a version; name the version to release"));
    }

    /// Of the forge; where it can't be asked, those that are here.
    private List<RefName> tags() throws InterruptedException {
        try {
            return forge.sources(config.repository()).tags();
        } catch (OciException e) {
            SilentHosts.in(e).ifPresent(silent::tell);
            root.log().warn(e.getMessage() + "; the tags of this clone are taken instead");
            return git.map(GitRepository::tags).orElse(List.of());
        }
    }

    private Optional<Version> written() {
        return config.versions()
                .flatMap(references -> ReleaseVersions.written(
                        references,
                        Dependencies.of(
                                references.file(), WorkingTree.of(flags.base().toAbsolutePath()))));
    }

    private Means means(Version version) {
        Map<String, String> environment = root.console().environment();
        return new Means(
                forge,
                session.registries(),
                ObserverOptions.standard().withListing(flags.access().listing()),
                session.attachments(),
                new JobAccess(session.transport(), jobToken()),
                git,
                GitSettings.author(environment, flags.base()),
                (repository, tag) -> repository.pushTag(origin(repository), tag),
                (from, to) -> notes(from, to.text()),
                config.page().key().map(key -> statement -> seal(key, statement)),
                config.signer().map(this::verifying),
                new CanaryRuns(
                        root,
                        session,
                        flags.base(),
                        CanaryRuns.build(BuildInfo.ours(), Time.system().now())),
                channel -> messengers.open(channel, version),
                Time.system());
    }

    /// Of Tekton. It goes where its owner says, and not where a file of a repository does.
    private Optional<JobToken> jobToken() {
        Optional<String> address = root.console().variable("TEKTON_RESULTS_URL");
        try {
            return root.console()
                    .variable("TEKTON_RESULTS_TOKEN")
                    .flatMap(token -> address.map(url -> new JobToken(URI.create(url), Secret.of(token))));
        } catch (IllegalArgumentException e) {
            throw new UsageException("TEKTON_RESULTS_URL: " + e.getMessage(), e);
        }
    }

    /// Its token goes along to the forge's own server alone, wherever else origin leads.
    private GitRemote origin(GitRepository repository) throws InterruptedException {
        String address = repository
                .remote("origin")
                .orElseThrow(() -> new OciException(
                        "git knows no remote \"origin\" to push the tag to; add it with git" + " remote add origin"));
        boolean ours = forge.sources(config.repository())
                .facts()
                .filter(facts -> GitRemote.isBeside(facts.web(), address))
                .isPresent();
        Optional<Secret> token = ours ? forges.needed(flags.forge(), filed()) : Optional.empty();
        GitRemote origin = GitRemote.of(address, token, root.console().environment());
        if (!ours && address.matches("https?://.*")) {
            root.log().warn("origin is " + origin + ", which is not on the forge's server: no token goes there");
        }
        return origin;
    }

    private String notes(Optional<Version> from, String to) throws InterruptedException {
        if (from.isEmpty()) {
            return "The first release.\n";
        }
        String begin = from.get().toString();
        return Notes.of(begin, to, forge.pullRequests(config.repository()).merged(begin, to))
                .markdown();
    }

    private Bundle seal(String key, Statement statement) throws InterruptedException {
        Keyring keyring = new Keyring(root.console(), () -> session);
        try (KeySignatory signatory = new KeySignatory(keyring.open(reference(key)))) {
            return signatory.sign(statement);
        }
    }

    /// A file lies in the work tree; a service's key is where it is.
    private String reference(String key) {
        return SigningKeys.isOfService(key)
                ? key
                : flags.base().resolve(Path.of(key)).toString();
    }

    private Means.Verifying verifying(ExpectedSigner signer) {
        CertificateFlags.Chosen certificate = new CertificateFlags.Chosen(
                signer.identity().orElse(""),
                signer.identityRegexp().orElse(""),
                signer.issuer().orElse(""),
                signer.issuerRegexp().orElse(""));
        String key = signer.key().map(this::reference).orElse("");
        Identities identities = new Identities(session, root, key, flags.trustedRoot(), certificate);
        return images -> {
            Inspector inspector = new Inspector(new EvidenceReader(session.attachments(), identities.verifier()));
            return new Verification(
                            session.registries(), inspector, identities.expected(), ProductionNames.standard()::of)
                    .verify(images, Set.of(Requirement.SIGNATURE, Requirement.RECORD), AT_ONCE);
        };
    }

    @Override
    public void close() {
        messengers.close();
        git.ifPresent(GitRepository::close);
        forge.close();
        session.close();
    }
}
