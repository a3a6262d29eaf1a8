// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.release.config.Announcement;
import io.kpromo.release.config.Announcement.Mail.Security;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailTest {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private ServerSocket server;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    converse(socket);
                } catch (IOException gone) {
                    // The test is over, or the client left.
                }
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /// A mail server that answers as it is told, and otherwise as all is well.
    private void converse(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        write(out, "220 here");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add(line);
            if (data && !line.equals(".")) {
                continue;
            }
            String word = data ? "." : line.split("[ :]", -1)[0];
            String answer = answers.getOrDefault(word, usual(word));
            if (answer.equals("hang up")) {
                return;
            }
            write(out, answer);
            data = word.equals("DATA");
        }
    }

    private static String usual(String word) {
        return switch (word) {
            case "EHLO" -> "250-here\r\n250 AUTH PLAIN";
            case "AUTH" -> "235 welcome";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 fine";
        };
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Test
    void aMailIsHandedOverWithItsTextInOnePiece() throws InterruptedException {
        mail(Security.NONE, Optional.empty()).send("tool v1 ✓", "Hello,\n.\nworld");

        assertThat(said)
                .startsWith("EHLO kpromo.invalid", "MAIL FROM:<me@example.com>", "RCPT TO:<dev@example.com>", "DATA")
                .contains("Message-ID: <id@example.com>", "Date: Mon, 23 Nov 2026 12:00:00 GMT")
                .contains(Base64.getEncoder().encodeToString("Hello,\n.\nworld".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aTitleCannotAddHeaders() throws InterruptedException {
        mail(Security.NONE, Optional.empty()).send("x\r\nBcc: all@example.com\r\n".repeat(5), "text");

        assertThat(said).noneMatch(line -> line.startsWith("Bcc"));
        assertThat(said).allMatch(line -> line.length() <= 78);
    }

    @Test
    void whoSignsInShowsThePasswordToTheServerAlone() throws InterruptedException {
        answers.put("AUTH", "535 no");
        Mail mail = mail(Security.NONE, Optional.of(new Mail.Account("me", Secret.of("hush"))));

        assertThatThrownBy(() -> mail.send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessageContaining("AUTH PLAIN for me: 535 no")
                .hasMessageNotContaining("hush")
                .hasMessageNotContaining(
                        Base64.getEncoder().encodeToString("\0me\0hush".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whereEncryptionIsRefusedNothingIsSaid() {
        answers.put("STARTTLS", "502 no");

        assertThatThrownBy(() -> mail(Security.STARTTLS, Optional.of(new Mail.Account("me", Secret.of("hush"))))
                        .send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessageContaining("refused STARTTLS");
        assertThat(said).containsExactly("EHLO kpromo.invalid", "STARTTLS");
    }

    @Test
    void aRefusedMailboxMeansThatNothingWentOut() {
        answers.put("RCPT", "550 who?");

        assertThatThrownBy(() -> mail(Security.NONE, Optional.empty()).send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessageContaining("refused mail to dev@example.com: 550 who?");
    }

    @Test
    void aServerThatHangsUpOverTheMailMayHaveTakenIt() {
        answers.put(".", "hang up");

        assertThatThrownBy(() -> mail(Security.NONE, Optional.empty()).send("a", "b"))
                .isInstanceOf(OciException.class)
                .isNotInstanceOf(UnsentException.class)
                .hasMessageContaining("did not say whether it took the mail");
    }

    @Test
    void withoutEncryptionNothingLeavesThisMachine() {
        Announcement.Mail list = new Announcement.Mail(
                "mail.example.com",
                25,
                Security.NONE,
                "me@example.com",
                List.of("dev@example.com"),
                Optional.empty(),
                Optional.empty());

        assertThatThrownBy(() -> new Mail(list, Optional.empty(), "id", InstantSource.system()).send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessageContaining("set security to tls or starttls");
    }

    private Mail mail(Security security, Optional<Mail.Account> account) {
        Announcement.Mail list = new Announcement.Mail(
                "127.0.0.1",
                server.getLocalPort(),
                security,
                "me@example.com",
                List.of("dev@example.com"),
                Optional.empty(),
                Optional.empty());
        return new Mail(list, account, "id@example.com", InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z")));
    }
}
