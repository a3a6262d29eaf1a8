// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

/// What JGit says: its own exceptions often hold the reason one or two causes below.
final class Causes {
    private Causes() {}

    static String of(Throwable failure) {
        StringBuilder all = new StringBuilder();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 4; depth++, at = at.getCause()) {
            String message = at.getMessage();
            if (message != null && all.indexOf(message) < 0) {
                all.append(all.isEmpty() ? "" : ": ").append(message.replaceAll("//[^/@ ]*@", "//"));
            }
        }
        return all.toString();
    }
}
