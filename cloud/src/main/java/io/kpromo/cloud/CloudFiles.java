// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.access.AccessToken;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.access.Passing;
import io.kpromo.files.store.access.ProfileKeys;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// Who this machine is for stores of files.
public final class CloudFiles implements CloudAccess.Provider {
    @Override
    public CloudAccess open(Map<String, String> environment, Optional<Path> home, Transport transport) {
        Surroundings around = new Surroundings(environment, home);
        Time time = Time.system();
        GoogleSource source = CloudCredentials.google(around, remark -> {}, time);
        return new Access(new GoogleAccount(source, new Gcloud(around, time), around, transport), around);
    }

    private record Access(GoogleAccount account, AmazonIdentity identity) implements CloudAccess {
        Access(GoogleAccount account, Surroundings around) {
            this(account, new AmazonIdentity(around));
        }

        @Override
        public AccessToken google(String name) throws InterruptedException {
            return account.token(name);
        }

        @Override
        public AccessKeys amazon(String region) throws InterruptedException {
            return switch (identity.ask(region)) {
                case AmazonIdentity.Keys found -> keys(found.credentials());
                case AmazonIdentity.Nobody none ->
                    throw new OciException("there are no AWS credentials: " + String.join("; ", none.tried())
                            + " (to sign in: aws configure, or aws sso login; or set AWS_PROFILE)");
            };
        }

        @Override
        public ProfileKeys profile(String name) throws InterruptedException {
            return switch (identity.profile(name)) {
                case AmazonIdentity.Keys found ->
                    new ProfileKeys(
                            keys(found.credentials()), identity.profiles().endpoint(name));
                case AmazonIdentity.Nobody none ->
                    throw new OciException("there are no keys of the AWS profile " + name + ": "
                            + String.join("; ", none.tried()) + " (to make it: aws configure --profile " + name + ")");
            };
        }

        @Override
        public void forget(Passing refused) throws InterruptedException {
            switch (refused) {
                case AccessToken token -> account.source().forget(token.text());
                case AccessKeys keys -> identity.forget();
            }
        }

        private static AccessKeys keys(AwsCredentials credentials) {
            return new AccessKeys(
                    credentials.accessKeyId(),
                    Secret.of(credentials.secretAccessKey()),
                    credentials instanceof AwsSessionCredentials session
                            ? Optional.of(Secret.of(session.sessionToken()))
                            : Optional.empty(),
                    credentials.expirationTime());
        }
    }
}
