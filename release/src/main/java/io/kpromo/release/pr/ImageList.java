// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.images.manifest.Entry;
import io.kpromo.images.manifest.Image;
import io.kpromo.images.manifest.ImageLists;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The contents of an `images.yaml`, and the one form in which it is written: images by name, digests by their
/// smallest tag and then by themselves, tags by their text. What stands before the first entry is kept as it is, and
/// so is how lines end.
///
/// @param head what stands before the first entry: comments, each line with its end, and a byte order mark
/// @param lineEnd `\n` or `\r\n`
/// @param images tags by digest by name
/// @param remarks whether there are comments further down, which this form has no place for
public record ImageList(
        String head, String lineEnd, SortedMap<String, SortedMap<Digest, SortedSet<Tag>>> images, boolean remarks) {
    private static final String MARK = "\uFEFF";

    private static final Comparator<Map.Entry<Digest, SortedSet<Tag>>> BY_TAG =
            Comparator.<Map.Entry<Digest, SortedSet<Tag>>, String>comparing(
                            entry -> entry.getValue().isEmpty()
                                    ? ""
                                    : entry.getValue().first().text())
                    .thenComparing(entry -> entry.getKey().toString());

    /// Without anything.
    public static ImageList empty() {
        return new ImageList("", "\n", new TreeMap<>(), false);
    }

    /// @param name what messages call the file
    /// @throws io.kpromo.yaml.InvalidInputException with all that is wrong
    public static ImageList read(byte[] content, String name) {
        SortedMap<String, SortedMap<Digest, SortedSet<Tag>>> images = new TreeMap<>();
        for (Image image : ImageLists.read(content, name)) {
            for (Entry entry : image.entries()) {
                tags(images, image.name(), entry.digest()).addAll(entry.tags());
            }
        }
        String text = new String(content, StandardCharsets.UTF_8);
        String lineEnd = lineEnd(text);
        String head = head(text, lineEnd);
        return new ImageList(head, lineEnd, images, text.indexOf('#', head.length()) >= 0);
    }

    private static SortedSet<Tag> tags(
            SortedMap<String, SortedMap<Digest, SortedSet<Tag>>> images, String image, Digest digest) {
        return images.computeIfAbsent(image, name -> new TreeMap<>(Comparator.comparing(Digest::toString)))
                .computeIfAbsent(digest, key -> new TreeSet<>());
    }

    /// As the first line has it.
    private static String lineEnd(String text) {
        int end = text.indexOf('\n');
        return end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : "\n";
    }

    /// Comments, empty lines and the marks of a document, up to the first line of another kind.
    private static String head(String text, String lineEnd) {
        int end = text.startsWith(MARK) ? MARK.length() : 0;
        while (end < text.length()) {
            int next = text.indexOf('\n', end) + 1;
            String line = next == 0 ? text.substring(end) : text.substring(end, next);
            String words = line.strip();
            boolean before = words.isEmpty() || words.startsWith("#") || words.equals("---");
            if (!before || next == 0) {
                // A last line without its end is a comment as well; nothing follows it.
                return before ? text + lineEnd : text.substring(0, end);
            }
            end = next;
        }
        return text;
    }

    /// What of these tags stands at another digest already.
    public List<TagMove> moves(Collection<StagedTag> staged) {
        List<TagMove> moves = new ArrayList<>();
        for (StagedTag one : staged) {
            images.getOrDefault(one.image(), Collections.emptySortedMap()).forEach((digest, tags) -> {
                if (tags.contains(one.tag()) && !digest.equals(one.digest())) {
                    moves.add(new TagMove(one, digest));
                }
            });
        }
        return moves;
    }

    /// This list and these tags.
    public ImageList with(Collection<StagedTag> staged) {
        SortedMap<String, SortedMap<Digest, SortedSet<Tag>>> grown = new TreeMap<>();
        images.forEach((image, entries) ->
                entries.forEach((digest, tags) -> tags(grown, image, digest).addAll(tags)));
        staged.forEach(one -> tags(grown, one.image(), one.digest()).add(one.tag()));
        return new ImageList(head, lineEnd, grown, remarks);
    }

    /// Whether both say the same, however they are written.
    public boolean says(ImageList other) {
        return images.equals(other.images);
    }

    /// The file.
    public String text() {
        StringBuilder text = new StringBuilder(head);
        images.forEach((image, entries) -> {
            text.append("- name: ")
                    .append(image)
                    .append(lineEnd)
                    .append("  dmap:")
                    .append(lineEnd);
            entries.entrySet().stream()
                    .sorted(BY_TAG)
                    .forEach(entry -> text.append("    \"")
                            .append(entry.getKey())
                            .append("\": [")
                            .append(entry.getValue().stream()
                                    .map(tag -> "\"" + tag + "\"")
                                    .collect(Collectors.joining(",")))
                            .append(']')
                            .append(lineEnd));
        });
        return text.toString();
    }
}
