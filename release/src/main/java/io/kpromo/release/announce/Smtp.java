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
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// A connection to a mail server: RFC 5321, with STARTTLS (RFC 3207) and AUTH PLAIN (RFC 4954). One mail a release
/// asks for no library.
final class Smtp implements AutoCloseable {
    private static final int MILLISECONDS = 30_000;
    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_LINES = 100;

    private final String host;
    private Socket socket;
    private InputStream in;

    private Smtp(String host, Socket socket) throws IOException {
        this.host = host;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /// Connects, and encrypts where that is asked for; without it nothing is said.
    static Smtp open(String host, int port, Security security) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), MILLISECONDS);
            plain.setSoTimeout(MILLISECONDS);
            Smtp server = new Smtp(host, security == Security.TLS ? encrypted(plain, host) : plain);
            server.expect("its greeting", 220);
            server.hello();
            if (security == Security.STARTTLS) {
                server.say("STARTTLS", "STARTTLS", 220);
                server.socket = encrypted(plain, host);
                // What came before encryption counts for nothing: nobody vouches for it.
                server.in = new BufferedInputStream(server.socket.getInputStream());
                server.hello();
            }
            return server;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket encrypted(Socket plain, String host) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private void hello() throws IOException {
        say("EHLO kpromo.invalid", "EHLO", 250);
    }

    void signIn(Mail.Account account) throws IOException {
        String words = "\0" + account.user() + "\0" + account.password().reveal();
        String secret = Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
        say("AUTH PLAIN " + secret, "AUTH PLAIN for " + account.user(), 235);
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
            answer = answer();
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
        check(shown, answer(), wanted);
    }

    private void check(String shown, String answer, int... wanted) {
        for (int code : wanted) {
            if (answer.startsWith(String.format(Locale.ROOT, "%03d", code))) {
                return;
            }
        }
        throw new UnsentException("mail server " + host + " refused " + shown + ": " + answer);
    }

    /// The last line of an answer.
    private String answer() throws IOException {
        for (int lines = 0; lines < MOST_LINES; lines++) {
            String line = line();
            if (line.length() < 4 || line.charAt(3) != '-') {
                return line;
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
