/// The Update Framework: files of which a root of keys says, now and in this version, that they are right. Start at
/// [TufClient].
@NullMarked
package io.kpromo.trust.tuf;

import org.jspecify.annotations.NullMarked;
