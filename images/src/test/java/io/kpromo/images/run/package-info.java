@NullMarked
package io.kpromo.images.run;

import org.jspecify.annotations.NullMarked;
