// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// A channel of Slack, by an incoming webhook. Its address is a secret: who knows it can write to the channel. So
/// no error names more of it than the host.
public final class SlackWebhook implements Messenger {
    private static final int LONGEST = 512;

    private final Transport transport;
    private final Secret address;
    private final String variable;

    /// @param transport that writes no trace of requests, for these name addresses
    /// @param variable that holds the address, for messages
    public SlackWebhook(Transport transport, Secret address, String variable) {
        this.transport = transport;
        this.address = address;
        this.variable = variable;
    }

    /// One request, which is never repeated once it may have arrived.
    @Override
    public void send(String title, String text) throws InterruptedException {
        URI target = target();
        Host host = new Host(target.getRawAuthority());
        byte[] json =
                JsonMapper.shared().writeValueAsBytes(Map.of("text", "*" + escaped(title) + "*\n" + escaped(text)));
        int status;
        try {
            status = transport.send(new Post(host, target, Body.of(json)));
        } catch (OciException e) {
            // Without the cause, which names the address.
            if (e instanceof RegistryException failure && failure.unreachable()) {
                throw new UnsentException("cannot announce to Slack: " + host + " cannot be reached");
            }
            throw new OciException("Slack (" + host + ") did not say whether it took the announcement");
        }
        if (status != 200) {
            throw new UnsentException("Slack (" + host + ") refused the announcement: " + status
                    + "; is the address in " + variable + " right?");
        }
    }

    private URI target() {
        try {
            URI target = URI.create(address.reveal());
            boolean web = "https".equals(target.getScheme())
                    || ("http".equals(target.getScheme()) && new Host(target.getRawAuthority()).isLoopback());
            if (web && target.getRawAuthority() != null && target.getRawUserInfo() == null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // Told below, for its message shows the address.
        }
        throw new UnsentException(variable + " holds no address of a webhook (https://…)");
    }

    /// Slack, "Formatting text for app surfaces": these three begin everything that is not text.
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private record Post(Host host, URI target, Body json) implements Call<Integer> {
        @Override
        public Request request() {
            return new Request(
                    host,
                    Method.POST,
                    target,
                    Map.of("Content-Type", "application/json; charset=utf-8"),
                    Optional.of(json),
                    Kind.WRITE_FORGE,
                    List.of(),
                    "announce to Slack");
        }

        @Override
        public boolean expects(int status) {
            return status == 200 || (status >= 400 && status < 500 && status != 408);
        }

        @Override
        public Optional<SignIn> signIn() {
            return Optional.of(SignIn.nowhere());
        }

        @Override
        public Integer read(Response response) throws IOException {
            String said = new String(response.body().readNBytes(LONGEST), StandardCharsets.UTF_8);
            // Slack answers "ok", and what is wrong in words.
            return response.status() == 200 && said.strip().equals("no_text") ? 400 : response.status();
        }
    }
}
