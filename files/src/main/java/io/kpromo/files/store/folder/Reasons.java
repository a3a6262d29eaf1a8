// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.folder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/// What a file system says, in words; Java leaves some of it to the class of the exception.
final class Reasons {
    private Reasons() {}

    static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no " + e.getMessage();
            case AccessDeniedException denied ->
                "access to " + denied.getFile() + " is denied; let this user write and read there";
            case FileAlreadyExistsException there -> there.getFile() + " is there already, and is no folder";
            case NotDirectoryException not -> not.getFile() + " is no folder";
            case FileSystemException other when other.getReason() != null -> advised(other.getReason());
            default -> advised(String.valueOf(e.getMessage()));
        };
    }

    private static String advised(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return reason + "; make room there and run again";
        }
        if (lower.contains("file name too long")) {
            return reason + "; this file system has shorter names than buckets";
        }
        return reason;
    }
}
