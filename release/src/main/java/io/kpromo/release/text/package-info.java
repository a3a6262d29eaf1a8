// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Text that is put together: [Template] with names in it, [Markdown] that others cannot break out of.
@NullMarked
package io.kpromo.release.text;

import org.jspecify.annotations.NullMarked;
