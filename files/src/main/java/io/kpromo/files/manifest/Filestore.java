// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.files.store.Base;
import io.kpromo.yaml.Place;
import java.util.Optional;

/// One entry of `filestores`.
///
/// @param serviceAccount whose rights writing needs, where the manifest names one
/// @param profile of the files of the AWS CLI, whose keys are used, where the manifest names one
/// @param source whether files come from here
/// @param place of its base
public record Filestore(
        Base base, Optional<String> serviceAccount, Optional<String> profile, boolean source, Place place) {}
