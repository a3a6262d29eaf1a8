// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.util.List;
import java.util.Optional;

/// The issues of one repository. Comments also reach pull requests by their number (on GitLab: merge requests do
/// not count as issues).
public interface Issues {
    Optional<Issue> get(long number) throws InterruptedException;

    /// Issues, open or closed, with exactly this title, oldest first; pull requests are none.
    List<Issue> titled(String title) throws InterruptedException;

    /// Opens it; where one with exactly this title is open already, finds that.
    Issue create(NewIssue issue) throws InterruptedException;

    /// Replaces the text, when it is still what it was read as.
    ///
    /// @throws ConflictException when somebody else changed it meanwhile
    Issue update(Issue asRead, String body) throws InterruptedException;

    void close(long number) throws InterruptedException;

    List<Comment> comments(long number) throws InterruptedException;

    Comment comment(long number, String body) throws InterruptedException;
}
