// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ports for servers that have to be told theirs. They lie below those that the kernel gives to outgoing connections,
/// for one of these could take a port between the look whether it is free and the server's start.
public final class Ports {
    /// One for the whole process, because ports belong to it: the same is never given twice.
    private static final Ports OURS = new Ports(firstForConnections(), new Random());

    private static final int LOWEST = 10_000;
    /// What Linux has where nobody changed it.
    private static final int USUAL_FIRST_FOR_CONNECTIONS = 32_768;

    private static final int TRIES = 1_000;

    private final int end;
    private final Random random;
    private final Set<Integer> given = ConcurrentHashMap.newKeySet();

    Ports(int end, Random random) {
        this.end = end;
        this.random = random;
    }

    /// A port that nobody listens on now, on any address, and that was not given before.
    ///
    /// @throws IOException when none was found in a thousand tries
    public static int next() throws IOException {
        return OURS.free();
    }

    int free() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(LOWEST, end);
            if (given.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port is free between " + LOWEST + " and " + end);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /// The end of our range: where the kernel's begins, or all there is where that leaves nothing.
    private static int firstForConnections() {
        try {
            String range = Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
            int first = Integer.parseInt(range.strip().split("\\s+", -1)[0]);
            return first > LOWEST + TRIES ? first : 65_536;
        } catch (IOException | NumberFormatException notLinux) {
            return USUAL_FIRST_FOR_CONNECTIONS;
        }
    }
}
