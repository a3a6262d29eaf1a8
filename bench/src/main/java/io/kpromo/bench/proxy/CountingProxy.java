// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/// The process. Obeys lines on its standard input and ends with it; answers each with lines that end with `ok`:
/// `door HOST PORT` (gives the port), `close PORT`, `delay MILLISECONDS`, `reset`, `counts PORT`.
public final class CountingProxy {
    /// For requests whose client has its answer, or is gone, but that are not counted to their end.
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final AtomicLong delayMillis = new AtomicLong();
    private final ConcurrentLinkedDeque<ByteBuffer> buffers = new ConcurrentLinkedDeque<>();
    private final Map<Integer, Door> doors = new TreeMap<>();

    private CountingProxy() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        CountingProxy proxy = new CountingProxy();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = commands.readLine()) != null) {
            System.out.print(proxy.obey(line.split(" ", -1)) + "ok\n");
            System.out.flush();
        }
    }

    private String obey(String[] command) throws IOException, InterruptedException {
        switch (command[0]) {
            case "door" -> {
                InetSocketAddress registry = new InetSocketAddress(command[1], Integer.parseInt(command[2]));
                Door door = new Door(registry, delayMillis, buffers);
                doors.put(door.port(), door);
                return door.port() + "\n";
            }
            case "close" -> {
                Door door = doors.remove(Integer.parseInt(command[1]));
                if (door != null) {
                    door.close();
                }
            }
            case "delay" -> delayMillis.set(Long.parseLong(command[1]));
            case "reset" -> {
                for (Door door : doors.values()) {
                    settled(door).reset();
                }
            }
            case "counts" -> {
                StringBuilder lines = new StringBuilder();
                Door door = doors.get(Integer.parseInt(command[1]));
                if (door != null) {
                    settled(door).print(lines);
                }
                return lines.toString();
            }
            default -> throw new IOException("the proxy knows no command " + command[0]);
        }
        return "";
    }

    private static Counts settled(Door door) throws InterruptedException {
        int underWay = door.counts().settle(SETTLING);
        if (underWay > 0) {
            System.err.println("the counts of port " + door.port() + " may not be whole: " + underWay
                    + " requests have had no end for " + SETTLING.toSeconds() + " s");
        }
        return door.counts();
    }
}
