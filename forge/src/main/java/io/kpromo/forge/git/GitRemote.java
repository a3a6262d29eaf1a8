// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import io.kpromo.oci.auth.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/// Another repository, and the way to it: a folder, https with a token, or the program `ssh` as the user has set
/// it up.
public final class GitRemote {
    private static final int SECONDS_OF_SILENCE = 120;

    private final String address;
    private final Optional<Secret> token;
    private final Map<String, String> environment;

    private GitRemote(String address, Optional<Secret> token, Map<String, String> environment) {
        this.address = address;
        this.token = token;
        this.environment = Map.copyOf(environment);
    }

    /// By whatever address git takes.
    ///
    /// @param token shown to the address's own host over https, and to nobody else
    /// @param environment in which `GIT_SSH` may name another program than `ssh`
    /// @throws GitException when git takes no such address
    public static GitRemote of(String address, Optional<Secret> token, Map<String, String> environment) {
        try {
            URIish parsed = new URIish(address);
            String host = parsed.getHost() == null ? "" : parsed.getHost();
            String user = parsed.getUser() == null ? "" : parsed.getUser();
            if (host.startsWith("-") || user.startsWith("-")) {
                throw new GitException("the host of a git address begins with -: " + shown(address));
            }
            return new GitRemote(address, token, environment);
        } catch (URISyntaxException e) {
            throw new GitException("no git address: " + shown(address), e);
        }
    }

    /// By https, or from a folder, of a repository whose page is known.
    public static GitRemote ofPage(URI page, Optional<Secret> token) {
        return of(withoutEnd(page.toString()) + ".git", token, Map.of());
    }

    /// By ssh, of a repository whose page is known.
    public static GitRemote ofPageBySsh(URI page, Map<String, String> environment) {
        if (page.getHost() == null) {
            return ofPage(page, Optional.empty());
        }
        return of("ssh://git@" + page.getHost() + withoutEnd(page.getPath()) + ".git", Optional.empty(), environment);
    }

    /// Whether an address of git leads to the server that has a page, so that what signs in there may be shown: by
    /// the same scheme, which is https or http, host and port.
    public static boolean isBeside(URI page, String address) {
        try {
            URIish parsed = new URIish(address);
            String scheme = String.valueOf(page.getScheme());
            return (scheme.equals("https") || scheme.equals("http"))
                    && scheme.equals(parsed.getScheme())
                    && String.valueOf(page.getHost()).equalsIgnoreCase(parsed.getHost())
                    && page.getPort() == parsed.getPort();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withoutEnd(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    String address() {
        return address;
    }

    <C extends TransportCommand<C, ?>> C prepare(C command) {
        command.setTimeout(SECONDS_OF_SILENCE);
        command.setTransportConfigCallback(transport -> {
            if (transport instanceof SshTransport ssh) {
                ssh.setSshSessionFactory(new SshProgram(environment));
            }
            if (transport instanceof TransportHttp http && token.isPresent()) {
                http.setHttpConnectionFactory(new OneHost(http.getURI()));
            }
        });
        token.ifPresent(secret -> command.setCredentialsProvider(new HostToken(address, secret)));
        return command;
    }

    /// Without what may stand before the host.
    private static String shown(String address) {
        return address.replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String toString() {
        return shown(address);
    }
}
