// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// The conformance suite of the OCI distribution specification, all its workflows, against `kpromo registry serve`.
@Tag("interop")
class ConformanceTest {
    @TempDir
    private Path folder;

    @Test
    void theEmbeddedRegistryPassesEveryTestOfTheSuite()
            throws IOException, InterruptedException, ParserConfigurationException, SAXException {
        Foreign suite = Foreign.program("conformance", folder);
        try (Server server = Server.Kind.KPROMO.start(folder.resolve("server"), Optional.empty())) {
            Map<String, String> settings = new TreeMap<>(Map.of(
                    "OCI_REGISTRY", server.host(),
                    "OCI_TLS", "disabled",
                    "OCI_RESULTS_DIR", folder.resolve("results").toString(),
                    "OCI_VERSION", "1.1",
                    // What the suite leaves out of a standard run, for it is optional:
                    "OCI_API_BLOBS_UPLOAD_CANCEL", "true",
                    "OCI_API_BLOBS_DIGEST_HEADER", "true",
                    "OCI_API_MANIFESTS_DIGEST_HEADER", "true",
                    "OCI_API_MANIFESTS_TAG_PARAM", "true"));
            suite.run(settings);
        }
        Element results = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("results/junit.xml").toFile())
                .getDocumentElement();

        assertThat(testsThatDidNot("passed", results)).isEmpty();
        assertThat(Integer.parseInt(results.getAttribute("tests"))).isGreaterThan(800);
    }

    /// Names of tests with another status; those that the suite keeps off by itself are left out.
    private static List<String> testsThatDidNot(String wanted, Element results) {
        List<String> names = new ArrayList<>();
        NodeList tests = results.getElementsByTagName("testcase");
        for (int i = 0; i < tests.getLength(); i++) {
            Element test = (Element) tests.item(i);
            String status = test.getAttribute("status");
            if (!status.equals(wanted) && !status.equals("disabled")) {
                names.add(status + ": " + test.getAttribute("name"));
            }
        }
        return names;
    }
}
