/// Production against the manifests. Start at [Audit].
@NullMarked
package io.kpromo.images.audit;

import org.jspecify.annotations.NullMarked;
