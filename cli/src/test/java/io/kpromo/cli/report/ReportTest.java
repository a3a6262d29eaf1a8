// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.cli.report.ReportModel.Finding;
import io.kpromo.cli.report.ReportModel.Result;
import io.kpromo.cli.report.ReportModel.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script>\"'&{{data}}";

    @Test
    void theHtmlHoldsTheSameDataAsTheJson() {
        ReportModel report = SampleReports.sample(24, 10, Result.FAILED);
        assertThat(embedded(ReportHtml.text(report)))
                .isEqualTo(JsonMapper.shared().readTree(ReportJson.text(report)));
    }

    @Test
    void hostileNamesStayNames() {
        ReportModel sample = SampleReports.sample(2, 2, Result.FAILED);
        List<Row> rows = new ArrayList<>(sample.rows());
        rows.add(new Row(HOSTILE, HOSTILE, List.of(HOSTILE), "cc"));
        List<Finding> findings = List.of(
                new Finding(Mark.FAILED, HOSTILE, HOSTILE, HOSTILE, List.of(HOSTILE), HOSTILE, HOSTILE, HOSTILE));
        String html = ReportHtml.text(new ReportModel(
                sample.run(),
                sample.subject(),
                sample.edges(),
                List.of(HOSTILE, "b"),
                rows,
                findings,
                new Proofs(
                        1,
                        List.of(new Proof(
                                Proof.State.FAILED,
                                HOSTILE,
                                HOSTILE,
                                HOSTILE,
                                List.of(HOSTILE),
                                List.of(HOSTILE),
                                HOSTILE))),
                sample.requests(),
                sample.transfer(),
                sample.timings()));
        assertThat(html.split("<script", -1)).hasSize(3); // the data and the program
        assertThat(html.split("</script", -1)).hasSize(3);
        assertThat(html).doesNotContain("<script>alert");
        JsonNode data = embedded(html);
        assertThat(data.at("/matrix/images/2/image").asString()).isEqualTo(HOSTILE);
        assertThat(data.at("/findings/0/why").asString()).isEqualTo(HOSTILE);
    }

    @Test
    void proofsOfFilesAreHeadedAsFiles() {
        Proofs proofs = new Proofs(
                1, List.of(new Proof(Proof.State.FAILED, "r.example/a", "", "a", List.of(), List.of(), "no")));
        assertThat(new ProofHtml(Subject.FILE, proofs, text -> text).section())
                .contains("(files)", "<th scope=col>File<")
                .doesNotContain("mage");
        assertThat(new ProofHtml(Subject.IMAGE, proofs, text -> text).section())
                .contains("(images)", "<th scope=col>Image<");
    }

    @Test
    void nothingIsFetchedFromAnywhere() {
        String html = ReportHtml.text(SampleReports.sample(3, 3, Result.DONE));
        assertThat(html)
                .contains("default-src 'none'")
                .doesNotContain("http://")
                .doesNotContain("https://");
    }

    @Test
    void whatMattersIsReadableWithoutScripts() {
        ReportModel report = SampleReports.sample(24, 10, Result.FAILED);
        String html = ReportHtml.text(report);
        String page = html.substring(0, html.indexOf("<script"));
        assertThat(page).contains("1 edge failed").contains("<noscript>");
        report.findings().forEach(finding -> assertThat(page).contains(finding.destination()));
        assertThat(page).contains("put-manifest".replace('-', ' '));
    }

    @Test
    void aMillionCellsStayAFileThatABrowserOpens() {
        String html = ReportHtml.text(SampleReports.sample(20_000, 40, Result.FAILED));
        assertThat(html.length()).isLessThan(6_000_000);
    }

    @Test
    void theJsonNamesEveryMarkThatItUses() {
        JsonNode report = JsonMapper.shared().readTree(ReportJson.text(SampleReports.sample(24, 10, Result.FAILED)));
        String letters = Arrays.stream(Mark.values())
                .map(m -> String.valueOf(m.letter()))
                .collect(Collectors.joining());
        for (JsonNode image : report.at("/matrix/images")) {
            assertThat(image.at("/cells").asString()).hasSize(10).matches("[" + letters + "]*");
        }
        assertThat(report.at("/schema").asString()).isEqualTo("kpromo.report/1");
        assertThat(report.at("/edges/total").asLong()).isPositive();
    }

    private static JsonNode embedded(String html) {
        String start = "<script type=\"application/json\" id=\"data\">";
        int from = html.indexOf(start) + start.length();
        return JsonMapper.shared().readTree(html.substring(from, html.indexOf("</script>", from)));
    }
}
