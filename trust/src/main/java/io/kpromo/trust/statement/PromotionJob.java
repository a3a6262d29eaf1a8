// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.trust.json.Json;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The job of Prow that promotes.
///
/// @param type for example `postsubmit`
public record PromotionJob(String name, String type, String buildId, String prowJobId) {
    /// As Prow says it: `JOB_NAME`, `JOB_TYPE`, `BUILD_ID`, `PROW_JOB_ID`. Empty where the first is not set.
    public static Optional<PromotionJob> of(Map<String, String> environment) {
        return Optional.of(new PromotionJob(
                        environment.getOrDefault("JOB_NAME", ""),
                        environment.getOrDefault("JOB_TYPE", ""),
                        environment.getOrDefault("BUILD_ID", ""),
                        environment.getOrDefault("PROW_JOB_ID", "")))
                .filter(job -> !job.name.isEmpty());
    }

    static PromotionJob read(Json json) {
        return new PromotionJob(
                json.optionalText("name").orElse(""),
                json.optionalText("type").orElse(""),
                json.optionalText("buildId").orElse(""),
                json.optionalText("prowJobId").orElse(""));
    }

    void write(ObjectNode json) {
        Written.text(json, "name", name);
        Written.text(json, "type", type);
        Written.text(json, "buildId", buildId);
        Written.text(json, "prowJobId", prowJobId);
    }
}
