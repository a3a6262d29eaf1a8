// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// All that a report says.
///
/// @param run what was run, and how it ended
/// @param subject what was promoted
/// @param edges how many edges came to what
/// @param destinations the columns of the matrix
/// @param rows of the matrix: images or files
/// @param findings what someone should look at
/// @param proofs signatures and records
/// @param requests by host and kind
/// @param transfer bytes of blobs
/// @param timings of the parts of the run
public record ReportModel(
        Run run,
        Subject subject,
        Map<Mark, Long> edges,
        List<String> destinations,
        List<Row> rows,
        List<Finding> findings,
        Proofs proofs,
        List<Requests> requests,
        Transfer transfer,
        Timings timings) {
    public ReportModel {
        edges = Map.copyOf(edges);
        destinations = List.copyOf(destinations);
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
        requests = List.copyOf(requests);
    }

    /// How a run ended.
    public enum Result {
        DONE,
        NOTHING_TO_DO,
        DRY_RUN,
        REFUSED,
        /// Some of them were refused by policy; the others are in place.
        BLOCKED,
        /// Told to stop before all was done; what was done is complete.
        INTERRUPTED,
        FAILED;

        /// As programs read it: `nothing-to-do`.
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// @param version of kpromo
    /// @param commit kpromo was built from
    /// @param arguments after `kpromo`; they hold no secrets
    /// @param confirmed whether writing was asked for
    public record Run(
            String version,
            String commit,
            List<String> arguments,
            Instant started,
            Instant ended,
            boolean confirmed,
            Result result) {
        public Run {
            arguments = List.copyOf(arguments);
        }
    }

    /// One image, a digest of a source repository; or one file.
    ///
    /// @param name the source repository, or where the file comes from
    /// @param digest with its algorithm
    /// @param tags that it shall carry
    /// @param cells a [Mark] letter for each destination, in their order
    public record Row(String name, String digest, List<String> tags, String cells) {
        public Row {
            tags = List.copyOf(tags);
        }
    }

    /// Something that did not go as the manifests want it.
    ///
    /// @param mark what happened
    /// @param name the source repository, or where the file comes from
    /// @param destination the repository it happened in
    /// @param tags it is about, none where the image is promoted by digest
    /// @param place where the manifest asks for it
    /// @param why what was found, or what the registry said
    /// @param advice what to do about it
    public record Finding(
            Mark mark,
            String name,
            String destination,
            String digest,
            List<String> tags,
            String place,
            String why,
            String advice) {
        public Finding {
            tags = List.copyOf(tags);
        }
    }

    /// Requests of one kind to one host.
    ///
    /// @param count all of them
    /// @param again further tries among them
    /// @param sent bytes, heads included
    /// @param received bytes, heads included
    public record Requests(String host, String kind, long count, long again, long sent, long received) {}

    /// Bytes of blobs.
    ///
    /// @param read from sources
    /// @param sent to destinations
    /// @param mounted that did not have to be sent
    public record Transfer(long read, long sent, long mounted) {}

    /// Milliseconds.
    public record Timings(long parse, long observe, long execute, long total) {}

    /// Edges in all.
    public long allEdges() {
        return edges.values().stream().mapToLong(Long::longValue).sum();
    }

    public long edges(Mark mark) {
        return edges.getOrDefault(mark, 0L);
    }

    public long allRequests() {
        return requests.stream().mapToLong(Requests::count).sum();
    }
}
