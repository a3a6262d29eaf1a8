@NullMarked
package io.kpromo.images.audit;

import org.jspecify.annotations.NullMarked;
