// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Console;
import io.kpromo.forge.Forge;
import io.kpromo.forge.ForgeAddress;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.forge.gitea.GiteaForge;
import io.kpromo.forge.github.GitHubForge;
import io.kpromo.forge.gitlab.GitLabForge;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Opens forges with the tokens of the environment, and tells of their limits as they are waited for.
///
/// A token goes where its owner sends it: to the address that the environment names or that was typed, and
/// otherwise to the forge's public place. A file of a repository may name another forge, but gets no token there.
record Forges(Root root, Session session) {
    /// @param typed what a flag says; empty where none was written
    /// @param filed what a file of a repository says; empty where it says nothing
    /// @throws UsageException when an address is none, or a token would go where nobody sent it
    Forge open(String typed, String filed) {
        if (typed.isEmpty() && !filed.isEmpty()) {
            ForgeAddress address = address(filed);
            requireMeant(address);
            return open(address);
        }
        return open(typed.isEmpty() ? usual(ForgeAddress.Kind.GITHUB) : address(typed));
    }

    /// @return the token that goes to this forge; empty for a folder, which wants none
    /// @throws UsageException when a forge wants one and the environment has none
    Optional<Secret> needed(String typed, String filed) {
        ForgeAddress address = typed.isEmpty() && filed.isEmpty()
                ? usual(ForgeAddress.Kind.GITHUB)
                : address(typed.isEmpty() ? filed : typed);
        Optional<Secret> token = token(address.kind());
        if (token.isEmpty() && address.kind() != ForgeAddress.Kind.FOLDER) {
            throw new UsageException("no token for " + address + "; set "
                    + variables(address.kind()).getFirst());
        }
        return token;
    }

    private static ForgeAddress address(String text) {
        try {
            return ForgeAddress.of(text);
        } catch (InvalidNameException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private void requireMeant(ForgeAddress address) {
        boolean secret = address.kind() != ForgeAddress.Kind.FOLDER
                && token(address.kind()).isPresent();
        if (secret && !origin(address.api()).equals(origin(usual(address.kind()).api()))) {
            throw new UsageException("the forge " + address + " is named by a file, and the token in "
                    + String.join(" or ", variables(address.kind())) + " is not meant for it; if it is, set "
                    + variableOfAddress(address.kind()) + " to that address, or write --forge");
        }
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    /// Where the environment says, or everybody's.
    private ForgeAddress usual(ForgeAddress.Kind kind) {
        Optional<String> api = root.console().variable(variableOfAddress(kind));
        String publicly = kind == ForgeAddress.Kind.GITEA ? "gitea=https://gitea.com" : kind.toString();
        try {
            return api.map(url -> ForgeAddress.api(kind, url)).orElseGet(() -> ForgeAddress.of(publicly));
        } catch (InvalidNameException e) {
            throw new UsageException(variableOfAddress(kind) + " is no address: " + e.getMessage(), e);
        }
    }

    private static String variableOfAddress(ForgeAddress.Kind kind) {
        return switch (kind) {
            case GITHUB -> "GITHUB_API_URL";
            case GITLAB -> "GITLAB_API_URL";
            case GITEA -> "GITEA_API_URL";
            case FOLDER -> "";
        };
    }

    private static List<String> variables(ForgeAddress.Kind kind) {
        return switch (kind) {
            case GITHUB -> List.of("GITHUB_TOKEN", "GH_TOKEN");
            case GITLAB -> List.of("GITLAB_TOKEN");
            case GITEA -> List.of("GITEA_TOKEN", "FORGEJO_TOKEN");
            case FOLDER -> List.of();
        };
    }

    private Optional<Secret> token(ForgeAddress.Kind kind) {
        return token(root.console(), kind);
    }

    /// The token that the environment holds for such forges.
    ///
    /// @throws UsageException where what it holds is none
    static Optional<Secret> token(Console console, ForgeAddress.Kind kind) {
        return variables(kind).stream()
                .flatMap(name -> console.variable(name).map(text -> token(name, text)).stream())
                .findFirst();
    }

    /// What was read from a file often ends with a line; anything else that no header may hold is a mistake.
    private static Secret token(String variable, String text) {
        String token = text.strip();
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new UsageException("what " + variable
                    + " holds is no token: there is a space, a line break or a letter that is not ASCII in it, or"
                    + " nothing else; set it again");
        }
        return Secret.of(token);
    }

    private Forge open(ForgeAddress address) {
        Optional<Secret> token = token(address.kind());
        return switch (address.kind()) {
            case GITHUB -> new GitHubForge(session.transport(), address.api(), token, waiting(root), Time.system());
            case FOLDER -> folder(address);
            case GITLAB -> new GitLabForge(session.transport(), address.api(), token, waiting(root), Time.system());
            case GITEA -> new GiteaForge(session.transport(), address.api(), token, waiting(root), Time.system());
        };
    }

    /// Whoever uses this machine is its account.
    private Forge folder(ForgeAddress address) {
        String user = root.console().variable("USER").orElse("kpromo");
        return new FolderForge(Path.of(address.api()), user, InstantSource.system());
    }

    /// Says so where a forge's limits are waited for.
    static LimitListener waiting(Root root) {
        return (why, until) -> root.log()
                .info(why + "; going on at "
                        + LocalTime.ofInstant(until, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
    }
}
