// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import com.google.re2j.Pattern;
import io.kpromo.release.config.SourcePath;
import io.kpromo.yaml.Place;
import java.util.Optional;

/// A file that names a version.
///
/// @param match found in the lines that do (RE2); empty for a file that holds the version somewhere
/// @param place where this is written
public record RefPath(SourcePath path, Optional<Pattern> match, Place place) {
    boolean matches(String line) {
        return match.isEmpty() || match.get().matcher(line).find();
    }
}
