// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.release.config.Announcement;
import io.kpromo.release.config.Announcement.Mail.Security;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;

/// A mailing list, by its mail server.
public final class Mail implements Messenger {
    /// @param user that the server knows
    public record Account(String user, Secret password) {}

    private final Announcement.Mail list;
    private final Optional<Account> account;
    private final String id;
    private final InstantSource time;
    private final SSLSocketFactory tls;

    /// @param account empty where the server asks for none
    /// @param id of the mail, without angle brackets; the same for the same announcement
    /// @param tls whose certificates are believed
    public Mail(
            Announcement.Mail list, Optional<Account> account, String id, InstantSource time, SSLSocketFactory tls) {
        this.list = list;
        this.account = account;
        this.id = id;
        this.time = time;
        this.tls = tls;
    }

    /// Sends it once. The waiting thread can be interrupted; each wait for the server ends after 30 seconds.
    @Override
    public void send(String title, String text) throws InterruptedException {
        if (list.security() == Security.NONE && !isHere(list.host())) {
            throw new UnsentException("mail without encryption goes to a server on this machine only, not to "
                    + list.host() + "; set security to tls or starttls");
        }
        String mail = new MailText(id, list.from(), list.to(), title, text, time.instant()).lines();
        AtomicReference<Optional<OciException>> failure = new AtomicReference<>(Optional.empty());
        // Sockets of virtual threads can be interrupted.
        Thread sender = Thread.ofVirtual().name("mail").start(() -> {
            try {
                deliver(mail);
            } catch (OciException e) {
                failure.set(Optional.of(e));
            }
        });
        try {
            sender.join();
        } finally {
            sender.interrupt();
        }
        if (failure.get().isPresent()) {
            throw failure.get().get();
        }
    }

    private void deliver(String mail) {
        try (Smtp server = Smtp.open(list.host(), list.port(), list.security(), tls)) {
            if (account.isPresent()) {
                server.signIn(account.get());
            }
            server.send(list.from(), list.to(), mail);
        } catch (IOException e) {
            // What was handed over and not answered is told by Smtp itself.
            throw new UnsentException("cannot send mail by " + list.host() + ":" + list.port() + ": " + e.getMessage());
        }
    }

    private static boolean isHere(String host) {
        try {
            return new Host(host).isLoopback();
        } catch (InvalidNameException e) {
            return false;
        }
    }
}
