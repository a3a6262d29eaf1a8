/// A repository of a test's own, and all that may be wrong with one.
@NullMarked
package io.kpromo.trust.tuf;

import org.jspecify.annotations.NullMarked;
