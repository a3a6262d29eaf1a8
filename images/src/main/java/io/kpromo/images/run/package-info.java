/// Makes registries hold what manifests say. Start at [Promotion].
///
/// [Observer] asks registries as little as the decision needs, [io.kpromo.images.plan.Plan] decides, `Execution`
/// carries it out. What happened is an [Outcome].
@NullMarked
package io.kpromo.images.run;

import org.jspecify.annotations.NullMarked;
