/// What a registry can be asked. Start at [Registries]: it hands out everything else here.
@NullMarked
package io.kpromo.oci.client;

import org.jspecify.annotations.NullMarked;
