// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Strict YAML with positions. Start at [YamlReader]; what it refuses is an [InvalidInputException] of
/// [Problem]s.
@NullMarked
package io.kpromo.yaml;

import org.jspecify.annotations.NullMarked;
