/// Images made from a seed: the same seed gives the same digests, on any machine.
///
/// Start at [SampleImage#image].
@NullMarked
package io.kpromo.registry.sample;

import org.jspecify.annotations.NullMarked;
