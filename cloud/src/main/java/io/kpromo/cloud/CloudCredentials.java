// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import io.kpromo.oci.auth.CredentialProvider;
import io.kpromo.oci.auth.CredentialSource;
import io.kpromo.oci.http.Time;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The credentials that this machine has for Google's and Amazon's registries. For all other hosts it has none, and
/// asks nobody.
public final class CloudCredentials implements CredentialProvider {
    @Override
    public CredentialSource open(Map<String, String> environment, Optional<Path> home, Consumer<String> remarks) {
        Surroundings around = new Surroundings(environment, home);
        Time time = Time.system();
        return CredentialSource.first(List.of(
                google(around, remarks, time), new AmazonSource(new AmazonIdentity(around), around, remarks, time)));
    }

    static GoogleSource google(Surroundings around, Consumer<String> remarks, Time time) {
        return new GoogleSource(GoogleSource.waysOf(around, () -> web(around), time), remarks, time);
    }

    private static HttpTransport web(Surroundings around) {
        return new NetHttpTransport.Builder()
                .setConnectionFactory(url -> {
                    try {
                        return around.otherClients().connection(url.toURI());
                    } catch (URISyntaxException e) {
                        throw new IOException("this is no address: " + url, e);
                    }
                })
                .build();
    }
}
