// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
@org.jspecify.annotations.NullMarked
package io.kpromo.images.proof;
