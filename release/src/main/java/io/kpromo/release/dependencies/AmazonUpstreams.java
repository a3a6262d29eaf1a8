// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.oci.OciException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Questions to Amazon's services and what their answers say. Who asks, and where, is up to [Door].
public final class AmazonUpstreams implements Upstreams.Amazon {
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String JSON = "application/x-amz-json-1.1";
    private static final int MOST_PAGES = 100;
    /// Of each image the id comes first (Amazon EC2 API Reference, `Image`).
    private static final Pattern IMAGE =
            Pattern.compile("<imageId>([^<]{1,100})</imageId>|<creationDate>([^<]{1,100})</creationDate>");

    private final Door door;
    private final JsonMapper json = new JsonMapper();

    public AmazonUpstreams(Door door) {
        this.door = door;
    }

    /// The way to Amazon.
    @FunctionalInterface
    public interface Door {
        /// Signs a question and sends it.
        ///
        /// @return the body of the answer
        /// @throws OciException when the service refuses it or nobody is signed in
        byte[] ask(Question question) throws InterruptedException;
    }

    /// A question.
    ///
    /// @param service as it is called in addresses and signatures: `ec2`
    /// @param path with its query, percent-encoded and sorted
    /// @param headers in lower case
    /// @param body empty for a `GET`
    /// @param why it is asked
    public record Question(String service, String path, Map<String, String> headers, String body, String why) {}

    @Override
    public String image(Upstream.Ami of) throws InterruptedException {
        String body = "Action=DescribeImages&Version=2016-11-15&Owner.1=" + escaped(of.owner())
                + "&Filter.1.Name=name&Filter.1.Value.1=" + escaped(of.name());
        String what = "machine images " + of.name() + " of " + of.owner();
        Matcher found = IMAGE.matcher(
                text(door.ask(new Question("ec2", "/", Map.of("content-type", FORM), body, "find " + what))));
        String id = "";
        String newest = "";
        String newestDate = "";
        while (found.find()) {
            if (found.group(1) != null) {
                id = found.group(1);
            } else if (found.group(2).compareTo(newestDate) > 0) {
                newestDate = found.group(2);
                newest = id;
            }
        }
        if (newest.isEmpty()) {
            throw new OciException("Amazon has no " + what);
        }
        return newest;
    }

    @Override
    public String parameter(Upstream.Ssm of) throws InterruptedException {
        Question question = new Question(
                "ssm",
                "/",
                Map.of("content-type", JSON, "x-amz-target", "AmazonSSM.GetParameter"),
                json.createObjectNode().put("Name", of.path()).toString(),
                "read the parameter " + of.path());
        String value = tree(question).path("Parameter").path("Value").asString("");
        if (value.isBlank()) {
            throw new OciException("Amazon's parameter " + of.path() + " has no value");
        }
        return value;
    }

    @Override
    public List<String> addon(Upstream.EksAddon of) throws InterruptedException {
        List<String> versions = new ArrayList<>();
        String next = "";
        for (int page = 0; page == 0 || (!next.isEmpty() && page < MOST_PAGES); page++) {
            String query = "addonName=" + escaped(of.addon())
                    + (of.kubernetesVersion().isEmpty() ? "" : "&kubernetesVersion=" + escaped(of.kubernetesVersion()))
                    + "&maxResults=100" + (next.isEmpty() ? "" : "&nextToken=" + escaped(next));
            JsonNode answer = tree(new Question(
                    "eks",
                    "/addons/supported-versions?" + query,
                    Map.of(),
                    "",
                    "find versions of the add-on " + of.addon()));
            for (JsonNode addon : answer.path("addons")) {
                for (JsonNode version : addon.path("addonVersions")) {
                    if (of.latest() || isRecommended(version)) {
                        versions.add(version.path("addonVersion").asString(""));
                    }
                }
            }
            next = answer.path("nextToken").asString("");
        }
        if (versions.isEmpty()) {
            throw new OciException("Amazon recommends no version of the add-on " + of.addon()
                    + "; set kubernetesVersion, or latest: true");
        }
        return versions;
    }

    private static boolean isRecommended(JsonNode version) {
        for (JsonNode compatibility : version.path("compatibilities")) {
            if (compatibility.path("defaultVersion").asBoolean(false)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode tree(Question question) throws InterruptedException {
        byte[] answer = door.ask(question);
        try {
            return json.readTree(answer);
        } catch (JacksonException e) {
            throw new OciException("cannot " + question.why() + ": Amazon's answer is no JSON", e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
