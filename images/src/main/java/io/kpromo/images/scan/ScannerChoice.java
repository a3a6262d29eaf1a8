// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.Repository;

/// Which scanner is asked, as `--vuln-scanner` says.
public enum ScannerChoice {
    /// Google's for Google's registries, else attested reports.
    AUTO("auto"),
    GOOGLE("google"),
    ATTESTED("attested"),
    TRIVY("command:trivy"),
    GRYPE("command:grype"),
    NONE("none");

    private final String text;

    ScannerChoice(String text) {
        this.text = text;
    }

    /// As it is written on the command line.
    @Override
    public String toString() {
        return text;
    }

    /// The scanner that this means.
    ///
    /// @param google and attested, made only when they are used
    public Scanner scanner(Scanner google, Scanner attested) {
        return switch (this) {
            case AUTO -> byHost(google, attested);
            case GOOGLE -> google;
            case ATTESTED -> attested;
            case TRIVY -> CommandScanner.trivy("trivy");
            case GRYPE -> CommandScanner.grype("grype");
            case NONE -> Scanner.none();
        };
    }

    private static Scanner byHost(Scanner google, Scanner attested) {
        return new Scanner() {
            @Override
            public ScanResult scan(Repository repository, Digest digest) throws InterruptedException {
                return of(repository.host()).scan(repository, digest);
            }

            @Override
            public boolean knowsIndexes() {
                return attested.knowsIndexes();
            }

            private Scanner of(Host host) {
                return GoogleScanner.knows(host) ? google : attested;
            }
        };
    }
}
