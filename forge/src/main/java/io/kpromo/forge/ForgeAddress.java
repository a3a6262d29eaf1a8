// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import io.kpromo.oci.InvalidNameException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;

/// Which forge is meant, and where its API is.
///
/// Written as an address for people or of the API, where its host tells the kind (`https://gitlab.com`,
/// `https://github.example/api/v3`), or as `KIND=ADDRESS` (`gitlab=https://git.example`). A kind alone is its
/// public place.
///
/// @param api the root of its API, without a slash at its end; for a folder its `file:` address
public record ForgeAddress(Kind kind, URI api) {
    /// What forges there are.
    public enum Kind {
        GITHUB("github", "/api/v3"),
        GITLAB("gitlab", "/api/v4"),
        /// Forgejo too.
        GITEA("gitea", "/api/v1"),
        /// A folder of this machine.
        FOLDER("folder", "");

        private final String word;
        private final String path;

        Kind(String word, String path) {
            this.word = word;
            this.path = path;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private static final String FORM = "https://HOST where the host's name tells the kind, KIND=https://HOST with"
            + " github, gitlab, gitea or forgejo, or folder=/PATH";

    /// Everybody's GitHub.
    public static ForgeAddress gitHub() {
        return new ForgeAddress(Kind.GITHUB, URI.create("https://api.github.com"));
    }

    /// @throws InvalidNameException when it names none
    public static ForgeAddress of(String text) {
        int equals = text.indexOf('=');
        String word = equals < 0 ? text : text.substring(0, equals);
        String rest = equals < 0 ? "" : text.substring(equals + 1);
        return switch (word) {
            case "github" -> rest.isEmpty() ? gitHub() : of(Kind.GITHUB, rest, text);
            case "gitlab" -> of(Kind.GITLAB, rest.isEmpty() ? "https://gitlab.com" : rest, text);
            case "gitea", "forgejo" -> of(Kind.GITEA, rest, text);
            case "folder" -> folder(rest, text);
            default -> of(guessed(text), text, text);
        };
    }

    /// The root of an API as it stands.
    ///
    /// @throws InvalidNameException when it is no address
    public static ForgeAddress api(Kind kind, String root) {
        return new ForgeAddress(kind, URI.create(parsed(root, root).toString().replaceFirst("/+$", "")));
    }

    private static ForgeAddress folder(String path, String text) {
        if (path.isEmpty()) {
            throw new InvalidNameException("forge", text, FORM);
        }
        return new ForgeAddress(Kind.FOLDER, Path.of(path).toAbsolutePath().toUri());
    }

    private static ForgeAddress of(Kind kind, String address, String text) {
        URI uri = parsed(address, text);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
        String root = uri.getScheme() + "://" + uri.getRawAuthority();
        if (kind == Kind.GITHUB && (root.equals("https://github.com") || root.equals("https://api.github.com"))) {
            return gitHub();
        }
        boolean api = path.endsWith(kind.path)
                || (kind == Kind.GITHUB && uri.getHost().startsWith("api."));
        return new ForgeAddress(kind, URI.create(root + path + (api ? "" : kind.path)));
    }

    private static URI parsed(String address, String text) {
        try {
            URI uri = new URI(address);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (web && bare && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below; an address may hold a password, so it is not told again.
        }
        throw new InvalidNameException("forge", text.contains("@") ? "***" : text, FORM);
    }

    private static Kind guessed(String text) {
        URI uri = parsed(text, text);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String path = String.valueOf(uri.getRawPath());
        for (Kind kind : new Kind[] {Kind.GITHUB, Kind.GITLAB, Kind.GITEA}) {
            boolean named = host.equals(kind + ".com") || host.startsWith(kind + ".") || host.equals("api.github.com");
            if (path.replaceFirst("/+$", "").endsWith(kind.path) || named) {
                return kind;
            }
        }
        if (host.equals("codeberg.org") || host.startsWith("forgejo.")) {
            return Kind.GITEA;
        }
        throw new InvalidNameException("forge", text, FORM);
    }

    @Override
    public String toString() {
        return kind + "=" + api;
    }
}
