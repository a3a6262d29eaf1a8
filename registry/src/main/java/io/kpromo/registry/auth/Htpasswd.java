// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A password file as Apache's `htpasswd -B` writes it: a name, a colon and a bcrypt hash a line. Read once.
public final class Htpasswd {
    /// bcrypt looks at no more.
    private static final int LONGEST_PASSWORD = 72;
    private static final int MOST_REMEMBERED = 1000;

    private final Map<String, String> hashes;
    private final byte[] salt = new byte[32];
    /// bcrypt is slow on purpose, and comes with every request: what was right once is known again by a quick hash.
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private Htpasswd(Map<String, String> hashes) {
        this.hashes = Map.copyOf(hashes);
        new SecureRandom().nextBytes(salt);
    }

    /// @throws IOException when it can't be read, or a line is not what `htpasswd -B` writes
    public static Htpasswd read(Path file) throws IOException {
        Map<String, String> hashes = new HashMap<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            String hash = line.substring(colon + 1);
            if (colon <= 0 || !isBcrypt(hash)) {
                throw new IOException(
                        file + ":" + (i + 1) + ": not a name, a colon and a bcrypt hash; write it with htpasswd -B");
            }
            hashes.put(line.substring(0, colon), hash);
        }
        if (hashes.isEmpty()) {
            throw new IOException(file + ": holds no user; add one with htpasswd -B");
        }
        return new Htpasswd(hashes);
    }

    private static boolean isBcrypt(String hash) {
        return hash.length() == 60 && (hash.startsWith("$2y$") || hash.startsWith("$2a$") || hash.startsWith("$2b$"));
    }

    public boolean knows(Credentials credentials) {
        byte[] password = credentials.password().getBytes(StandardCharsets.UTF_8);
        String hash = hashes.get(credentials.user());
        if (hash == null || password.length > LONGEST_PASSWORD) {
            return false;
        }
        String quick = quick(credentials.user(), password);
        if (known.contains(quick)) {
            return true;
        }
        boolean right = BCrypt.verifyer().verify(password, hash.getBytes(StandardCharsets.US_ASCII)).verified;
        if (right && known.size() < MOST_REMEMBERED) {
            known.add(quick);
        }
        return right;
    }

    private String quick(String user, byte[] password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            sha.update(user.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return HexFormat.of().formatHex(sha.digest(password));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
