// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.oci.copy.CopyOptions;

/// How a promotion is run.
///
/// @param confirm whether anything is written
/// @param maxImageBytes the most that the distinct blobs of one content may have together; 0 for no limit
/// @param failFast whether one image that staging proves too little of keeps all others from being promoted
/// @param observing how registries are read
/// @param copying how contents are copied
public record PromotionOptions(
        boolean confirm, long maxImageBytes, boolean failFast, ObserverOptions observing, CopyOptions copying) {
    /// A dry run without limits.
    public static PromotionOptions standard() {
        return new PromotionOptions(false, 0, false, ObserverOptions.standard(), CopyOptions.standard());
    }

    public PromotionOptions withConfirm(boolean write) {
        return new PromotionOptions(write, maxImageBytes, failFast, observing, copying);
    }

    public PromotionOptions withMaxImageBytes(long bytes) {
        return new PromotionOptions(confirm, bytes, failFast, observing, copying);
    }

    public PromotionOptions withFailFast(boolean stop) {
        return new PromotionOptions(confirm, maxImageBytes, stop, observing, copying);
    }

    public PromotionOptions with(ObserverOptions reading) {
        return new PromotionOptions(confirm, maxImageBytes, failFast, reading, copying);
    }

    public PromotionOptions with(CopyOptions writing) {
        return new PromotionOptions(confirm, maxImageBytes, failFast, observing, writing);
    }
}
