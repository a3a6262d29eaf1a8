// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.OciException;
import java.util.Optional;
import java.util.Set;

/// A registry refused, or could not be reached. Its fields say where and what; the message is made from them and
/// holds no credential.
public final class RegistryException extends OciException {
    private static final long serialVersionUID = 1L;
    private static final Set<String> INCOMPLETE =
            Set.of("MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "MANIFEST_UNKNOWN", "MANIFEST_UNVERIFIED");

    private final transient Request request;
    private final int status;
    private final String code;
    private final String said;
    private final int tries;

    /// @param request what was asked
    /// @param status the HTTP status, 0 where there was no answer
    /// @param code the registry's error code (`DENIED`, `MANIFEST_BLOB_UNKNOWN`, …), empty where it gave none
    /// @param said what the registry or the network said, without secrets
    /// @param tries how often it was asked
    public RegistryException(Request request, int status, String code, String said, int tries) {
        super(message(request, status, code, said, tries));
        this.request = request;
        this.status = status;
        this.code = code;
        this.said = said;
        this.tries = tries;
    }

    /// @param cause the last failure
    RegistryException(Request request, int status, String code, String said, int tries, Throwable cause) {
        super(message(request, status, code, said, tries), cause);
        this.request = request;
        this.status = status;
        this.code = code;
        this.said = said;
        this.tries = tries;
    }

    private static String message(Request request, int status, String code, String said, int tries) {
        return request.why()
                + ": "
                + (status == 0 ? "" : status + " ")
                + (code.isEmpty() ? "" : code + " ")
                + "after "
                + tries
                + (tries == 1 ? " try" : " tries")
                + " ("
                + request.method()
                + " "
                + (request.target().isAbsolute() ? "" : request.registry())
                + Redact.address(request.target())
                + ")"
                + (said.isEmpty() ? "" : ": " + said);
    }

    public Request request() {
        return request;
    }

    public int status() {
        return status;
    }

    /// The registry's own error code, where it gave one. Distribution-spec 1.1, "Error codes".
    public Optional<String> code() {
        return code.isEmpty() ? Optional.empty() : Optional.of(code);
    }

    /// What the registry or the network said, without secrets; may be empty.
    public String said() {
        return said;
    }

    /// Whether the host refused a manifest because something that it points to is not there.
    public boolean incomplete() {
        return INCOMPLETE.contains(code);
    }

    /// Whether the same may succeed later: no answer, a time-out, too many requests, or the host's own trouble.
    public boolean temporary() {
        return status == 0 || status == 408 || status == 429 || status >= 500;
    }

    /// Whether no connection could be made, so that nobody there has heard of it: no such name, nobody who listens.
    public boolean unreachable() {
        return getCause() instanceof UnreachableException;
    }

    public int tries() {
        return tries;
    }
}
