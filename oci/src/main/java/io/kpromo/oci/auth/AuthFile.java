// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// One file of docker's or podman's. Read when it is first asked, and once.
///
/// A helper named for the registry goes before the store for all, and that before what stands in the file. Podman's
/// keys may name a repository's beginning (`quay.io/team`); the longest counts.
final class AuthFile implements CredentialSource {
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final String DOCKER_HUB = "https://index.docker.io/v1/";
    private static final List<String> DOCKER_HUB_NAMES =
            List.of("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable JsonNode content;

    AuthFile(Path file) {
        this.file = file;
    }

    @Override
    public boolean knowsPaths() {
        return true;
    }

    @Override
    public Optional<Credential> find(Host host, String path) throws InterruptedException {
        JsonNode root = content();
        for (String name : names(host)) {
            String helper = text(root.path("credHelpers").path(name));
            if (!helper.isEmpty()) {
                return new CredentialHelper(helper, file.toString()).get(server(host));
            }
        }
        String store = text(root.path("credsStore"));
        if (!store.isEmpty()) {
            Optional<Credential> found = new CredentialHelper(store, file.toString()).get(server(host));
            if (found.isPresent()) {
                return found;
            }
        }
        return inAuths(root.path("auths"), host, path);
    }

    private Optional<Credential> inAuths(JsonNode auths, Host host, String path) {
        for (String name : names(host)) {
            for (String key = path.isEmpty() ? name : name + "/" + path;
                    ;
                    key = key.substring(0, key.lastIndexOf('/'))) {
                Optional<Credential> found = credential(auths.path(key));
                if (found.isPresent() || key.equals(name)) {
                    if (found.isPresent()) {
                        return found;
                    }
                    break;
                }
            }
        }
        // Keys may be addresses: https://index.docker.io/v1/
        for (String key : auths.propertyNames()) {
            if (names(host).contains(hostOf(key))) {
                Optional<Credential> found = credential(auths.path(key));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /// The host of a key that is an address, or a host with docker's old path behind it; else nothing.
    private static String hostOf(String key) {
        int scheme = key.indexOf("://");
        String bare = scheme < 0 ? key : key.substring(scheme + 3);
        int slash = bare.indexOf('/');
        String path = slash < 0 ? "" : bare.substring(slash);
        boolean whole = path.isEmpty() || path.equals("/") || path.startsWith("/v1") || path.startsWith("/v2");
        return scheme < 0 && !whole ? "" : slash < 0 ? bare : bare.substring(0, slash);
    }

    private Optional<Credential> credential(JsonNode entry) {
        String identity = text(entry.path("identitytoken"));
        if (!identity.isEmpty()) {
            return Optional.of(new Credential.IdentityToken(Secret.of(identity)));
        }
        String registry = text(entry.path("registrytoken"));
        if (!registry.isEmpty()) {
            return Optional.of(new Credential.RegistryToken(Secret.of(registry)));
        }
        String user = text(entry.path("username"));
        String password = text(entry.path("password"));
        String auth = text(entry.path("auth"));
        if (!auth.isEmpty()) {
            return Optional.of(decoded(auth));
        }
        return user.isEmpty() && password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credential.Basic(user, Secret.of(password)));
    }

    private Credential decoded(String auth) {
        try {
            String pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                // Docker once padded with zeros.
                return new Credential.Basic(
                        pair.substring(0, colon),
                        Secret.of(pair.substring(colon + 1).replace("\0", "")));
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below, without what stands there.
        }
        throw new OciException(
                file + ": an \"auth\" is not the base64 form of name:password; sign in again with docker login");
    }

    private static List<String> names(Host host) {
        return DOCKER_HUB_NAMES.contains(host.name()) ? DOCKER_HUB_NAMES : List.of(host.name());
    }

    private static String server(Host host) {
        return DOCKER_HUB_NAMES.contains(host.name()) ? DOCKER_HUB : host.name();
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.asString() : "";
    }

    private JsonNode content() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            JsonNode known = content;
            if (known == null) {
                known = read();
                content = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private JsonNode read() {
        try {
            if (Files.size(file) > LARGEST) {
                throw new OciException(file + ": larger than " + LARGEST + " bytes; this is no file of credentials");
            }
            JsonNode root = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return JsonNodeFactory.instance.objectNode();
        } catch (JacksonException e) {
            // Said below; the exception may show what stands in the file.
        } catch (IOException e) {
            throw new OciException(file + ": the credentials can't be read: " + e.getMessage(), e);
        }
        throw new OciException(file + ": the credentials can't be read: this is no JSON object");
    }
}
