// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Who we are for clouds. Start at [CloudAccess]: who implements it is found by [java.util.ServiceLoader], so that
/// the clouds' libraries are loaded only where something is written there.
@NullMarked
package io.kpromo.files.store.access;

import org.jspecify.annotations.NullMarked;
