/// Sentences about the registry in a folder, told by plain HTTP.
@NullMarked
package io.kpromo.registry;

import org.jspecify.annotations.NullMarked;
