/// One transport for every request: it signs in, limits, retries, counts and traces. Start at [Transport].
@NullMarked
package io.kpromo.oci.http;

import org.jspecify.annotations.NullMarked;
