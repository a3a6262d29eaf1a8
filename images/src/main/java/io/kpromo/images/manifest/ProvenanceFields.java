// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.trust.policy.Builder;
import io.kpromo.trust.policy.InvalidPolicyException;
import io.kpromo.trust.policy.ProvenancePolicy;
import io.kpromo.trust.policy.ProvenancePolicy.Mode;
import io.kpromo.trust.policy.Signer;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads what stands below `provenance`. A policy of which a part is wrong is none: half a policy would let through
/// what the whole one stops.
final class ProvenanceFields {
    private static final Set<String> KEYS = Set.of("mode", "signers", "builders", "sources", "predicateTypes", "level");
    private static final Set<String> BUILDER_KEYS = Set.of("id", "level", "signers");

    private final YamlReader yaml;
    private final Place place;
    private boolean broken;
    private Mode mode = Mode.OFF;
    private int level = 1;
    private final List<Signer> signers = new ArrayList<>();
    private final List<Builder> builders = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final List<String> predicateTypes = new ArrayList<>();

    /// @param place of the key
    ProvenanceFields(YamlReader yaml, Place place) {
        this.yaml = yaml;
        this.place = place;
    }

    /// @return empty where something is wrong, which has been told then
    Optional<PlacedPolicy> read() {
        if (!yaml.isMapping()) {
            broken = true;
        }
        yaml.mapping("provenance", (key, at) -> {
            switch (key) {
                case "mode" -> text("mode", this::mode);
                case "signers" -> texts("signers", text -> signers.add(Signer.parse(text)));
                case "builders" -> list("builders", this::builder);
                case "sources" -> texts("sources", text -> sources.add(notEmpty("source", text)));
                case "predicateTypes" ->
                    texts("predicateTypes", text -> predicateTypes.add(notEmpty("predicate type", text)));
                case "level" -> text("level", text -> level = level(text));
                default -> unknown(key, at, KEYS);
            }
        });
        return broken
                ? Optional.empty()
                : valid(place, () -> new ProvenancePolicy(mode, signers, builders, sources, predicateTypes, level))
                        .map(policy -> new PlacedPolicy(policy, place));
    }

    private void mode(String text) {
        mode = Arrays.stream(Mode.values())
                .filter(known -> known.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidPolicyException(
                        "unknown mode " + YamlReader.quoted(text) + "; want off, warn or require"));
    }

    private void builder() {
        Place item = yaml.place();
        List<String> id = new ArrayList<>();
        List<Integer> reached = new ArrayList<>();
        List<Signer> bound = new ArrayList<>();
        boolean before = broken;
        broken = !yaml.isMapping();
        boolean mapping = !broken;
        yaml.mapping("a builder", (key, at) -> {
            switch (key) {
                case "id" -> text("id", id::add);
                case "level" -> text("level", text -> reached.add(level(text)));
                case "signers" -> texts("signers", text -> bound.add(Signer.parse(text)));
                default -> unknown(key, at, BUILDER_KEYS);
            }
        });
        if (mapping && !broken && (id.isEmpty() || reached.isEmpty())) {
            wrong(
                    item,
                    "a builder without " + (id.isEmpty() ? "an id" : "a level")
                            + "; want id: what provenance names as its builder, and level: 1, 2 or 3");
        }
        if (!broken) {
            valid(item, () -> new Builder(id.getFirst(), reached.getFirst(), bound))
                    .ifPresent(builders::add);
        }
        broken |= before;
    }

    private static int level(String text) {
        if (!text.matches("[1-3]")) {
            throw new InvalidPolicyException(
                    "level " + YamlReader.quoted(text) + " is no SLSA build level; want 1, 2 or 3");
        }
        return Integer.parseInt(text);
    }

    private static String notEmpty(String what, String text) {
        if (text.isBlank()) {
            throw new InvalidPolicyException("the " + what + " is empty; remove it");
        }
        return text;
    }

    /// A list that is there and empty is a mistake: left out it asks for nothing, and nobody means "nobody".
    private void texts(String what, Consumer<String> each) {
        list(what, () -> text("one of " + what, each));
    }

    private void list(String what, Runnable item) {
        Place start = yaml.place();
        boolean list = yaml.isList();
        broken |= !list;
        int[] items = {0};
        yaml.list(what, () -> {
            items[0]++;
            item.run();
        });
        if (list && items[0] == 0) {
            wrong(start, what + " is an empty list; fill it, or leave the key out");
        }
    }

    private void text(String what, Consumer<String> value) {
        Place start = yaml.place();
        Optional<String> text = yaml.text(what);
        if (text.isEmpty()) {
            broken = true;
            return;
        }
        valid(start, () -> {
            value.accept(text.get());
            return what;
        });
    }

    private <T> Optional<T> valid(Place at, Supplier<T> made) {
        try {
            return Optional.of(made.get());
        } catch (InvalidPolicyException e) {
            wrong(at, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void unknown(String key, Place at, Set<String> known) {
        broken = true;
        yaml.unknownKey(key, at, known);
    }

    private void wrong(Place at, String text) {
        broken = true;
        yaml.problem(at, text);
    }
}
