// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.job;

import io.kpromo.oci.OciException;
import java.net.URI;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The runs of a job of Prow, in the folder that it writes: `latest-build.txt` names the newest, whose folder holds
/// `started.json` from its begin and `finished.json` from its end (Prow, "GCS layout").
final class ProwLogs {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Pages pages;
    private final URI folder;

    /// @param logs `https://…`, or `gs://bucket/folder`
    ProwLogs(Pages pages, URI logs) {
        this.pages = pages;
        String text = logs.toString();
        String web = text.startsWith("gs://") ? "https://storage.googleapis.com/" + text.substring(5) : text;
        this.folder = URI.create(web.endsWith("/") ? web : web + "/");
    }

    /// By https, with a slash at its end.
    URI folder() {
        return folder;
    }

    Optional<JobRun> newest() throws InterruptedException {
        Optional<String> latest = pages.text(folder.resolve("latest-build.txt"), "find the newest run of " + folder);
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        String id = latest.get().strip();
        if (!id.matches("[0-9]{1,30}")) {
            throw new OciException(folder + "latest-build.txt holds no number of a run");
        }
        URI log = folder.resolve(id + "/build-log.txt");
        Optional<String> finished = pages.text(folder.resolve(id + "/finished.json"), "read how run " + id + " ended");
        return Optional.of(
                new JobRun(id, "run " + id, finished.isEmpty() ? begun(id) : ended(finished.get(), id), log));
    }

    /// A run that did not begin yet is one that is waited for, too.
    private JobRun.State begun(String id) throws InterruptedException {
        pages.text(folder.resolve(id + "/started.json"), "read when run " + id + " began")
                .ifPresent(text -> json(text, id));
        return JobRun.State.RUNNING;
    }

    private JobRun.State ended(String text, String id) {
        JsonNode finished = json(text, id);
        boolean passed = finished.path("passed").asBoolean(false)
                || finished.path("result").asString("").equals("SUCCESS");
        return passed ? JobRun.State.SUCCEEDED : JobRun.State.FAILED;
    }

    private JsonNode json(String text, String id) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new OciException(folder + id + "/ holds what is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
