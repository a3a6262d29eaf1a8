// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/// Connections by the program `ssh`, as git makes them: keys, agents, known hosts and `~/.ssh/config` work as the
/// user knows them. No shell of this machine sees any of the words.
final class SshProgram extends SshSessionFactory {
    private final String program;

    SshProgram(Map<String, String> environment) {
        String named = environment.getOrDefault("GIT_SSH", "");
        this.program = named.isEmpty() ? "ssh" : named;
    }

    @Override
    public RemoteSession getSession(URIish uri, CredentialsProvider credentials, FS fs, int milliseconds) {
        List<String> words = new ArrayList<>(List.of(program));
        if (uri.getPort() > 0) {
            words.addAll(List.of("-p", String.valueOf(uri.getPort())));
        }
        words.add(uri.getUser() == null ? uri.getHost() : uri.getUser() + "@" + uri.getHost());
        return new Session(words);
    }

    @Override
    public String getType() {
        return "program";
    }

    /// Starts the program once for each command.
    private static final class Session implements RemoteSession {
        private final List<String> words;
        private final List<Process> started = new ArrayList<>();

        Session(List<String> words) {
            this.words = words;
        }

        @Override
        public Process exec(String command, int seconds) throws IOException {
            List<String> all = new ArrayList<>(words);
            all.add(command);
            Process process = new ProcessBuilder(all).start();
            started.add(process);
            return process;
        }

        @Override
        public void disconnect() {
            started.forEach(Process::destroy);
        }
    }
}
