// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.run.Inventory;
import io.kpromo.images.run.InventoryReader;
import io.kpromo.images.run.ObserverOptions;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.client.RepositoryTags;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.oci.http.RegistryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What staging holds of the tags asked for. Where images are named: a question for each image and tag. Where none
/// are: Google's listings tell it all; elsewhere the catalogue names the images, then there is a question for each
/// image and tag.
public final class Staging {
    private static final int AT_ONCE = 32;
    private static final String MOCK = "mock/";

    private final Registries registries;
    private final ObserverOptions options;

    /// @param options which hosts list in Google's form
    public Staging(Registries registries, ObserverOptions options) {
        this.registries = registries;
        this.options = options;
    }

    /// What was found, and of which images it could have been.
    record Found(List<StagedTag> tags, Looked looked) {}

    /// Where it was looked.
    ///
    /// @param images names below staging
    /// @param all every tag of them, by image, where that became known on the way
    record Looked(Set<String> images, Map<String, Set<String>> all) {}

    /// @param known names of images, for registries that do not list theirs
    /// @throws io.kpromo.oci.OciException when staging cannot be read
    Found read(PromotionRequest request, Collection<String> known) throws InterruptedException {
        RegistryName staging = request.staging();
        if (request.images().isEmpty() && options.lists(staging.host())) {
            return listed(request);
        }
        Set<String> images = new TreeSet<>(request.images());
        if (images.isEmpty()) {
            images.addAll(catalogue(staging, known));
        }
        images.removeIf(name -> name.contains(MOCK));
        return asked(request, images);
    }

    private Found listed(PromotionRequest request) throws InterruptedException {
        RegistryName staging = request.staging();
        Inventory inventory = new InventoryReader(registries).read(staging);
        Map<String, Set<String>> all = new HashMap<>();
        List<StagedTag> found = new ArrayList<>();
        inventory.repositories().forEach((repository, held) -> {
            Optional<String> image = below(staging, repository).filter(name -> !name.contains(MOCK));
            image.ifPresent(name -> held.forEach((digest, manifest) -> {
                manifest.tags()
                        .forEach(tag -> all.computeIfAbsent(name, key -> new TreeSet<>())
                                .add(tag.text()));
                request.tags().stream()
                        .filter(tag -> manifest.tags().contains(tag))
                        .forEach(tag -> found.add(new StagedTag(name, digest, tag)));
            }));
        });
        return new Found(wanted(request, found), new Looked(all.keySet(), all));
    }

    private Found asked(PromotionRequest request, Set<String> images) throws InterruptedException {
        List<StagedTag> found = Collections.synchronizedList(new ArrayList<>());
        record Question(String image, Tag tag) {}
        List<Question> questions = images.stream()
                .flatMap(image -> request.tags().stream().distinct().map(tag -> new Question(image, tag)))
                .toList();
        Workers.each(
                questions,
                AT_ONCE,
                question -> registries
                        .manifests()
                        .head(request.staging().repository(question.image).at(question.tag))
                        .ifPresent(
                                manifest -> found.add(new StagedTag(question.image, manifest.digest(), question.tag))));
        return new Found(wanted(request, found), new Looked(images, Map.of()));
    }

    private static List<StagedTag> wanted(PromotionRequest request, List<StagedTag> found) {
        return found.stream()
                .filter(one -> request.digests().isEmpty() || request.digests().contains(one.digest()))
                .sorted(Comparator.comparing(StagedTag::image)
                        .thenComparing(StagedTag::tag)
                        .thenComparing(one -> one.digest().toString()))
                .toList();
    }

    /// Names below staging; those that are known where the registry lists none.
    private Collection<String> catalogue(RegistryName staging, Collection<String> known) throws InterruptedException {
        try {
            return registries.tags().catalogue(staging.host()).stream()
                    .flatMap(name -> below(staging, new Repository(staging.host(), name)).stream())
                    .toList();
        } catch (RegistryException e) {
            if (known.isEmpty() || e.temporary()) {
                throw new PromotionException(
                        "cannot find out which images " + staging + " holds: " + e.getMessage()
                                + "; name them with --image",
                        e);
            }
            return known;
        }
    }

    private static Optional<String> below(RegistryName staging, Repository repository) {
        String path = repository.path();
        String prefix = staging.path().isEmpty() ? "" : staging.path() + "/";
        return path.startsWith(prefix) && path.length() > prefix.length()
                ? Optional.of(path.substring(prefix.length()))
                : Optional.empty();
    }

    /// The tags nearest to those asked for, as `image:tag`, for who finds none: at most so many, nearest first.
    /// One request for each image whose tags are not known yet.
    List<String> nearest(PromotionRequest request, Looked looked, int most) throws InterruptedException {
        Map<String, Set<String>> all = new ConcurrentHashMap<>(looked.all());
        List<String> unknown = looked.images().stream()
                .filter(image -> !all.containsKey(image))
                .limit(AT_ONCE)
                .toList();
        Workers.each(
                unknown,
                AT_ONCE,
                image -> new RepositoryTags(registries, request.staging().repository(image))
                        .names()
                        .ifPresent(names -> all.put(image, Set.copyOf(names))));
        record Near(String name, int distance) {}
        return all.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(tag -> !tag.equals("latest"))
                        .map(tag -> new Near(entry.getKey() + ":" + tag, distance(request.tags(), tag))))
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(most)
                .map(Near::name)
                .collect(Collectors.toList());
    }

    private static int distance(List<Tag> wanted, String tag) {
        return wanted.stream()
                .mapToInt(one -> Distance.between(one.text(), tag))
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
