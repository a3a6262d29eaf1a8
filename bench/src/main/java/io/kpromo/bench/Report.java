// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.proxy.Passed;
import io.kpromo.bench.proxy.RequestKind;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The figures: as lines while they come in, as bounds at the end, as JSON for who wants to keep them.
final class Report {
    private final PrintStream out;
    private final Map<String, List<Map<String, Object>>> figures = new LinkedHashMap<>();
    private final List<Bound> bounds = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(text.length()));
    }

    void line(String text) {
        out.println(text);
    }

    void bound(Bound bound) {
        bounds.add(bound);
        out.println("  " + bound);
    }

    /// Keeps a figure for the JSON file.
    void keep(String part, Map<String, Object> figure) {
        figures.computeIfAbsent(part, _ -> new ArrayList<>()).add(figure);
    }

    void promotion(Promotion p) {
        out.printf(
                Locale.ROOT,
                "%-8s %3d ms%s: %6d requests, source read %5.2f times, %7.2f s wall, CPU %6.2f s"
                        + " (registries %.2f, proxy %.2f, strangers %.2f, processors %.0f %% busy), peak %d MiB,"
                        + " %d of %d edges right%n",
                p.program(),
                p.delayMillis(),
                p.rerun() ? " again" : "      ",
                p.requests(),
                p.sourceReads(),
                p.wallSeconds(),
                p.run().cpu().toMillis() / 1000.0,
                p.registriesCpu().toMillis() / 1000.0,
                p.proxyCpu().toMillis() / 1000.0,
                p.strangersCpuSeconds(),
                100 * p.busy(),
                p.run().peakResident() >> 20,
                p.edgesInPlace(),
                p.edges());
        out.println("           source  " + kinds(p.source()));
        out.println("           mirrors " + kinds(p.mirrors()));
        if (p.run().exit() != 0) {
            out.println("           FAILED  " + p.run().output().strip());
        }
        Map<String, Object> figure = new LinkedHashMap<>();
        figure.put("program", p.program());
        figure.put("registry", p.registry());
        figure.put("delayMillis", p.delayMillis());
        figure.put("rerun", p.rerun());
        figure.put("requests", p.requests());
        figure.put("sourceReads", p.sourceReads());
        figure.put("wallSeconds", p.wallSeconds());
        figure.put("cpuSeconds", p.run().cpu().toMillis() / 1000.0);
        figure.put("registriesCpuSeconds", p.registriesCpu().toMillis() / 1000.0);
        figure.put("proxyCpuSeconds", p.proxyCpu().toMillis() / 1000.0);
        figure.put("strangersCpuSeconds", p.strangersCpuSeconds());
        figure.put("processorsBusy", p.busy());
        figure.put("peakResidentBytes", p.run().peakResident());
        figure.put("edgesInPlace", p.edgesInPlace());
        figure.put("edges", p.edges());
        figure.put("source", p.source().requests());
        figure.put("mirrors", p.mirrors().requests());
        keep("yardstick", figure);
    }

    private static String kinds(Passed passed) {
        List<String> words = new ArrayList<>();
        for (RequestKind kind : RequestKind.values()) {
            if (passed.of(kind) > 0) {
                words.add(kind + " " + passed.of(kind));
            }
        }
        if (!passed.failures().isEmpty()) {
            words.add("refused " + passed.failures());
        }
        return String.join(", ", words);
    }

    List<Bound> bounds() {
        return List.copyOf(bounds);
    }

    void write(Path json) {
        Map<String, Object> all = new LinkedHashMap<>(figures);
        all.put("bounds", bounds.stream().map(Report::asJson).toList());
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(json, all);
    }

    private static Map<String, Object> asJson(Bound bound) {
        Map<String, Object> figure = new LinkedHashMap<>();
        figure.put("what", bound.what());
        figure.put("measured", bound.measured());
        figure.put("limit", bound.limit());
        figure.put("unit", bound.unit());
        figure.put("met", bound.met());
        return figure;
    }
}
