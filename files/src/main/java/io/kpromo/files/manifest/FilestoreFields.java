// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.Scheme;
import io.kpromo.files.store.Server;
import io.kpromo.files.store.access.ServiceAccount;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.YamlReader;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What stands in one item of `filestores`.
final class FilestoreFields {
    private static final Set<String> KEYS = Set.of("base", "service-account", "src", "endpoint", "profile");

    /// As sections of the AWS CLI's files can be called.
    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.,@/:+ -]{0,127}");

    /// What was written for a key, and where.
    private record Written(String text, Place place) {}

    private final YamlReader yaml;
    private Optional<Place> basedAt = Optional.empty();
    private Optional<Written> base = Optional.empty();
    private Optional<Written> endpoint = Optional.empty();
    private Optional<Written> profile = Optional.empty();
    private Optional<Written> serviceAccount = Optional.empty();
    private boolean source;

    FilestoreFields(YamlReader yaml) {
        this.yaml = yaml;
    }

    /// @return empty where something is wrong, which has been told
    Optional<Filestore> read() {
        Place item = yaml.place();
        boolean mapping = yaml.isMapping();
        yaml.mapping("a filestore", (key, place) -> {
            switch (key) {
                case "base" -> {
                    basedAt = Optional.of(yaml.place());
                    base = written(key);
                }
                case "endpoint" -> endpoint = written(key);
                case "profile" -> profile = written(key);
                case "service-account" -> serviceAccount = written(key).filter(found -> !found.text.isEmpty());
                case "src" -> source = yaml.bool("src").orElse(false);
                default -> yaml.unknownKey(key, place, KEYS);
            }
        });
        if (mapping && basedAt.isEmpty()) {
            yaml.problem(item, "a filestore without a base; add base: gs://bucket/path");
        }
        return base.flatMap(this::filestore);
    }

    private Optional<Written> written(String key) {
        Place place = yaml.place();
        return yaml.text(key).map(text -> new Written(text, place));
    }

    private Optional<Filestore> filestore(Written based) {
        try {
            Base plain = Base.parse(based.text);
            Optional<Server> server = endpoint.flatMap(this::server);
            checkProfile(plain);
            checkServer(plain);
            checkAccount(plain);
            return Optional.of(new Filestore(
                    server.map(plain::at).orElse(plain),
                    serviceAccount.map(Written::text),
                    profile.map(Written::text),
                    source,
                    based.place));
        } catch (InvalidNameException e) {
            yaml.problem(based.place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Server> server(Written address) {
        Optional<Server> server = Server.parse(address.text);
        if (server.isEmpty()) {
            yaml.problem(address.place, "an endpoint has to be " + Server.WANTED + ": https://minio.example:9000");
        }
        return server;
    }

    private void checkServer(Base bucket) {
        if (endpoint.isPresent() && bucket.scheme() != Scheme.S3 && bucket.scheme() != Scheme.GS) {
            yaml.problem(endpoint.get().place, "only s3:// and gs:// have an endpoint; remove it");
        }
        if (endpoint.isPresent() && bucket.scheme() == Scheme.GS && serviceAccount.isPresent()) {
            yaml.problem(
                    serviceAccount.get().place,
                    "what Google gives us is shown to Google alone, not to another endpoint; remove one of them");
        }
    }

    /// Other stores do not look at it.
    private void checkAccount(Base bucket) {
        if (bucket.scheme() != Scheme.GS || serviceAccount.isEmpty()) {
            return;
        }
        Written written = serviceAccount.get();
        try {
            new ServiceAccount(written.text);
        } catch (InvalidNameException e) {
            yaml.problem(written.place, String.valueOf(e.getMessage()));
        }
    }

    private void checkProfile(Base bucket) {
        if (profile.isEmpty()) {
            return;
        }
        Written written = profile.get();
        if (bucket.scheme() != Scheme.S3) {
            yaml.problem(written.place, "only s3:// has a profile; remove it");
        } else if (source) {
            yaml.problem(written.place, "a source is read as everybody may read it, without keys; remove it");
        } else if (!PROFILE.matcher(written.text).matches()) {
            yaml.problem(
                    written.place,
                    "a profile is the name of a section of ~/.aws/config; got " + YamlReader.quoted(written.text));
        }
    }
}
