// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.CredentialSource;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks Google's Container Analysis, which scans what is pushed to gcr.io and pkg.dev. Two requests an image, more
/// where the answer has pages.
///
/// Only vulnerabilities that have a fix count: for the others nobody can do anything.
public final class GoogleScanner implements Scanner {
    /// Google's own service.
    public static final Host SERVICE = new Host("containeranalysis.googleapis.com");

    private static final int MOST_PAGES = 1000;
    /// The names of users under which access tokens are stored as passwords.
    private static final Set<String> TOKEN_USERS = Set.of("oauth2accesstoken", "_dcgcloud_token");

    private final Transport transport;
    private final CredentialSource credentials;
    private final Host service;

    /// @param credentials for Google's registries, of which access tokens serve here too
    /// @param service [#SERVICE], or something that answers like it
    public GoogleScanner(Transport transport, CredentialSource credentials, Host service) {
        this.transport = transport;
        this.credentials = credentials;
        this.service = service;
    }

    /// Whether images there are scanned by Google.
    public static boolean knows(Host registry) {
        String name = registry.address();
        return name.equals("gcr.io") || name.endsWith(".gcr.io") || name.endsWith(".pkg.dev");
    }

    @Override
    public ScanResult scan(Repository repository, Digest digest) throws InterruptedException {
        try {
            Optional<String> unfinished = unfinished(occurrences(repository, digest, "DISCOVERY"));
            return unfinished.isPresent()
                    ? new ScanResult.Unknown(unfinished.get())
                    : ScanResult.Scanned.of(fixable(occurrences(repository, digest, "VULNERABILITY")));
        } catch (OciException e) {
            return new ScanResult.Unknown("Container Analysis could not be asked: " + e.getMessage());
        }
    }

    private List<Json> occurrences(Repository repository, Digest digest, String kind) throws InterruptedException {
        String project = project(repository);
        String filter = "kind=\"" + kind + "\" AND resourceUrl=\"https://" + repository.at(digest) + "\"";
        String why = "look up vulnerabilities (" + kind + ") of " + repository.at(digest);
        List<Json> all = new ArrayList<>();
        String page = "";
        for (int i = 0; i < MOST_PAGES; i++) {
            ListOccurrences.Page answer =
                    transport.send(new ListOccurrences(service, project, filter, page, token(repository), why));
            all.addAll(answer.occurrences());
            page = answer.next();
            if (page.isEmpty()) {
                return all;
            }
        }
        throw new OciException(why + ": there are more than " + MOST_PAGES + " pages");
    }

    /// Why it is not known yet; empty where the image was scanned.
    private static Optional<String> unfinished(List<Json> discoveries) {
        String status = "";
        for (Json occurrence : discoveries) {
            status = occurrence
                    .optionalObject("discovery")
                    .flatMap(discovery -> discovery.optionalText("analysisStatus"))
                    .orElse(status);
            if (status.equals("FINISHED_SUCCESS") || status.equals("COMPLETE")) {
                return Optional.empty();
            }
        }
        return Optional.of(
                status.isEmpty()
                        ? "Container Analysis has not scanned it; is scanning enabled for this project?"
                        : "Container Analysis has not scanned it to its end: the status is " + status);
    }

    private static List<Vulnerability> fixable(List<Json> occurrences) {
        List<Vulnerability> all = new ArrayList<>();
        for (Json occurrence : occurrences) {
            Json found = occurrence.object("vulnerability");
            List<Json> issues = found.list("packageIssue", ScanReports.MOST);
            boolean fix = isTrue(found, "fixAvailable")
                    || issues.stream().anyMatch(issue -> isTrue(issue.asObject(), "fixAvailable"));
            if (!fix) {
                continue;
            }
            Severity severity = Severity.of(found.optionalText("severity").orElse(""));
            if (severity == Severity.UNSPECIFIED) {
                severity = Severity.of(found.optionalText("effectiveSeverity").orElse(""));
            }
            String id = id(occurrence, found);
            if (issues.isEmpty()) {
                all.add(new Vulnerability(id, "", "", Optional.empty(), severity));
            }
            for (Json one : issues) {
                Json issue = one.asObject();
                all.add(new Vulnerability(
                        id,
                        issue.optionalText("affectedPackage").orElse(""),
                        version(issue, "affectedVersion").orElse(""),
                        version(issue, "fixedVersion"),
                        severity));
            }
        }
        return all;
    }

    private static boolean isTrue(Json object, String name) {
        return object.node().path(name).asBoolean(false);
    }

    /// `projects/goog-vulnz/notes/CVE-2026-1234` is what the note is called; the short description has the same.
    private static String id(Json occurrence, Json vulnerability) {
        String note = occurrence.optionalText("noteName").orElse("");
        String last = note.substring(note.lastIndexOf('/') + 1);
        return last.isEmpty() ? vulnerability.optionalText("shortDescription").orElse("unnamed") : last;
    }

    private static Optional<String> version(Json issue, String name) {
        return issue.optionalObject(name)
                .filter(version -> !version.optionalText("kind").orElse("").equals("MAXIMUM"))
                .flatMap(version -> version.optionalText("fullName").or(() -> version.optionalText("name")));
    }

    /// The first part of the path, or the first two where the project belongs to a domain (`example.com:project`).
    private static String project(Repository repository) {
        String[] parts = repository.path().split("/", 3);
        boolean ofDomain = parts[0].indexOf('.') >= 0 && parts.length > 1;
        return ofDomain ? parts[0] + ":" + parts[1] : parts[0];
    }

    private Secret token(Repository repository) throws InterruptedException {
        Optional<Credential> found = credentials.find(repository.host(), repository.path());
        return found.flatMap(GoogleScanner::accessToken)
                .orElseThrow(() -> new OciException("there is no access token of Google's for " + repository.host()
                        + "; sign in with gcloud auth application-default login"));
    }

    private static Optional<Secret> accessToken(Credential credential) {
        return switch (credential) {
            case Credential.RegistryToken(Secret token, var _) -> Optional.of(token);
            case Credential.Basic(String user, Secret password, var _)
            when TOKEN_USERS.contains(user) -> Optional.of(password);
            case Credential.Basic _, Credential.IdentityToken _ -> Optional.empty();
        };
    }
}
