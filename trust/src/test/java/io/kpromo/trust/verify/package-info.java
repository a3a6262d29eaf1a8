/// What verifies and what is refused.
@NullMarked
package io.kpromo.trust.verify;

import org.jspecify.annotations.NullMarked;
