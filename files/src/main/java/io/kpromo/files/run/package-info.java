// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Promotes files: looks, plans, copies. Start at [FilePromotion].
@NullMarked
package io.kpromo.files.run;

import org.jspecify.annotations.NullMarked;
