// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/// A transport for which no time passes, and which notes what it does.
@Timeout(60)
abstract class TransportFixture {
    final FakeTime time = new FakeTime();
    final List<TransportListener.Event> events = new ArrayList<>();

    HttpTransport transport(TransportOptions options) {
        return HttpTransport.open(options, SignIn.nowhere(), events::add, time, new Backoff(() -> 0));
    }

    HttpTransport transport() {
        return transport(TransportOptions.standard());
    }

    static RegistryException refusal(HttpTransport transport, Call<?> call) {
        return catchThrowableOfType(RegistryException.class, () -> transport.send(call));
    }
}
