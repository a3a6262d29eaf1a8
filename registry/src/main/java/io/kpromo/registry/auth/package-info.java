/// Who may do what: password files and tokens.
///
/// Start at [TokenIssuer] for tests of token authentication; [Htpasswd] reads password files.
@NullMarked
package io.kpromo.registry.auth;

import org.jspecify.annotations.NullMarked;
