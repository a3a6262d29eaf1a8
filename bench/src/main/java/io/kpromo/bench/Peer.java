// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A program of others that copies one image to one tag.
///
/// @param name as people say it
/// @param program where it is
/// @param copy its arguments; SOURCE and DESTINATION stand for references, FROM and TO for their hosts
record Peer(String name, Path program, List<String> copy) {
    private static final List<Peer> KNOWN = List.of(
            new Peer("crane", Path.of("crane"), List.of("copy", "SOURCE", "DESTINATION")),
            new Peer(
                    "regctl",
                    Path.of("regctl"),
                    List.of(
                            "--host",
                            "reg=FROM,tls=disabled",
                            "--host",
                            "reg=TO,tls=disabled",
                            "image",
                            "copy",
                            "SOURCE",
                            "DESTINATION")),
            new Peer(
                    "skopeo",
                    Path.of("skopeo"),
                    List.of(
                            "--insecure-policy",
                            "copy",
                            "--all",
                            "--src-tls-verify=false",
                            "--dest-tls-verify=false",
                            "docker://SOURCE",
                            "docker://DESTINATION")));

    static List<String> names() {
        return KNOWN.stream().map(Peer::name).toList();
    }

    /// Those that are installed.
    static List<Peer> installed(Programs programs) {
        return KNOWN.stream()
                .flatMap(peer -> {
                    Optional<Path> found = programs.find(peer.name);
                    return found.map(program -> new Peer(peer.name, program, peer.copy)).stream();
                })
                .toList();
    }

    /// The command line of one copy.
    List<String> copying(String source, String destination) {
        return Stream.concat(
                        Stream.of(program.toString()),
                        copy.stream()
                                .map(word -> word.replace("SOURCE", source)
                                        .replace("DESTINATION", destination)
                                        .replace("FROM", host(source))
                                        .replace("TO", host(destination))))
                .toList();
    }

    private static String host(String reference) {
        return reference.substring(0, reference.indexOf('/'));
    }
}
