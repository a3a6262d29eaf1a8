/// Names and contents of the OCI specifications: [Repository], [Tag], [Digest], [Descriptor], [Manifest].
///
/// Values only, without a socket. The registry client starts at `io.kpromo.oci.client.Registries`,
/// copying at `io.kpromo.oci.copy`.
@NullMarked
package io.kpromo.oci;

import org.jspecify.annotations.NullMarked;
