// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import io.kpromo.oci.OciException;
import io.kpromo.release.config.Announcement.Mail.Security;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// A connection to a mail server: RFC 5321, with STARTTLS (RFC 3207), AUTH PLAIN (RFC 4954) and AUTH LOGIN.
///
/// A library would have to be told what is the rule here: the certificate and its name are always checked, each
/// answer is bounded, and whether a mail may have gone out is known where the connection breaks.
final class Smtp implements AutoCloseable {
    private static final int MILLISECONDS = 30_000;
    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_LINES = 100;

    private final String host;
    private Socket socket;
    private InputStream in;
    /// What it can do, by its answer to the last EHLO: a line each, in capitals.
    private List<String> abilities = List.of();

    private Smtp(String host, Socket socket) throws IOException {
        this.host = host;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /// Connects, and encrypts where that is asked for; without it nothing is said.
    ///
    /// @param tls whose certificates are believed
    static Smtp open(String host, int port, Security security, SSLSocketFactory tls) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), MILLISECONDS);
            plain.setSoTimeout(MILLISECONDS);
            Smtp server = new Smtp(host, security == Security.TLS ? encrypted(tls, plain, host) : plain);
            server.expect("its greeting", 220);
            server.hello();
            if (security == Security.STARTTLS) {
                server.startTls(tls);
            }
            return server;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private void startTls(SSLSocketFactory tls) throws IOException {
        if (!abilities.contains("STARTTLS")) {
            throw new UnsentException("mail server " + host + " offers no encryption (STARTTLS); nothing was sent."
                    + " Somebody on the way may have taken the offer out; security: tls needs none");
        }
        say("STARTTLS", "STARTTLS", 220);
        if (in.available() > 0) {
            // Nobody vouches for what came before encryption (CVE-2011-0411, for clients).
            throw new UnsentException("mail server " + host + " went on speaking before encryption began;"
                    + " somebody on the way may have added it. Nothing was sent");
        }
        socket = encrypted(tls, socket, host);
        in = new BufferedInputStream(socket.getInputStream());
        hello();
    }

    private static Socket encrypted(SSLSocketFactory factory, Socket plain, String host) throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private void hello() throws IOException {
        write("EHLO kpromo.invalid\r\n");
        List<String> lines = answer();
        check("EHLO", lines.getLast(), 250);
        abilities = lines.stream()
                .map(line -> line.substring(Math.min(4, line.length())).strip().toUpperCase(Locale.ROOT))
                .toList();
    }

    void signIn(Mail.Account account) throws IOException {
        List<String> ways = abilities.stream()
                .filter(line -> line.startsWith("AUTH "))
                .flatMap(line -> Stream.of(line.split(" ", -1)).skip(1))
                .toList();
        if (ways.contains("PLAIN")) {
            plain(account);
        } else if (ways.contains("LOGIN")) {
            say("AUTH LOGIN", "AUTH LOGIN", 334);
            say(base64(account.user()), "AUTH LOGIN for " + account.user(), 334);
            say(base64(account.password().reveal()), "AUTH LOGIN for " + account.user(), 235);
        } else {
            throw new UnsentException("mail server " + host + " knows no way to sign in that we know (PLAIN, LOGIN)"
                    + (ways.isEmpty() ? "" : ", but " + String.join(", ", ways)));
        }
    }

    private void plain(Mail.Account account) throws IOException {
        String words = "\0" + account.user() + "\0" + account.password().reveal();
        say("AUTH PLAIN " + base64(words), "AUTH PLAIN for " + account.user(), 235);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param mail lines that end with CR LF, none of which begins with a dot
    void send(String from, List<String> to, String mail) throws IOException {
        say("MAIL FROM:<" + from + ">", "mail from " + from, 250);
        for (String mailbox : to) {
            say("RCPT TO:<" + mailbox + ">", "mail to " + mailbox, 250, 251);
        }
        say("DATA", "DATA", 354);
        write(mail + ".\r\n");
        String answer;
        try {
            answer = answer().getLast();
        } catch (IOException e) {
            throw new OciException(
                    "mail server " + host + " did not say whether it took the mail: " + e.getMessage(), e);
        }
        check("the mail", answer, 250);
        try {
            write("QUIT\r\n");
        } catch (IOException e) {
            // It has the mail; how we part does not matter.
        }
    }

    private void say(String line, String shown, int... wanted) throws IOException {
        write(line + "\r\n");
        expect(shown, wanted);
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private void expect(String shown, int... wanted) throws IOException {
        check(shown, answer().getLast(), wanted);
    }

    private void check(String shown, String answer, int... wanted) {
        for (int code : wanted) {
            if (answer.startsWith(String.format(Locale.ROOT, "%03d", code))) {
                return;
            }
        }
        throw new UnsentException("mail server " + host + " refused " + shown + ": " + answer);
    }

    /// The lines of an answer, at least one.
    private List<String> answer() throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < MOST_LINES) {
            String line = line();
            lines.add(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return lines;
            }
        }
        throw new IOException("its answer does not end");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > LONGEST_LINE) {
                throw new IOException(c < 0 ? "it closed the connection" : "its answer is too long");
            }
            line.append(c >= ' ' && c < 0x7f ? (char) c : ' ');
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
