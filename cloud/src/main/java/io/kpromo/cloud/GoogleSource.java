// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import com.google.auth.http.HttpTransportFactory;
import io.kpromo.files.store.access.AccessToken;
import io.kpromo.files.store.access.Remembered;
import io.kpromo.files.store.access.TokenSignIn;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.CredentialSource;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Google's access tokens: those of application default credentials, or else of gcloud.
///
/// A token is given to the registries as it is, as Artifact Registry's manual shows it ("Docker Registry HTTP
/// API"): that saves a token of the registry's own for each repository. All hosts of Google share one. Whether
/// there is any is found out once; the way that had one is asked again shortly before it expires.
final class GoogleSource implements CredentialSource {
    /// The scope that Artifact Registry knows; roles decide what may be done with it.
    static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final List<GoogleWay> ways;
    private final Consumer<String> remarks;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable GoogleWay chosen;
    private GoogleWay.@Nullable Got token;
    private boolean nothing;
    private final RecentFailure<String> failures;

    GoogleSource(List<GoogleWay> ways, Consumer<String> remarks, Time time) {
        this.ways = List.copyOf(ways);
        this.remarks = remarks;
        this.time = time;
        this.failures = new RecentFailure<>(time);
    }

    /// In the order of Google's own tools: the file that was named, the one that gcloud wrote for applications, the
    /// account of the machine, and then gcloud itself.
    static List<GoogleWay> waysOf(Surroundings around, HttpTransportFactory web, Time time) {
        List<GoogleWay> ways = new ArrayList<>();
        around.variable(GoogleFile.NAMED).ifPresent(file -> ways.add(new GoogleFile(Path.of(file), true, web, time)));
        around.variable("CLOUDSDK_CONFIG")
                .map(Path::of)
                .or(() -> around.home().map(home -> home.resolve(".config").resolve("gcloud")))
                .map(folder -> folder.resolve("application_default_credentials.json"))
                .ifPresent(file -> ways.add(new GoogleFile(file, false, web, time)));
        ways.add(new GoogleMetadata(around, time));
        ways.add(new Gcloud(around, time));
        return ways;
    }

    @Override
    public Optional<Credential> find(Host host, String path) throws InterruptedException {
        return GoogleHosts.contain(host)
                ? ask().map(got -> new Credential.RegistryToken(got.token(), Optional.of(got.expires())))
                : Optional.empty();
    }

    private GoogleWay.Got required() throws InterruptedException {
        return ask().orElseThrow(() -> new OciException("there are no Google credentials; to sign in: gcloud auth"
                + " application-default login, or set " + GoogleFile.NAMED));
    }

    /// It was refused before its time, so another is asked for.
    void forget(Secret refused) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            GoogleWay.Got known = token;
            if (known != null && known.token().equals(refused)) {
                token = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Shows an access token to Google's other services.
    SignIn signIn() {
        return new TokenSignIn(new Remembered<>(
                refused -> {
                    if (refused.isPresent()) {
                        forget(refused.get().text());
                    }
                    GoogleWay.Got got = required();
                    return new AccessToken(got.token(), got.expires());
                },
                time::now));
    }

    /// A token of this machine's.
    ///
    /// @param account whose it is, where that is known
    record Own(GoogleWay.Got token, Optional<String> account) {}

    /// The token and whose it is; empty where there is none.
    Optional<Own> own() throws InterruptedException {
        Optional<GoogleWay.Got> got = ask();
        GoogleWay way = chosen;
        return got.isEmpty() || way == null ? Optional.empty() : Optional.of(new Own(got.get(), way.account()));
    }

    private Optional<GoogleWay.Got> ask() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return failures.unless("token", this::token);
        } finally {
            lock.unlock();
        }
    }

    private Optional<GoogleWay.Got> token() throws InterruptedException {
        GoogleWay.Got known = token;
        if (known != null && time.now().isBefore(known.expires().minus(MARGIN))) {
            return Optional.of(known);
        }
        GoogleWay way = chosen;
        Optional<GoogleWay.Got> found = way != null ? Optional.of(again(way)) : nothing ? Optional.empty() : first();
        token = found.orElse(null);
        return found;
    }

    private static GoogleWay.Got again(GoogleWay way) throws InterruptedException {
        return switch (way.ask()) {
            case GoogleWay.Got got -> got;
            case GoogleWay.Absent absent -> throw new OciException("the Google credentials are gone: " + absent.why());
            case GoogleWay.Refused refused -> throw refusal(refused);
        };
    }

    private Optional<GoogleWay.Got> first() throws InterruptedException {
        List<String> tried = new ArrayList<>();
        for (GoogleWay way : ways) {
            switch (way.ask()) {
                case GoogleWay.Got got -> {
                    chosen = way;
                    return Optional.of(got);
                }
                case GoogleWay.Absent absent -> tried.add(absent.why());
                case GoogleWay.Refused refused -> {
                    if (refused.named()) {
                        throw refusal(refused);
                    }
                    tried.add(refused.why());
                }
            }
        }
        nothing = true;
        remarks.accept("Google is asked without credentials, for there are none: " + String.join("; ", tried)
                + " (to sign in: gcloud auth application-default login)");
        return Optional.empty();
    }

    private static OciException refusal(GoogleWay.Refused refused) {
        return new OciException("no Google credentials: " + refused.why());
    }
}
