/// Tests of Sigstore's services, and a Sigstore of a test's own. Start at [SampleSigstore].
@NullMarked
package io.kpromo.trust.sigstore;

import org.jspecify.annotations.NullMarked;
