// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.TrustedSockets;
import io.kpromo.release.config.Announcement;
import io.kpromo.release.config.Announcement.Mail.Security;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailTest {
    private MailServer server;

    @BeforeEach
    void serve() throws IOException {
        server = MailServer.plain();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aMailIsHandedOverWithItsTextInOnePiece() throws InterruptedException {
        mail(Security.NONE, Optional.empty()).send("tool v1 ✓", "Hello,\n.\nworld");

        assertThat(server.said())
                .startsWith("EHLO kpromo.invalid", "MAIL FROM:<me@example.com>", "RCPT TO:<dev@example.com>", "DATA")
                .contains("Message-ID: <id@example.com>", "Date: Mon, 23 Nov 2026 12:00:00 GMT")
                .contains(Base64.getEncoder().encodeToString("Hello,\n.\nworld".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aTitleCannotAddHeaders() throws InterruptedException {
        mail(Security.NONE, Optional.empty()).send("x\r\nBcc: all@example.com\r\n".repeat(5), "text");

        assertThat(server.said()).noneMatch(line -> line.startsWith("Bcc"));
        assertThat(server.said()).allMatch(line -> line.length() <= 78);
    }

    @Test
    void whoSignsInShowsThePasswordToTheServerAlone() throws InterruptedException {
        server.answering("AUTH", "535 no");
        Mail mail = mail(Security.NONE, Optional.of(new Mail.Account("me", Secret.of("hush"))));

        assertThatThrownBy(() -> mail.send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessageContaining("AUTH PLAIN for me: 535 no")
                .hasMessageNotContaining("hush")
                .hasMessageNotContaining(
                        Base64.getEncoder().encodeToString("\0me\0hush".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whoKnowsLoginOnlyIsSignedInWithThat() throws InterruptedException {
        server.answering("EHLO", "250-here\r\n250 AUTH XOAUTH2 LOGIN")
                .answering("AUTH", "334 VXNlcm5hbWU6")
                .answering("bWU=", "334 UGFzc3dvcmQ6")
                .answering("aHVzaA==", "235 welcome");
        mail(Security.NONE, Optional.of(new Mail.Account("me", Secret.of("hush"))))
                .send("a", "b");

        assertThat(server.said()).contains("AUTH LOGIN", "bWU=", "aHVzaA==", "DATA");
    }

    @Test
    void aPasswordIsNotShownToAServerThatSignsNobodyIn() {
        server.answering("EHLO", "250-here\r\n250 AUTH XOAUTH2");

        assertThatThrownBy(() -> mail(Security.NONE, Optional.of(new Mail.Account("me", Secret.of("hush"))))
                        .send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessageContaining("no way to sign in that we know (PLAIN, LOGIN), but XOAUTH2");
        assertThat(server.said()).containsExactly("EHLO kpromo.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"me@x\r\nBcc: all@x", "me@x>\r\nRCPT TO:<all@x", "me@x, all@x", "<me@x>", "me", "me@x\n."})
    void anAddressCannotAddHeadersOrCommands(String address) {
        assertThatThrownBy(() -> list(1, Security.NONE, address, "dev@example.com"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> list(1, Security.NONE, "me@example.com", address))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRefusedMailboxMeansThatNothingWentOut() {
        server.answering("RCPT", "550 who?");

        assertThatThrownBy(() -> mail(Security.NONE, Optional.empty()).send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessageContaining("refused mail to dev@example.com: 550 who?");
    }

    @Test
    void aServerThatHangsUpOverTheMailMayHaveTakenIt() {
        server.hangingUpAt(".");

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

        assertThatThrownBy(() -> new Mail(
                                list, Optional.empty(), "id", InstantSource.system(), TrustedSockets.of(Map.of()))
                        .send("a", "b"))
                .isInstanceOf(UnsentException.class)
                .hasMessageContaining("set security to tls or starttls");
    }

    private Mail mail(Security security, Optional<Mail.Account> account) {
        return new Mail(
                list(server.port(), security, "me@example.com", "dev@example.com"),
                account,
                "id@example.com",
                InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z")),
                TrustedSockets.of(Map.of()));
    }

    private static Announcement.Mail list(int port, Security security, String from, String to) {
        return new Announcement.Mail(
                "127.0.0.1", port, security, from, List.of(to), Optional.empty(), Optional.empty());
    }
}
