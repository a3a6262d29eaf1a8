// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/// What Java's file exceptions leave to their class names.
final class Unreadable {
    private Unreadable() {}

    static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case AccessDeniedException denied -> "this user may not open " + denied.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " is there already and is never overwritten";
            default -> String.valueOf(e.getMessage());
        };
    }
}
