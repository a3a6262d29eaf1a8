// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A mail server that answers as it is told, and otherwise as if all were well.
final class MailServer implements AutoCloseable {
    private static final String HANG_UP = "hang up";

    private final ServerSocket server;
    private final Optional<SSLContext> keys;
    private final boolean encryptedFromTheStart;
    private final List<String> plainly = new CopyOnWriteArrayList<>();
    private final List<String> encrypted = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private MailServer(Optional<SSLContext> keys, boolean encryptedFromTheStart) throws IOException {
        this.keys = keys;
        this.encryptedFromTheStart = encryptedFromTheStart;
        this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /// Knows no encryption.
    static MailServer plain() throws IOException {
        return new MailServer(Optional.empty(), false);
    }

    static MailServer startTls(SSLContext keys) throws IOException {
        return new MailServer(Optional.of(keys), false);
    }

    static MailServer tls(SSLContext keys) throws IOException {
        return new MailServer(Optional.of(keys), true);
    }

    /// @param word that begins a command, or `.` for the end of a mail
    MailServer answering(String word, String answer) {
        answers.put(word, answer);
        return this;
    }

    MailServer hangingUpAt(String word) {
        return answering(word, HANG_UP);
    }

    int port() {
        return server.getLocalPort();
    }

    /// All lines that came, in their order.
    List<String> said() {
        return encrypted.isEmpty() ? plainly : encrypted;
    }

    /// Lines that everybody on the way could read.
    List<String> saidPlainly() {
        return plainly;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                converse(encryptedFromTheStart ? encrypted(socket) : socket);
            } catch (IOException gone) {
                // The test is over, or the client left.
            }
        }
    }

    private Socket encrypted(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket)
                keys.orElseThrow().getSocketFactory().createSocket(socket, "client", socket.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    private void converse(Socket first) throws IOException {
        Socket socket = first;
        BufferedReader in = reader(socket);
        write(socket, answers.getOrDefault("greeting", "220 here"));
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            (socket instanceof SSLSocket ? encrypted : plainly).add(line);
            if (data && !line.equals(".")) {
                continue;
            }
            String word = data ? "." : line.split("[ :]", -1)[0];
            String answer = answers.getOrDefault(word, usual(word, socket instanceof SSLSocket));
            if (answer.equals(HANG_UP)) {
                return;
            }
            write(socket, answer);
            if (word.equals("STARTTLS") && answer.startsWith("220")) {
                socket = encrypted(socket);
                in = reader(socket);
            }
            data = word.equals("DATA");
        }
    }

    private String usual(String word, boolean secured) {
        return switch (word) {
            case "EHLO" -> "250-here\r\n" + (keys.isPresent() && !secured ? "250-STARTTLS\r\n" : "") + "250 AUTH PLAIN";
            case "STARTTLS" -> keys.isPresent() ? "220 go on" : "502 no";
            case "AUTH" -> "235 welcome";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 fine";
        };
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1);
    }

    private static void write(Socket socket, String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
