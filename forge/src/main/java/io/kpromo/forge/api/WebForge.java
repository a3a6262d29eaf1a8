// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.Discussions;
import io.kpromo.forge.Forge;
import io.kpromo.forge.Slug;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.net.URI;
import java.util.Map;

/// What forges share that are asked by REST, know who is asking, and have no discussions.
public abstract class WebForge implements Forge {
    protected final Api api;
    private final String login;

    /// @param transport closed by whoever opened it
    /// @param address the root of the API
    /// @param login what the account's own name is called in its answer
    /// @throws io.kpromo.forge.ForgeException when that is no address
    protected WebForge(
            Transport transport, URI address, Account account, LimitListener listener, Time time, String login) {
        this.api = new Api(transport, address, account, new RateLimits(account, time, listener), Map.of());
        this.login = login;
    }

    @Override
    public final String name() {
        return api.host().name();
    }

    @Override
    public final String user() throws InterruptedException {
        return Json.text(api.send(Ask.get("/user", "ask " + name() + " who is signed in")), login);
    }

    @Override
    public final Discussions discussions(Slug repository) {
        return new NoDiscussions(api.account().forge());
    }

    /// Nothing is open but the transport, which is its owner's.
    @Override
    public final void close() {}
}
