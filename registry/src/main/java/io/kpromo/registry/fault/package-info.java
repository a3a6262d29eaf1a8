/// What goes wrong on networks and in registries, as data.
///
/// Start at [Fault#on]: it says which requests are struck, then by what. Give it to [Faults].
@NullMarked
package io.kpromo.registry.fault;

import org.jspecify.annotations.NullMarked;
