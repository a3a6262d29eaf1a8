// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which proxy a host is reached through. Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` as programs in Go do, so
/// that what works for other registry tools works here.
final class ProxyRules {
    private final Map<String, String> environment;
    private final List<Direct> direct = new ArrayList<>();

    ProxyRules(Map<String, String> environment) {
        this.environment = environment;
        for (String entry : variable("NO_PROXY").split(",", -1)) {
            entry(entry.strip().toLowerCase(Locale.ROOT)).ifPresent(direct::add);
        }
    }

    /// A place that is reached directly.
    private interface Direct {
        boolean holdsFor(String host, Optional<InetAddress> address, int port);
    }

    /// Upper case goes before lower case.
    private String variable(String name) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : value;
    }

    /// @throws IOException when the variable holds no address of a proxy that we can use
    Optional<Proxy> proxyFor(Origin to) throws IOException {
        String name = to.tls() ? "HTTPS_PROXY" : "HTTP_PROXY";
        String value = variable(name);
        if (value.isEmpty() || isDirect(to)) {
            return Optional.empty();
        }
        if (!to.tls() && environment.containsKey("REQUEST_METHOD")) {
            // In a CGI program HTTP_PROXY may be a header that a stranger sent ("httpoxy").
            throw new ForbiddenException("HTTP_PROXY is not used where REQUEST_METHOD is set");
        }
        return Optional.of(proxy(name, value));
    }

    private boolean isDirect(Origin to) {
        if (to.host().equals("localhost")) {
            return true;
        }
        Optional<InetAddress> address = literal(to.host());
        if (address.isPresent() && address.get().isLoopbackAddress()) {
            return true;
        }
        return direct.stream().anyMatch(e -> e.holdsFor(to.host(), address, to.port()));
    }

    private static Proxy proxy(String name, String value) throws IOException {
        Optional<URI> address = address(value.contains("://") ? value : "http://" + value);
        if (address.isEmpty()) {
            throw new ForbiddenException(name + " holds no address of an http or https proxy");
        }
        URI uri = address.get();
        Origin origin = Origin.of("https".equalsIgnoreCase(uri.getScheme()), uri.getHost(), uri.getPort());
        return new Proxy(origin, Optional.ofNullable(uri.getRawUserInfo()).map(ProxyRules::basic));
    }

    private static Optional<URI> address(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String basic(String rawUserInfo) {
        int colon = rawUserInfo.indexOf(':');
        String user = colon < 0 ? rawUserInfo : rawUserInfo.substring(0, colon);
        String pair = decoded(user) + ":" + (colon < 0 ? "" : decoded(rawUserInfo.substring(colon + 1)));
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Optional<Direct> entry(String entry) {
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        if (entry.equals("*")) {
            return Optional.of((host, address, port) -> true);
        }
        int slash = entry.indexOf('/');
        if (slash > 0) {
            return network(entry.substring(0, slash), entry.substring(slash + 1));
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon >= 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        String host = hasPort ? entry.substring(0, colon) : entry;
        String port = hasPort ? entry.substring(colon + 1) : "";
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        Optional<InetAddress> literal = literal(bare);
        if (literal.isPresent()) {
            return Optional.of((h, address, p) -> address.equals(literal) && isPort(port, p));
        }
        return Optional.of(domain(bare.startsWith("*.") ? bare.substring(1) : bare, port));
    }

    /// `example.com` holds for itself and all below; `.example.com` for all below.
    private static Direct domain(String name, String port) {
        String suffix = name.startsWith(".") ? name : "." + name;
        return (host, address, p) -> (host.endsWith(suffix) || host.equals(name)) && isPort(port, p);
    }

    private static boolean isPort(String wanted, int port) {
        return wanted.isEmpty() || wanted.equals(Integer.toString(port));
    }

    private static Optional<Direct> network(String base, String bits) {
        Optional<InetAddress> start = literal(base);
        if (start.isEmpty()
                || bits.isEmpty()
                || bits.length() > 3
                || !bits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        byte[] net = start.get().getAddress();
        int length = Integer.parseInt(bits);
        if (length > net.length * 8) {
            return Optional.empty();
        }
        return Optional.of((host, address, port) ->
                address.isPresent() && isWithin(address.get().getAddress(), net, length));
    }

    private static boolean isWithin(byte[] address, byte[] net, int bits) {
        if (address.length != net.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((address[bit / 8] ^ net[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }
}
