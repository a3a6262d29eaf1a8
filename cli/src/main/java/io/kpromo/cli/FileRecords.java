// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Scheme;
import io.kpromo.images.diff.Checkout;
import io.kpromo.images.proof.Records;
import io.kpromo.images.proof.Statements;
import io.kpromo.images.proof.WantedProof;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import io.kpromo.trust.statement.ManifestOrigin;
import io.kpromo.trust.statement.PromotionJob;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.statement.Statement;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// States what files are promoted: as records of images do, but from a file, whose digest is not the artifact's.
///
/// @param edges by what is recorded
record FileRecords(
        Map<WantedProof, FileEdge> edges, Records.Ids ids, Map<String, String> environment, InstantSource clock)
        implements Statements {
    @Override
    public Statement record(WantedProof wanted) {
        FileEdge edge = Optional.ofNullable(edges.get(wanted)).orElseThrow();
        BuildInfo build = BuildInfo.ours();
        Statement record = new PromotionRecord(
                        wanted.name(),
                        wanted.digest(),
                        clock.instant(),
                        ids.builder() + "@" + build.version(),
                        wanted.content().tags().stream().map(Tag::text).toList(),
                        Optional.empty(),
                        manifest(edge),
                        Optional.of(new PromotionRecord.Promoter(build.version(), build.commit())),
                        PromotionJob.of(environment))
                .statement();
        ObjectNode predicate = ((ObjectNode) record.predicate()).deepCopy();
        String from = source(edge);
        predicate.put("srcRef", from + "@" + edge.sha256());
        ObjectNode source = predicate.putObject("source").put("name", from);
        edge.source().server().ifPresent(server -> source.put("endpoint", server.toString()));
        source.putObject("digest").put("sha256", edge.sha256().hex());
        return new Statement(record.subjects(), record.predicateType(), predicate);
    }

    /// The file that asks for it; none where flags did.
    private Optional<ManifestOrigin> manifest(FileEdge edge) {
        return edge.place().line() > 0
                ? Optional.of(Checkout.origin(Path.of(edge.place().file()), environment))
                : Optional.empty();
    }

    /// As everybody finds it.
    private static String source(FileEdge edge) {
        Base base = edge.source();
        return base.scheme() == Scheme.GITHUB
                ? "https://" + base.bucket() + "/" + base.path() + "/releases/download/" + edge.name()
                : base.uri(edge.name());
    }

    @Override
    public Statement summary(WantedProof wanted, Digest manifest) {
        throw new IllegalArgumentException("nothing of files in staging is verified that a summary could be about");
    }
}
