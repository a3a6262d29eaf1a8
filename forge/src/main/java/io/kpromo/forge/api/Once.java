// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.ConflictException;
import java.util.Optional;
import java.util.function.Predicate;

/// Something that must not be made twice. Where its answer got lost it is looked: what is there was made. So it is
/// where the forge says that it has it already.
///
/// @param order that makes it; the transport sends it once, see [Ask#once]
/// @param look for just what the order makes; only where it is not known whether it did
public record Once<T>(Order<T> order, Look<T> look) {
    /// Sends something.
    public interface Order<T> {
        T send() throws InterruptedException;
    }

    /// Finds something, or nothing.
    public interface Look<T> {
        Optional<T> find() throws InterruptedException;
    }

    /// For what is known beforehand, and may only have to be put there.
    ///
    /// @param put sends it
    /// @param look what is there, be it this or something else
    public static <T> Once<T> putting(T what, Order<?> put, Look<T> look) {
        return new Once<>(
                () -> {
                    put.send();
                    return what;
                },
                () -> look.find().filter(what::equals));
    }

    /// @throws LostAnswerException when it is not there after its answer got lost
    public T made() throws InterruptedException {
        try {
            return order.send();
        } catch (LostAnswerException lost) {
            return look.find().orElseThrow(() -> lost);
        }
    }

    /// For what a forge keeps doubles of out itself.
    ///
    /// @param there whether a refusal says that there is one already
    public T madeOrThere(Predicate<RefusedException> there) throws InterruptedException {
        try {
            return made();
        } catch (RefusedException refused) {
            if (!there.test(refused)) {
                throw refused;
            }
            return look.find().orElseThrow(() -> refused);
        }
    }

    /// For what may be there as somebody else made it, by the same name.
    ///
    /// @param there whether a refusal says that there is one already
    /// @param conflict what to say then; what the forge said is added
    /// @throws ConflictException when there is one already
    public T madeHere(Predicate<RefusedException> there, String conflict) throws InterruptedException {
        try {
            return made();
        } catch (RefusedException refused) {
            if (!there.test(refused)) {
                throw refused;
            }
            throw new ConflictException(conflict + ": " + refused.said());
        }
    }

    /// For what a forge would have twice: it is looked first.
    public T lookedFirst() throws InterruptedException {
        Optional<T> there = look.find();
        return there.isPresent() ? there.get() : made();
    }

    /// Likewise, where another may make it between look and order.
    ///
    /// @param there whether a refusal says that there is one already
    public T lookedFirst(Predicate<RefusedException> there) throws InterruptedException {
        Optional<T> found = look.find();
        return found.isPresent() ? found.get() : madeOrThere(there);
    }
}
