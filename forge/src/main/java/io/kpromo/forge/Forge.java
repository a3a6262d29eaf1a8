// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

/// A forge, seen as one account. For use by many threads; limits of the forge are waited for.
///
/// All its doors throw [ForgeException] where the forge refuses or cannot be reached, with what was asked, of
/// whom, and what it said. Whatever creates something can be repeated: where an answer got lost, it looks whether
/// the thing is there before it makes a second one.
public interface Forge extends AutoCloseable {
    /// For messages: `github.com`.
    String name();

    /// The login of the account.
    ///
    /// @throws ForgeException when nobody is signed in
    String user() throws InterruptedException;

    Sources sources(Slug repository);

    PullRequests pullRequests(Slug repository);

    Issues issues(Slug repository);

    Releases releases(Slug repository);

    WorkflowRuns workflowRuns(Slug repository);

    Discussions discussions(Slug repository);

    /// Ends idle connections.
    @Override
    void close();
}
