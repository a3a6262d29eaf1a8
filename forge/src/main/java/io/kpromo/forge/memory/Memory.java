// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.memory;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Slug;
import io.kpromo.oci.http.RegistryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What a forge has said. For use by many threads; two that ask the same at the same time may both be answered by
/// the forge.
final class Memory {
    /// What the forge is asked.
    interface Question<T> {
        T ask() throws InterruptedException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<List<Object>, Object> answers = new HashMap<>();
    private Optional<ForgeException> unreachable = Optional.empty();

    /// @param key what tells this question from all others
    /// @throws ForgeException what the forge answered; nobody is asked again where it could not be reached before
    <T> T answer(List<Object> key, Question<T> question) throws InterruptedException {
        Object known;
        lock.lock();
        try {
            known = answers.get(key);
            if (known == null && unreachable.isPresent()) {
                throw new ForgeException(String.valueOf(unreachable.get().getMessage()), unreachable.get());
            }
        } finally {
            lock.unlock();
        }
        if (known != null) {
            // The key names door and method, so it is the answer to the same question.
            @SuppressWarnings("unchecked")
            T same = (T) known;
            return same;
        }
        T answer;
        try {
            answer = question.ask();
        } catch (ForgeException e) {
            if (e.getCause() instanceof RegistryException failure && failure.unreachable()) {
                keep(e);
            }
            throw e;
        }
        lock.lock();
        try {
            answers.put(key, answer);
        } finally {
            lock.unlock();
        }
        return answer;
    }

    private void keep(ForgeException failure) {
        lock.lock();
        try {
            unreachable = Optional.of(failure);
        } finally {
            lock.unlock();
        }
    }

    /// Does something that may change what is said of a repository, also where it fails.
    <T> T change(Slug repository, Question<T> change) throws InterruptedException {
        try {
            return change.ask();
        } finally {
            forget(key -> key.contains(repository));
        }
    }

    void forget() {
        forget(_ -> true);
    }

    private void forget(Predicate<List<Object>> which) {
        lock.lock();
        try {
            answers.keySet().removeIf(which);
            unreachable = Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
