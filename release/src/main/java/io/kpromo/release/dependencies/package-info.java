// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Where versions are written down, and whether all these places agree: `dependencies.yaml` in the format of
/// zeitgeist. Start at [Dependencies]: [Verification] compares it with a working tree, [Bump] changes a version
/// everywhere, [Outlook] tells what others have released since.
@NullMarked
package io.kpromo.release.dependencies;

import org.jspecify.annotations.NullMarked;
