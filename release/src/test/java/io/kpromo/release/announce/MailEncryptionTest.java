// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.TrustedSockets;
import io.kpromo.release.config.Announcement;
import io.kpromo.release.config.Announcement.Mail.Security;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Mail goes to the server that is meant, and nobody on the way can read or change it.
class MailEncryptionTest {
    private static final String PASSWORD =
            "AUTH PLAIN " + Base64.getEncoder().encodeToString("\0me\0hush".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private Map<String, String> environment;
    private MailCertificates authority;
    private SSLContext right;

    @BeforeEach
    void certify() throws Exception {
        authority = new MailCertificates();
        environment = authority.believedIn(folder);
        right = authority.server(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    }

    @Test
    void aMailGoesThroughTlsFromTheFirstByte() throws Exception {
        try (MailServer server = MailServer.tls(right)) {
            mail(server, Security.TLS).send("tool v1", "Hello");

            assertThat(server.said()).startsWith("EHLO kpromo.invalid", PASSWORD, "MAIL FROM:<me@example.com>");
            assertThat(server.saidPlainly()).isEmpty();
        }
    }

    @Test
    void aMailGoesThroughTlsThatBeginsAfterTheGreeting() throws Exception {
        try (MailServer server = MailServer.startTls(right)) {
            mail(server, Security.STARTTLS).send("tool v1", "Hello");

            assertThat(server.saidPlainly()).containsExactly("EHLO kpromo.invalid", "STARTTLS");
            assertThat(server.said()).startsWith("EHLO kpromo.invalid", PASSWORD, "MAIL FROM:<me@example.com>");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void aCertificateOfAnotherNameIsRefused(Security security) throws Exception {
        SSLContext other = authority.server(new GeneralName(GeneralName.dNSName, "mail.example.org"));
        refused(security, other, environment, "127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void aCertificateThatNobodyBelievesIsRefused(Security security) throws Exception {
        Path elsewhere = java.nio.file.Files.createDirectory(folder.resolve("elsewhere"));
        refused(security, right, new MailCertificates().believedIn(elsewhere), "certif");
    }

    private void refused(Security security, SSLContext keys, Map<String, String> believed, String why)
            throws Exception {
        try (MailServer server = security == Security.TLS ? MailServer.tls(keys) : MailServer.startTls(keys)) {
            assertThatThrownBy(() -> mail(server, security, believed).send("a", "b"))
                    .isInstanceOf(UnsentException.class)
                    .hasMessageContaining(why)
                    .hasMessageNotContaining("hush");
            assertThat(server.saidPlainly()).doesNotContain(PASSWORD).doesNotContain("DATA");
            assertThat(server.said()).doesNotContain(PASSWORD).doesNotContain("DATA");
        }
    }

    /// As somebody on the way makes it, who wants to read along.
    @Test
    void whereTheOfferOfEncryptionIsMissingNothingIsSaid() throws Exception {
        try (MailServer server = MailServer.startTls(right).answering("EHLO", "250-here\r\n250 AUTH PLAIN")) {
            assertThatThrownBy(() -> mail(server, Security.STARTTLS).send("a", "b"))
                    .isInstanceOf(UnsentException.class)
                    .hasMessageContaining("offers no encryption (STARTTLS); nothing was sent");
            assertThat(server.said()).containsExactly("EHLO kpromo.invalid");
        }
    }

    @Test
    void whereEncryptionIsRefusedNothingIsSaid() throws Exception {
        try (MailServer server = MailServer.startTls(right).answering("STARTTLS", "454 not now")) {
            assertThatThrownBy(() -> mail(server, Security.STARTTLS).send("a", "b"))
                    .isInstanceOf(UnsentException.class)
                    .hasMessageContaining("refused STARTTLS: 454 not now");
            assertThat(server.said()).containsExactly("EHLO kpromo.invalid", "STARTTLS");
        }
    }

    @Test
    void whatWasSaidBeforeEncryptionIsNotBelievedAfterwards() throws Exception {
        try (MailServer server = MailServer.startTls(right).answering("STARTTLS", "220 go on\r\n250 AUTH PLAIN")) {
            assertThatThrownBy(() -> mail(server, Security.STARTTLS).send("a", "b"))
                    .isInstanceOf(UnsentException.class)
                    .hasMessageContaining("went on speaking before encryption began");
            assertThat(server.said()).containsExactly("EHLO kpromo.invalid", "STARTTLS");
        }
    }

    private Mail mail(MailServer server, Security security) {
        return mail(server, security, environment);
    }

    private static Mail mail(MailServer server, Security security, Map<String, String> believed) {
        Announcement.Mail list = new Announcement.Mail(
                "127.0.0.1",
                server.port(),
                security,
                "me@example.com",
                List.of("dev@example.com"),
                Optional.empty(),
                Optional.empty());
        return new Mail(
                list,
                Optional.of(new Mail.Account("me", Secret.of("hush"))),
                "id@example.com",
                InstantSource.system(),
                TrustedSockets.of(believed));
    }
}
