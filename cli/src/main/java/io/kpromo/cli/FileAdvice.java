// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.oci.OciException;
import io.kpromo.oci.feed.SourceFailure;
import io.kpromo.oci.feed.WrongContentException;
import io.kpromo.oci.http.RegistryException;
import java.util.Optional;

/// What to do about a file that is not where it should be. Running again is of use only where that alone may help.
final class FileAdvice {
    private static final String MEND = "; then run the same command again, what is in place is not written again";

    private FileAdvice() {}

    /// @param failure of the copy, where it failed
    static String of(FileDecision decision, Optional<OciException> failure) {
        return switch (decision) {
            case FileDecision.Missing _ -> "put it into the source, or take it out of the manifest";
            case FileDecision.Refused refused ->
                "files that were promoted do not change: " + refused.advice() + " if that is what you want";
            case FileDecision.Unreadable _ ->
                "nothing was written; run again once it can be read with the rights of this run";
            case FileDecision.Copy copy ->
                failure.map(why -> of(copy.edge(), why)).orElse(Halted.ADVICE);
            case FileDecision.UpToDate _ -> "";
        };
    }

    private static String of(FileEdge edge, OciException failure) {
        return wrongContent(edge, failure).orElseGet(() -> ofOther(failure));
    }

    /// About a source that has something else, which running again does not change.
    static Optional<String> wrongContent(FileEdge edge, OciException failure) {
        if (!WrongContentException.caused(failure)) {
            return Optional.empty();
        }
        return Optional.of((edge.isReleased()
                        ? "GitHub sends something else than it should: see who changed the release"
                        : "see who changed the source, or correct the manifest")
                + "; run again only after that");
    }

    private static String ofOther(OciException failure) {
        Optional<RegistryException> refusal = refusal(failure);
        if (refusal.filter(RegistryException::temporary).isPresent()) {
            return Halted.ADVICE;
        }
        boolean denied =
                refusal.filter(no -> no.status() == 401 || no.status() == 403).isPresent();
        if (!denied) {
            return "see to what it says" + MEND;
        }
        return (failure instanceof SourceFailure ? "let the source be read" : "let this account write there") + MEND;
    }

    private static Optional<RegistryException> refusal(OciException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryException refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
