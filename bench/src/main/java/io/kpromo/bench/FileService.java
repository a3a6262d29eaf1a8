// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A kind of object store, as one program that somebody else wrote holds it: how it is started, and how kpromo
/// and rclone are told of it. One process holds all buckets; two ports of the proxy lead to it, one to read from,
/// one to write to.
interface FileService {
    String title();

    /// The name of the program.
    String program();

    /// Puts files into the bucket `staging`, as others would: with the sums that the store keeps beside them.
    ///
    /// @param files a folder of files and nothing else
    /// @param rclone to put them there
    void stage(Path program, Path rclone, Path files, Path place) throws IOException, InterruptedException;

    /// Starts it with the buckets as they lie in the folder `data` of this place.
    ServerProcess start(Path program, Path place) throws IOException, InterruptedException;

    /// The filestores of a manifest.
    ///
    /// @param from address of the source
    /// @param buckets of the destinations
    String filestores(String from, List<String> buckets);

    /// What kpromo is told by its environment.
    ///
    /// @param to address of the destinations
    Map<String, String> environment(String to);

    /// rclone's words for both places, and its further flags. The server copies by itself without
    /// `--disable=copy`, and then nothing is read.
    List<String> rclone(String from, String to, String bucket);
}
