/// An OCI registry in a folder: distribution-spec 1.1, complete, for trying things out, tests and air-gapped hand-over.
///
/// Start at [Registry#open]. For tests it can leave out what other registries leave out ([Feature]), fail in any way
/// that networks and registries do ([io.kpromo.registry.fault.Fault]), and tell what it was asked ([Counts]).
/// Images to fill it with are made by [io.kpromo.registry.sample.SampleImage].
@NullMarked
package io.kpromo.registry;

import org.jspecify.annotations.NullMarked;
