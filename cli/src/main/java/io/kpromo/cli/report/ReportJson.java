// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

import io.kpromo.cli.report.ReportModel.Finding;
import io.kpromo.cli.report.ReportModel.Requests;
import io.kpromo.cli.report.ReportModel.Row;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The report as JSON; docs/reports.md says what each field means. Fields may be added; none changes its meaning
/// while `schema` stays the same.
public final class ReportJson {
    private static final String SCHEMA = "kpromo.report/1";

    private final JsonGenerator json;

    private final Subject subject;

    private ReportJson(JsonGenerator json, Subject subject) {
        this.json = json;
        this.subject = subject;
    }

    public static String text(ReportModel report) {
        StringWriter text = new StringWriter();
        write(report, text);
        return text.toString();
    }

    public static void write(ReportModel report, Writer to) {
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), to)) {
            new ReportJson(json, report.subject()).report(report);
        }
    }

    private void report(ReportModel report) {
        json.writeStartObject();
        json.writeStringProperty("schema", SCHEMA);
        json.writeStringProperty("subject", subject.noun());
        run(report);
        edges(report);
        json.writeName("findings");
        list(report.findings(), this::finding);
        matrix(report);
        proofs(report.proofs());
        json.writeName("requests");
        list(report.requests(), this::requests);
        json.writeObjectPropertyStart("bytes");
        json.writeNumberProperty("read", report.transfer().read());
        json.writeNumberProperty("sent", report.transfer().sent());
        json.writeNumberProperty("mounted", report.transfer().mounted());
        json.writeEndObject();
        json.writeObjectPropertyStart("milliseconds");
        json.writeNumberProperty("parse", report.timings().parse());
        json.writeNumberProperty("observe", report.timings().observe());
        json.writeNumberProperty("execute", report.timings().execute());
        json.writeNumberProperty("total", report.timings().total());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void run(ReportModel report) {
        ReportModel.Run run = report.run();
        json.writeObjectPropertyStart("kpromo");
        json.writeStringProperty("version", run.version());
        json.writeStringProperty("commit", run.commit());
        json.writeEndObject();
        texts("arguments", run.arguments());
        json.writeStringProperty("started", run.started().toString());
        json.writeStringProperty("ended", run.ended().toString());
        json.writeBooleanProperty("confirmed", run.confirmed());
        json.writeStringProperty("result", run.result().key());
    }

    private void edges(ReportModel report) {
        json.writeObjectPropertyStart("edges");
        json.writeNumberProperty("total", report.allEdges());
        for (Mark mark : Mark.values()) {
            if (mark != Mark.NONE) {
                json.writeNumberProperty(mark.key(), report.edges(mark));
            }
        }
        json.writeEndObject();
    }

    private void finding(Finding finding) {
        json.writeStringProperty("outcome", finding.mark().key());
        json.writeStringProperty(subject.noun(), finding.name());
        json.writeStringProperty("destination", finding.destination());
        json.writeStringProperty("digest", finding.digest());
        texts("tags", finding.tags());
        json.writeStringProperty("place", finding.place());
        json.writeStringProperty("why", finding.why());
        json.writeStringProperty("advice", finding.advice());
    }

    private void matrix(ReportModel report) {
        json.writeObjectPropertyStart("matrix");
        json.writeObjectPropertyStart("legend");
        for (Mark mark : Mark.values()) {
            json.writeStringProperty(String.valueOf(mark.letter()), mark.key());
        }
        json.writeEndObject();
        texts("destinations", report.destinations());
        json.writeName(subject.nouns());
        list(report.rows(), this::row);
        json.writeEndObject();
    }

    private void proofs(Proofs proofs) {
        json.writeObjectPropertyStart("proofs");
        json.writeNumberProperty("complete", proofs.complete());
        for (Proof.State state : Proof.State.values()) {
            json.writeNumberProperty(state.key(), proofs.count(state));
        }
        json.writeName("images");
        list(proofs.others(), this::proof);
        json.writeEndObject();
    }

    private void proof(Proof proof) {
        json.writeStringProperty("state", proof.state().key());
        json.writeStringProperty("image", proof.image());
        json.writeStringProperty("digest", proof.digest());
        json.writeStringProperty("name", proof.name());
        texts("tags", proof.tags());
        texts("pieces", proof.pieces());
        json.writeStringProperty("why", proof.why());
    }

    private void row(Row row) {
        json.writeStringProperty(subject.noun(), row.name());
        json.writeStringProperty("digest", row.digest());
        texts("tags", row.tags());
        json.writeStringProperty("cells", row.cells());
    }

    private void requests(Requests requests) {
        json.writeStringProperty("host", requests.host());
        json.writeStringProperty("kind", requests.kind());
        json.writeNumberProperty("count", requests.count());
        json.writeNumberProperty("again", requests.again());
        json.writeNumberProperty("sent", requests.sent());
        json.writeNumberProperty("received", requests.received());
    }

    private <T> void list(List<T> items, java.util.function.Consumer<T> fields) {
        json.writeStartArray();
        for (T item : items) {
            json.writeStartObject();
            fields.accept(item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void texts(String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }
}
