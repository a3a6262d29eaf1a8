// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Who listens on a port of this machine, as Linux tells it in `/proc` (proc(5), `/proc/net/tcp`). That somebody takes
/// connections there doesn't tell who: it may be another server, or the kernel may have joined a connection to itself.
final class Listeners {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String LISTEN = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private Listeners() {}

    /// Whether a process, or one that it began, listens on a port. True where the machine does not tell.
    static boolean has(Process process, int port) {
        Set<String> sockets;
        try {
            sockets = sockets(port);
        } catch (IOException notLinux) {
            return true;
        }
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .anyMatch(one -> holds(one.pid(), sockets));
    }

    /// The names, as open files have them, of all sockets that listen on a port.
    private static Set<String> sockets(int port) throws IOException {
        String suffix = ":%04X".formatted(port);
        Set<String> found = new HashSet<>();
        for (Path table : TABLES) {
            if (Files.exists(table)) {
                for (String line : Files.readAllLines(table)) {
                    String[] fields = line.strip().split("\\s+", -1);
                    if (fields.length > INODE && fields[ADDRESS].endsWith(suffix) && fields[STATE].equals(LISTEN)) {
                        found.add("socket:[" + fields[INODE] + "]");
                    }
                }
            } else if (table.equals(TABLES.getFirst())) {
                throw new IOException("no " + table);
            }
        }
        return found;
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path file : files) {
                if (sockets.contains(target(file))) {
                    return true;
                }
            }
        } catch (IOException ended) {
            return false;
        }
        return false;
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
