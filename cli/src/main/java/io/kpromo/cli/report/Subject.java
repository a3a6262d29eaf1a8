// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

/// What was promoted, and so what the rows of a report are.
public enum Subject {
    IMAGE("Image, digest or tag", "mounted"),
    FILE("File or digest", "copied there");

    private final String sought;
    private final String spared;

    Subject(String sought, String spared) {
        this.sought = sought;
        this.spared = spared;
    }

    /// One of them: `image`.
    public String noun() {
        return this == IMAGE ? "image" : "file";
    }

    /// Several: `images`.
    public String nouns() {
        return noun() + "s";
    }

    /// One, at the beginning of a line: `Image`.
    String title() {
        return this == IMAGE ? "Image" : "File";
    }

    /// Several, at the beginning of a line: `Images`.
    String heading() {
        return this == IMAGE ? "Images" : "Files";
    }

    /// What rows can be searched by.
    String sought() {
        return sought;
    }

    /// What became of bytes that did not have to be sent.
    String spared() {
        return spared;
    }
}
