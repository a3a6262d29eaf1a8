// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.yaml.Place;

/// A place that does not hold the version it should.
///
/// @param dependency its name
/// @param place where; the file as a whole where no line can be named
/// @param found what stands there, or what is wrong with the file
/// @param wanted the version
/// @param because which entry of the file of dependencies wants it
public record Mismatch(String dependency, Place place, String found, String wanted, Place because)
        implements Comparable<Mismatch> {
    @Override
    public int compareTo(Mismatch other) {
        int byPlace = place.compareTo(other.place);
        return byPlace != 0 ? byPlace : dependency.compareTo(other.dependency);
    }

    /// `go.mod:3: golang: found 1.21.0, want 1.22.6 (dependencies.yaml:12:5)`
    @Override
    public String toString() {
        String what = place.line() > 0 ? "found " + found : found;
        return place + ": " + dependency + ": " + what + ", want " + wanted + " (" + because + ")";
    }
}
