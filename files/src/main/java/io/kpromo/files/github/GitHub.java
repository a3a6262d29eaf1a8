// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// GitHub's releases, by its REST API. For use by many threads; its limits are waited for.
///
/// A token is shown to the API's host alone. Without one, files are downloaded as anybody does, which doesn't count
/// against the API's limit.
public final class GitHub {
    /// Where everybody's GitHub is; GitHub Enterprise has `https://HOST/api/v3`.
    public static final URI PUBLIC = URI.create("https://api.github.com");

    private static final int PAGE = 100;
    private static final int MOST_REFUSALS = 8;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");
    private static final Map<String, String> JSON = Map.of(
            "Accept", "application/vnd.github+json, application/json;q=0.9", "X-GitHub-Api-Version", "2022-11-28");

    private final Transport transport;
    private final URI api;
    private final Host host;
    private final SignIn signIn;
    private final boolean signedIn;
    private final RateLimits limits;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /// @param api the root of its API
    /// @throws StoreException when that is no address
    public GitHub(Transport transport, URI api, Optional<Secret> token, LimitListener listener, Time time) {
        this.transport = transport;
        this.api = api;
        this.host = host(api);
        this.signedIn = token.isPresent();
        this.signIn = token.map(secret -> SignIn.bearer(secret::reveal)).orElse(SignIn.nowhere());
        this.limits = new RateLimits(time, listener, signedIn);
    }

    private static Host host(URI api) {
        boolean web = "https".equals(api.getScheme()) || "http".equals(api.getScheme());
        if (!web || api.getRawAuthority() == null || api.getRawUserInfo() != null || api.getRawQuery() != null) {
            throw new StoreException(
                    "the address of GitHub's API is https://HOST[/PATH]; it holds no user and no query");
        }
        try {
            return new Host(api.getRawAuthority());
        } catch (InvalidNameException e) {
            throw new StoreException("the address of GitHub's API: " + e.getMessage(), e);
        }
    }

    /// For messages: `github.com`.
    public String name() {
        return api.equals(PUBLIC) ? "github.com" : host.name();
    }

    /// All releases that are published, newest first. One request a hundred.
    public List<Release> releases(GitHubRepository repository, boolean prereleases) throws InterruptedException {
        List<Release> all = new ArrayList<>();
        String why = "list releases of " + name() + "/" + repository;
        Optional<String> page = Optional.of(path(repository, "?per_page=" + PAGE));
        for (int pages = 0; page.isPresent(); pages++) {
            if (pages == 1000) {
                throw new StoreException(why + ": more than 1,000 pages");
            }
            String target = page.get();
            page = ask(why, () -> get(target, why), response -> {
                List<Release> some = new ArrayList<>();
                ReleaseJson.list(response.body(), some::add);
                some.stream()
                        .filter(release -> prereleases || !release.prerelease())
                        .forEach(all::add);
                return next(response);
            });
        }
        return all;
    }

    /// The release of one tag, prerelease or not. One request.
    public Release release(GitHubRepository repository, String tag) throws InterruptedException {
        String why = "look up release " + tag + " of " + name() + "/" + repository;
        String target = path(repository, "/tags/" + escaped(tag));
        return ask(why, () -> get(target, why), response -> ReleaseJson.one(response.body()))
                .orElseThrow(() -> new StoreException(why + ": it is a draft"));
    }

    /// Reads a file from where the intake stands, and on from there when the connection breaks.
    public void read(GitHubRepository repository, Asset asset, BlobIntake into) throws InterruptedException {
        String why = "download " + asset.name() + " of " + name() + "/" + repository;
        URI address = signedIn ? URI.create(api(path(repository, "/assets/" + asset.id()))) : page(asset, why);
        ask(why, () -> part(address, into, why), response -> {
            skip(response, into);
            into.take(response.body());
            return true;
        });
        if (signedIn) {
            limits.spent();
        }
    }

    /// How many requests GitHub takes, as far as it said.
    public Optional<Allowance> allowance() {
        return limits.allowance();
    }

    private <T> T ask(String why, Supplier<Request> request, ApiCall.Reader<T> reader) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            waitForLimits(why);
            switch (transport.send(new ApiCall<>(request, signIn, limits, tries, reader))) {
                case ApiCall.Reply.Found<T>(T what) -> {
                    return what;
                }
                case ApiCall.Reply.Missing<T>() ->
                    throw new StoreException(why + ": GitHub has no such thing"
                            + (signedIn
                                    ? ", or hides it from the account of this token"
                                    : ", or hides it from those who" + " don't sign in: set GITHUB_TOKEN"));
                case ApiCall.Reply.Refused<T>(int status, String said) ->
                    throw new StoreException(why + ": " + status + (said.isEmpty() ? "" : " " + said));
                case ApiCall.Reply.Limited<T>() -> {
                    if (tries == MOST_REFUSALS) {
                        throw new StoreException(
                                why + ": GitHub refused it " + tries + " times for its limits; try again later");
                    }
                }
            }
        }
    }

    /// Who comes while another waits, waits behind it, so that it is told of once.
    private void waitForLimits(String why) throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            limits.await(why);
        } finally {
            oneAtATime.unlock();
        }
    }

    private Request get(String target, String why) {
        return new Request(
                host, Method.GET, URI.create(api(target)), JSON, Optional.empty(), Kind.RELEASES, List.of(), why);
    }

    private static Request part(URI address, BlobIntake into, String why) {
        Request request = new Request(
                host(address),
                Method.GET,
                address,
                Map.of("Accept", "application/octet-stream"),
                Optional.empty(),
                Kind.GET_FILE,
                List.of(),
                why);
        return into.offset() == 0 ? request : request.with("Range", "bytes=" + into.offset() + "-");
    }

    /// A host without ranges sends everything again: what was taken already is passed over.
    private static void skip(Response response, BlobIntake into) throws IOException {
        if (response.status() != 206) {
            response.body().skipNBytes(into.offset());
        } else if (!response.header("Content-Range").orElse("").startsWith("bytes " + into.offset() + "-")) {
            throw new IOException("asked for bytes from " + into.offset() + ", got "
                    + response.header("Content-Range").orElse("others"));
        }
    }

    private URI page(Asset asset, String why) {
        URI page = asset.page();
        boolean fits =
                "https".equals(page.getScheme()) || ("http".equals(page.getScheme()) && "http".equals(api.getScheme()));
        if (!fits || page.getRawAuthority() == null || page.getRawUserInfo() != null) {
            throw new StoreException(why + ": GitHub says that it is at what is no address of a file");
        }
        return page;
    }

    private static String path(GitHubRepository repository, String more) {
        return "/repos/" + repository + "/releases" + more;
    }

    private String api(String target) {
        String base = api.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + target;
    }

    /// The next page, as a path below the API: one elsewhere is not asked for.
    private Optional<String> next(Response response) throws IOException {
        Matcher link = NEXT.matcher(String.join(", ", response.headers("Link")));
        if (!link.find()) {
            return Optional.empty();
        }
        String base = api("");
        String address = link.group(1);
        if (!address.startsWith(base + "/")) {
            throw new IOException("GitHub's link to the next page leads to another place");
        }
        return Optional.of(address.substring(base.length()));
    }

    private static String escaped(String tag) {
        return URLEncoder.encode(tag, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
