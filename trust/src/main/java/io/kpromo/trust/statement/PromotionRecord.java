// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.oci.Digest;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// That a digest was promoted: predicate `https://k8s.io/promo-tools/promotion/v1`. Empty fields are left out.
///
/// @param name users pull it by, without tag or digest: `registry.k8s.io/pause`
/// @param time of the run; written in whole seconds
/// @param builderId for example `https://k8s.io/promo-tools@v4.6.0`
/// @param tags it was promoted with, sorted
/// @param source repository it came from, without digest; not known to who repairs
/// @param manifest that lists it
public record PromotionRecord(
        String name,
        Digest digest,
        Instant time,
        String builderId,
        List<String> tags,
        Optional<String> source,
        Optional<ManifestOrigin> manifest,
        Optional<Promoter> promoter,
        Optional<PromotionJob> job) {
    private static final int MOST_TAGS = 10_000;

    /// The program that promoted.
    ///
    /// @param version for example `v4.6.0`
    public record Promoter(String version, String gitCommit) {}

    public PromotionRecord {
        tags = List.copyOf(new TreeSet<>(tags));
    }

    public Statement statement() {
        var json = JsonText.object();
        source.ifPresent(repository -> json.put("srcRef", repository + "@" + digest));
        json.put("dstRef", name).put("digest", digest.toString()).put("timestamp", Times.written(time));
        Written.text(json, "builderId", builderId);
        Written.texts(json, "tags", tags);
        source.ifPresent(repository -> Written.digest(json.putObject("source").put("name", repository), digest));
        Written.digest(json.putObject("destination").put("name", name), digest);
        manifest.ifPresent(file -> file.write(json.putObject("manifest")));
        promoter.ifPresent(program -> {
            var by = json.putObject("promoter");
            Written.text(by, "version", program.version);
            Written.text(by, "gitCommit", program.gitCommit);
        });
        job.ifPresent(one -> one.write(json.putObject("job")));
        return new Statement(List.of(Subject.of(name, digest)), PredicateTypes.PROMOTION_RECORD, json);
    }

    /// Reads a record, also one of older promoters, who wrote the first five fields alone and tags into the names.
    ///
    /// @throws io.kpromo.trust.TrustException where it is none, or about another digest than its statement
    public static PromotionRecord of(Statement statement) {
        Json json = Json.of("promotion record", statement.predicate());
        if (!statement.predicateType().equals(PredicateTypes.PROMOTION_RECORD)) {
            throw json.wrong("has the predicate type " + Shown.briefly(statement.predicateType()));
        }
        Digest digest = Written.digest(json, "digest");
        Subject subject = statement.subjects().stream()
                .filter(one -> one.digest().equals(digest))
                .findFirst()
                .orElseThrow(() -> json.wrong("tells of another digest than its statement"));
        return new PromotionRecord(
                subject.name().or(() -> json.optionalText("dstRef")).orElse(""),
                digest,
                Times.read(json, "timestamp"),
                json.optionalText("builderId").orElse(""),
                json.list("tags", MOST_TAGS).stream().map(Json::asText).toList(),
                json.optionalObject("source").flatMap(one -> one.optionalText("name")),
                json.optionalObject("manifest").map(ManifestOrigin::read),
                json.optionalObject("promoter")
                        .map(one -> new Promoter(
                                one.optionalText("version").orElse(""),
                                one.optionalText("gitCommit").orElse(""))),
                json.optionalObject("job").map(PromotionJob::read));
    }
}
