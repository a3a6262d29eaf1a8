// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.Host;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the tokens of an Amazon registry come from. Registries of all accounts in a region share one.
///
/// @param region where its service is
/// @param shared whether it is `public.ecr.aws`, which everybody may read
/// @param api the host of the service
record EcrHost(String region, boolean shared, String api) {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}\\.dkr[.-]ecr(-fips)?\\.([a-z0-9-]{1,40})\\.(.+)");

    /// What follows the region in a registry's name, and before and after it in the service's. Names that end in
    /// `on.aws` are those that IPv6 reaches too.
    private static final Map<String, String> SERVICES = Map.of(
            "amazonaws.com", "api.ecr%s.%s.amazonaws.com",
            "amazonaws.com.cn", "api.ecr%s.%s.amazonaws.com.cn",
            "amazonaws.eu", "api.ecr%s.%s.amazonaws.eu",
            "sc2s.sgov.gov", "api.ecr%s.%s.sc2s.sgov.gov",
            "c2s.ic.gov", "api.ecr%s.%s.c2s.ic.gov",
            "on.aws", "ecr%s.%s.api.aws",
            "on.amazonwebservices.com.cn", "ecr%s.%s.api.amazonwebservices.com.cn");

    static Optional<EcrHost> of(Host host) {
        if (host.port(443) != 443) {
            return Optional.empty();
        }
        String name = host.address();
        if (name.equals("public.ecr.aws") || name.equals("ecr-public.aws.com")) {
            return Optional.of(new EcrHost("us-east-1", true, "api.ecr-public.us-east-1.amazonaws.com"));
        }
        Matcher parts = ACCOUNT.matcher(name);
        if (!parts.matches() || !SERVICES.containsKey(parts.group(3))) {
            return Optional.empty();
        }
        String pattern = SERVICES.getOrDefault(parts.group(3), "");
        boolean fips = parts.group(1) != null;
        // The FIPS endpoints are called ecr-fips.REGION, without "api".
        String api =
                (fips ? pattern.replace("api.ecr", "ecr") : pattern).formatted(fips ? "-fips" : "", parts.group(2));
        return Optional.of(new EcrHost(parts.group(2), false, api));
    }

    /// As signatures name the service.
    String service() {
        return shared ? "ecr-public" : "ecr";
    }

    /// The operation, as the service's protocol (AWS JSON 1.1) names it.
    String operation() {
        return (shared ? "SpencerFrontendService" : "AmazonEC2ContainerRegistry_V20150921") + ".GetAuthorizationToken";
    }

    /// The service's address, or the one that the environment puts in its place, as Amazon's tools do.
    URI address(Surroundings around) {
        if (around.isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
            return URI.create("https://" + api + "/");
        }
        return URI.create(around.variable(shared ? "AWS_ENDPOINT_URL_ECR_PUBLIC" : "AWS_ENDPOINT_URL_ECR")
                .or(() -> around.variable("AWS_ENDPOINT_URL"))
                .orElse("https://" + api + "/"));
    }
}
