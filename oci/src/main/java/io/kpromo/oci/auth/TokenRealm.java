// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/// Where a registry says that tokens are to be had, and whether that place may see the registry's credentials.
///
/// A registry names its realm in an answer to a request without credentials, and nothing vouches for it: a
/// registry that was broken into, or one with a typing error in its name, could have a password sent anywhere. So
/// credentials go to a realm only over TLS (or within this machine), and only where it is the registry's own
/// host, or one of the same owner as far as names can tell: `auth.docker.io` for `registry-1.docker.io`. Below
/// names that many owners share (`pkg.dev`, `azurecr.io`, `co.uk`) that tells nothing, and only the same host
/// will do. All others are asked without credentials, unless they were allowed by name.
///
/// @param address of the token endpoint
/// @param host its host and port
/// @param trusted whether it may see credentials
record TokenRealm(URI address, Host host, boolean trusted) {
    /// Suffixes below which everybody can have a name.
    private static final Set<String> SHARED = Set.of(
            "pkg.dev",
            "gcr.io",
            "run.app",
            "web.app",
            "appspot.com",
            "firebaseapp.com",
            "cloudfunctions.net",
            "googleapis.com",
            "googleusercontent.com",
            "amazonaws.com",
            "amazonaws.com.cn",
            "cloudfront.net",
            "elasticbeanstalk.com",
            "on.aws",
            "awsapprunner.com",
            "azurecr.io",
            "azurecr.cn",
            "azurecr.us",
            "azurewebsites.net",
            "azure.com",
            "azurefd.net",
            "azureedge.net",
            "windows.net",
            "github.io",
            "githubusercontent.com",
            "github.dev",
            "gitlab.io",
            "bitbucket.io",
            "netlify.app",
            "vercel.app",
            "pages.dev",
            "workers.dev",
            "trycloudflare.com",
            "herokuapp.com",
            "fly.dev",
            "fly.io",
            "onrender.com",
            "railway.app",
            "digitaloceanspaces.com",
            "ondigitalocean.app",
            "linodeobjects.com",
            "ngrok.io",
            "ngrok.app",
            "ngrok.dev",
            "ngrok-free.app",
            "ngrok-free.dev",
            "loca.lt",
            "nip.io",
            "sslip.io",
            "xip.io",
            "duckdns.org",
            "dyndns.org",
            "no-ip.org",
            "aliyuncs.com",
            "tencentcr.com",
            "tencentyun.com",
            "myqcloud.com",
            "myhuaweicloud.com",
            "oraclecloud.com",
            "ocir.io",
            "jfrog.io",
            "scw.cloud",
            "cloudsmith.io",
            "openshiftapps.com",
            "repl.co",
            "readthedocs.io",
            "surge.sh",
            "glitch.me",
            "deno.dev",
            "eu.org",
            "uk.com",
            "us.com",
            "de.com",
            "cloud.goog");
    private static final int LONGEST = 2048;

    /// @param allowed hosts of realms that a person has allowed
    /// @return empty where the realm is no address that may be asked at all
    static Optional<TokenRealm> of(Host registry, String realm, Set<Host> allowed) {
        try {
            URI address = new URI(realm);
            boolean tls = "https".equalsIgnoreCase(address.getScheme());
            boolean plain = "http".equalsIgnoreCase(address.getScheme());
            if (realm.length() > LONGEST
                    || (!tls && !plain)
                    || address.getHost() == null
                    || address.getRawUserInfo() != null
                    || address.getRawFragment() != null) {
                return Optional.empty();
            }
            Host host = new Host(address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort()));
            boolean named = allowed.contains(host) || allowed.contains(new Host(address.getHost()));
            boolean sealed = tls || host.isLoopback() || host.equals(registry);
            boolean trusted = sealed && (named || isSameOwner(registry, host));
            return Optional.of(new TokenRealm(address, host, trusted));
        } catch (URISyntaxException | InvalidNameException e) {
            return Optional.empty();
        }
    }

    static boolean isSameOwner(Host registry, Host realm) {
        String a = registry.address();
        String b = realm.address();
        if (a.equals(b) || (registry.isLoopback() && realm.isLoopback())) {
            return true;
        }
        String owner = owner(a);
        return !owner.isEmpty() && owner.equals(owner(b));
    }

    /// The part of a name that has one owner, or empty where that can't be told.
    private static String owner(String name) {
        if (isAddress(name)) {
            return "";
        }
        String two = lastLabels(name, 2);
        if (two.isEmpty() || SHARED.contains(two) || SHARED.contains(lastLabels(name, 3))) {
            return "";
        }
        return isPublicSuffix(two) ? lastLabels(name, 3) : two;
    }

    /// Whether it looks like `co.uk` or `com.au`: a short word below a country.
    private static boolean isPublicSuffix(String two) {
        int dot = two.indexOf('.');
        return two.length() - dot - 1 == 2
                && (dot <= 3 || Set.of("gouv", "govt", "info", "asso").contains(two.substring(0, dot)));
    }

    private static String lastLabels(String name, int count) {
        int at = name.length();
        for (int i = 0; i < count; i++) {
            at = name.lastIndexOf('.', at - 1);
            if (at < 0) {
                return i == count - 1 ? name : "";
            }
        }
        return name.substring(at + 1);
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || Character.isDigit(name.charAt(name.length() - 1));
    }
}
