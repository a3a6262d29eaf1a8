// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The services that a Sigstore instance wants to be used: its `signing_config.json`, version 0.2.
///
/// @param logChoice how many of the logs get an entry
/// @param timestampChoice how many of the timestamp authorities are asked
public record SigningConfig(
        List<Service> authorities,
        List<Service> issuers,
        List<Service> logs,
        Choice logChoice,
        List<Service> timestampAuthorities,
        Choice timestampChoice) {
    private static final String TYPE = "application/vnd.dev.sigstore.signingconfig.v0.2+json";
    private static final int MOST = 1000;

    public SigningConfig {
        authorities = List.copyOf(authorities);
        issuers = List.copyOf(issuers);
        logs = List.copyOf(logs);
        timestampAuthorities = List.copyOf(timestampAuthorities);
    }

    /// A service for as long as it is offered.
    ///
    /// @param version of its API
    public record Service(URI address, int version, Validity validity, String operator) {}

    /// How many operators' services are used: all, or this many.
    public record Choice(boolean all, int count) {}

    /// @param where it comes from, for messages
    /// @throws TrustException where it is none
    public static SigningConfig parse(Bytes json, String where) {
        Json config = Json.read(where, json);
        if (!config.optionalText("mediaType").orElse("").equals(TYPE)) {
            throw config.wrong("is not of media type " + TYPE);
        }
        return new SigningConfig(
                services(config, "caUrls"),
                services(config, "oidcUrls"),
                services(config, "rekorTlogUrls"),
                choice(config, "rekorTlogConfig"),
                services(config, "tsaUrls"),
                choice(config, "tsaConfig"));
    }

    private static List<Service> services(Json config, String name) {
        List<Service> services = new ArrayList<>();
        for (Json service : config.list(name, MOST)) {
            String text = service.text("url");
            try {
                services.add(new Service(
                        new URI(text),
                        (int) service.number("majorApiVersion"),
                        TrustedRootReader.validity(service),
                        service.optionalText("operator").orElse(text)));
            } catch (URISyntaxException e) {
                throw service.wrong("has a url that is no address");
            }
        }
        return services;
    }

    private static Choice choice(Json config, String name) {
        Json choice = config.optionalObject(name).orElse(config);
        return switch (choice.optionalText("selector").orElse("ANY")) {
            case "ANY" -> new Choice(false, 1);
            case "ALL" -> new Choice(true, 0);
            case "EXACT" -> new Choice(false, (int) choice.number("count"));
            default -> throw choice.wrong("has a selector that is not known");
        };
    }

    /// The services to use now: of each operator the newest version that we know.
    ///
    /// @throws TrustException where there are not enough
    public SigningServices at(Instant now) {
        List<Service> authority = chosen("certificate authority", authorities, Set.of(1), now, new Choice(false, 1));
        List<SigningServices.LogService> log = chosen("log", logs, Set.of(1, 2), now, logChoice).stream()
                .map(service -> new SigningServices.LogService(service.address, service.version))
                .toList();
        List<URI> timestamp = timestampAuthorities.isEmpty()
                ? List.of()
                : chosen("timestamp authority", timestampAuthorities, Set.of(1), now, timestampChoice).stream()
                        .map(Service::address)
                        .toList();
        return new SigningServices(authority.getFirst().address, log, timestamp);
    }

    private static List<Service> chosen(
            String what, List<Service> services, Set<Integer> versions, Instant now, Choice choice) {
        Map<String, Service> newest = new LinkedHashMap<>();
        services.stream()
                .filter(service -> versions.contains(service.version) && service.validity.contains(now))
                .sorted(Comparator.comparingInt(Service::version).reversed())
                .forEach(service -> newest.putIfAbsent(service.operator, service));
        int wanted = choice.all ? Math.max(1, newest.size()) : choice.count;
        if (newest.size() < wanted) {
            throw new TrustException("the signing config offers " + newest.size() + " of the " + wanted + " " + what
                    + (wanted == 1 ? "" : " services") + " that are to be used, at " + now
                    + " and in a version that is known here");
        }
        return newest.values().stream().limit(wanted).toList();
    }
}
