// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fault;

import io.kpromo.forge.Forge;
import io.kpromo.forge.ForgeException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Stands before a forge, counts what it is asked through all its doors, and fails at one request: before it is
/// done, or after it was done (an answer that got lost).
public final class FailingForge {
    /// When a request fails.
    public enum When {
        BEFORE,
        AFTER
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> asked = new ArrayList<>();
    private final int failing;
    private final When when;

    private FailingForge(int failing, When when) {
        this.failing = failing;
        this.when = when;
    }

    /// Counts only.
    public static FailingForge never() {
        return new FailingForge(0, When.BEFORE);
    }

    /// @param request counted from 1
    public static FailingForge at(int request, When when) {
        return new FailingForge(request, when);
    }

    /// The forge as seen through this one.
    public Forge before(Forge forge) {
        return standing(Forge.class, forge, "");
    }

    /// What was asked, in order: `sources.branch`, `pullRequests.create`, …
    public List<String> asked() {
        lock.lock();
        try {
            return List.copyOf(asked);
        } finally {
            lock.unlock();
        }
    }

    private <T> T standing(Class<T> type, Object target, String door) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        Class<?> answer = method.getReturnType();
                        boolean opens = door.isEmpty() && answer.isInterface() && method.getParameterCount() == 1;
                        if (opens) {
                            return standing(answer, method.invoke(target, arguments), method.getName());
                        }
                        boolean asks = !door.isEmpty() || method.getName().equals("user");
                        return asks
                                ? asking(door + "." + method.getName(), () -> method.invoke(target, arguments))
                                : method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }

    private interface Question {
        Object ask() throws ReflectiveOperationException;
    }

    private Object asking(String name, Question question) throws ReflectiveOperationException {
        int number;
        lock.lock();
        try {
            asked.add(name);
            number = asked.size();
        } finally {
            lock.unlock();
        }
        if (number == failing && when == When.BEFORE) {
            throw new ForgeException(name + ": the forge does not answer (request " + number + ")");
        }
        Object answer = question.ask();
        if (number == failing) {
            throw new ForgeException(name + ": the answer got lost (request " + number + ")");
        }
        return answer;
    }
}
