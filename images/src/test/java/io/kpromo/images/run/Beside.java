// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Something that runs while a test goes on.
final class Beside<T> implements AutoCloseable {
    private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<T> future;

    Beside(Callable<T> work) {
        this.future = thread.submit(work);
    }

    T result() throws Exception {
        return future.get();
    }

    @Override
    public void close() {
        future.cancel(true);
        thread.close();
    }
}
