// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which kpromo this is; written by the build, out of git.
///
/// @param version the release
/// @param commit 40 hexadecimal digits, or `unknown` outside a checkout
/// @param tree `clean`, `dirty` (changes that are in no commit) or `unknown`
/// @param date the commit's, in UTC; not the build's, for the same source gives the same program
record BuildInfo(String version, String commit, String tree, String date) {
    static BuildInfo ours() {
        Properties text = new Properties();
        try (InputStream file = BuildInfo.class.getResourceAsStream("build.properties")) {
            if (file != null) {
                text.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(
                text.getProperty("version", "unknown"),
                text.getProperty("commit", "unknown"),
                text.getProperty("tree", "unknown"),
                text.getProperty("date", "unknown"));
    }
}
