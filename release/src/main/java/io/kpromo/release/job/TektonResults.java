// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.job;

import io.kpromo.oci.OciException;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.release.config.PromotionJob;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The runs of a pipeline of Tekton, as its Results API (v1alpha2, "List Records") tells them: to anybody, or to
/// whom its host's token lets in.
final class TektonResults {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Pages pages;
    private final PromotionJob.Tekton job;

    TektonResults(Pages pages, PromotionJob.Tekton job) {
        this.pages = pages;
        this.job = job;
    }

    Optional<JobRun> newest() throws InterruptedException {
        String base = job.results().toString().replaceAll("/+$", "");
        String filter = "data_type == \"tekton.dev/v1.PipelineRun\" && data.spec.pipelineRef.name == \""
                + job.pipeline().replaceAll("[\"\\\\]", "") + "\"";
        URI list = URI.create(base + "/apis/results.tekton.dev/v1alpha2/parents/" + encoded(job.namespace())
                + "/results/-/records?order_by=" + encoded("create_time desc") + "&page_size=1&filter="
                + encoded(filter));
        return asked(list, base).flatMap(text -> newest(text, base));
    }

    private Optional<String> asked(URI list, String base) throws InterruptedException {
        try {
            return pages.text(list, "find the newest run of pipeline " + job.pipeline());
        } catch (RegistryException e) {
            if (e.status() == 401 || e.status() == 403) {
                throw new OciException(
                        e.getMessage() + "; set TEKTON_RESULTS_TOKEN to a token that may read records, and"
                                + " TEKTON_RESULTS_URL to " + base + ", where it is meant to go",
                        e);
            }
            throw e;
        }
    }

    private Optional<JobRun> newest(String text, String base) {
        try {
            JsonNode record = JSON.readTree(text).path("records").path(0);
            if (record.isMissingNode()) {
                return Optional.empty();
            }
            byte[] value =
                    Base64.getDecoder().decode(record.path("data").path("value").asString(""));
            JsonNode run = JSON.readTree(value);
            String name = run.path("metadata").path("name").asString("");
            URI log = URI.create(base + "/apis/results.tekton.dev/v1alpha2/parents/"
                    + record.path("name").asString("").replaceAll("[^A-Za-z0-9/._-]", ""));
            return Optional.of(new JobRun(name, "run " + name, state(run), log));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new OciException(base + " answered with what is no list of records: " + e.getMessage(), e);
        }
    }

    /// Knative's condition "Succeeded" is `Unknown` while a run goes on.
    private static JobRun.State state(JsonNode run) {
        for (JsonNode condition : run.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals("Succeeded")) {
                return switch (condition.path("status").asString("")) {
                    case "True" -> JobRun.State.SUCCEEDED;
                    case "False" -> JobRun.State.FAILED;
                    default -> JobRun.State.RUNNING;
                };
            }
        }
        return JobRun.State.RUNNING;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
