// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Credentials for what Google and Amazon serve. Start at [CloudCredentials] for registries, [CloudFiles] for
/// stores of files, and [GoogleKeys] and [AmazonKeys] for keys: they are found by [java.util.ServiceLoader].
///
/// What stands here is loaded when a service of theirs is to be signed in to, with the libraries that it needs.
@NullMarked
package io.kpromo.cloud;

import org.jspecify.annotations.NullMarked;
