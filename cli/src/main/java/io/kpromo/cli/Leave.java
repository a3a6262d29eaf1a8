// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Ends the process.
final class Leave {
    private Leave() {}

    /// Ends it without a wait.
    ///
    /// Quirk JDK 25 (`VM_Exit::wait_for_threads_in_native_to_block`): a JVM that halts waits 300 ms for threads
    /// in native code, and once a virtual thread has waited for a socket there is always one, which waits for
    /// all of them. Everything is closed and written by now, so the system's own exit is called instead, where
    /// that is allowed.
    ///
    /// @param connected whether anything may have waited for a socket; else halting is the quicker way
    static void now(int code, boolean connected) {
        if (connected) {
            exit().ifPresent(exit -> {
                try {
                    exit.invokeExact(code);
                } catch (Throwable impossible) {
                    // It declares none; halting does it too.
                }
            });
        }
        // Not `exit`: that loads a logger to log it, and no hook has anything to do.
        Runtime.getRuntime().halt(code);
    }

    /// The system's `_exit`; nothing where this program may not call native code (the launcher allows it).
    @SuppressWarnings("restricted") // asked for before: else the JVM would print a warning
    static Optional<MethodHandle> exit() {
        if (!Leave.class.getModule().isNativeAccessEnabled()) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("_exit")
                .map(address -> linker.downcallHandle(address, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));
    }
}
