// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.s3.AmazonSignIn;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Time;
import io.kpromo.release.dependencies.AmazonUpstreams;
import io.kpromo.release.dependencies.AmazonUpstreams.Question;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.key.HashKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The way to Amazon's services for who this machine is, in the region that it is set up for. Nothing of Amazon's
/// libraries is loaded where the environment holds keys.
record AmazonServices(Session session, Map<String, String> environment, Time time) implements AmazonUpstreams.Door {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LARGEST = 64 << 20;

    @Override
    public byte[] ask(Question question) throws InterruptedException {
        String region = Optional.ofNullable(environment.get("AWS_REGION"))
                .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION")))
                .orElseThrow(() ->
                        new OciException("cannot " + question.why() + ": in which region of Amazon? set AWS_REGION"));
        URI address = address(question.service(), region);
        AccessKeys keys = keys(region);
        Map<String, String> headers = new TreeMap<>(question.headers());
        byte[] body = question.body().getBytes(StandardCharsets.UTF_8);
        headers.put("x-amz-date", WHEN.format(time.now()));
        headers.put("x-amz-content-sha256", HashKind.SHA256.of(Bytes.of(body)).hex());
        keys.session().ifPresent(token -> headers.put("x-amz-security-token", token.reveal()));
        Request request = new Request(
                new Host(address.getRawAuthority().toLowerCase(Locale.ROOT)),
                body.length == 0 ? Method.GET : Method.POST,
                URI.create(address + question.path()),
                headers,
                body.length == 0 ? Optional.empty() : Optional.of(Body.of(body)),
                Kind.GET_FILE,
                List.of(),
                question.why());
        return session.transport()
                .send(new Asked(request, AmazonSignIn.of(address.getRawAuthority(), keys, region, question.service())));
    }

    private URI address(String service, String region) {
        String home = "https://" + service + "." + region
                + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
        String instead = Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT)))
                .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")))
                .orElse(home);
        return URI.create(instead.replaceFirst("/+$", ""));
    }

    private AccessKeys keys(String region) throws InterruptedException {
        Optional<AccessKeys> here = AccessKeys.of(environment);
        if (here.isPresent()) {
            return here.get();
        }
        return session.clouds().find(CloudAccess.Provider.class).stream()
                .findFirst()
                .orElseThrow(() -> new OciException("the libraries of Amazon are not there; install the whole"
                        + " distribution, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"))
                .open(environment, Optional.ofNullable(environment.get("HOME")).map(Path::of), session.transport())
                .amazon(region);
    }

    private record Asked(Request request, SignIn as) implements Call<byte[]> {
        @Override
        public Optional<SignIn> signIn() {
            return Optional.of(as);
        }

        @Override
        public byte[] read(Response response) throws IOException {
            return response.body().readNBytes(LARGEST);
        }
    }
}
