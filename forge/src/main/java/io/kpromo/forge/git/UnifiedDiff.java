// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/// What changes in a text, as `git diff` shows it.
public final class UnifiedDiff {
    private UnifiedDiff() {}

    /// @param before empty for a new file
    /// @return empty where nothing changes
    public static String of(String path, String before, String after) {
        RawText old = new RawText(before.getBytes(StandardCharsets.UTF_8));
        RawText now = new RawText(after.getBytes(StandardCharsets.UTF_8));
        EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now);
        if (edits.isEmpty()) {
            return "";
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(lines)) {
            formatter.format(edits, old, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String from = before.isEmpty() ? "/dev/null" : "a/" + path;
        return "--- " + from + "\n+++ b/" + path + "\n" + lines.toString(StandardCharsets.UTF_8);
    }
}
