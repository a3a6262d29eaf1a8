/// A small HTTP/1.1 server for registries: blocking, bounded, with exact control of how an answer reaches its reader.
///
/// Start at [HttpServer]: it hands each [HttpRequest] to a [Handler] and delivers the [Answer].
/// Why not the JDK's: a registry for tests must be able to reset, cut short, falsify and slow down an answer at an
/// exact
/// byte, and the benchmark runs eleven of them beside the program it measures.
@NullMarked
package io.kpromo.registry.http;

import org.jspecify.annotations.NullMarked;
