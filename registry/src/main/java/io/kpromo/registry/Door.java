// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.registry.auth.Credentials;
import io.kpromo.registry.auth.Htpasswd;
import io.kpromo.registry.auth.TokenIssuer;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.http.HttpRequest;
import java.util.Optional;

/// Where a request shows what it may do.
sealed interface Door {
    /// @param user who asks, empty where nobody said
    /// @param refusal what to answer instead
    record Entry(String user, Optional<Answer> refusal) {
        static Entry as(String user) {
            return new Entry(user, Optional.empty());
        }
    }

    /// What a request needs. Distribution's token specification, "Resource scope".
    ///
    /// @param type `repository`, `registry`, or empty where any token will do
    /// @param actions as a challenge names them
    /// @param action the one that is needed
    record Need(String type, String name, String actions, String action) {
        static Need of(Asked asked) {
            String repository = asked.route().repository();
            return switch (asked.route().endpoint()) {
                case CATALOGUE -> new Need("registry", "catalog", "*", "*");
                case BASE, TOKEN, NONE -> new Need("", "", "", "");
                case TAGS, MANIFEST, BLOB, UPLOADS, UPLOAD, REFERRERS ->
                    switch (asked.method()) {
                        case "GET", "HEAD" -> new Need("repository", repository, "pull", "pull");
                        case "DELETE" -> new Need("repository", repository, "delete", "delete");
                        default -> new Need("repository", repository, "pull,push", "push");
                    };
            };
        }
    }

    Entry enter(Asked asked);

    /// Whether this request may read another repository too.
    boolean mayRead(HttpRequest request, String repository);

    /// Whether whoever comes in may read everything.
    boolean isAllOrNothing();

    /// Everyone may come in.
    record Open() implements Door {
        @Override
        public Entry enter(Asked asked) {
            return Entry.as("");
        }

        @Override
        public boolean mayRead(HttpRequest request, String repository) {
            return true;
        }

        @Override
        public boolean isAllOrNothing() {
            return true;
        }
    }

    /// Who knows a password may come in.
    record Password(Htpasswd file) implements Door {
        @Override
        public Entry enter(Asked asked) {
            Optional<Credentials> given = Credentials.of(asked.http()).filter(file::knows);
            return given.isPresent()
                    ? Entry.as(given.get().user())
                    : new Entry(
                            "",
                            Optional.of(ErrorCode.UNAUTHORIZED
                                    .because("a name and a password are needed")
                                    .answer()
                                    .with("WWW-Authenticate", "Basic realm=\"kpromo registry\", charset=\"UTF-8\"")));
        }

        @Override
        public boolean mayRead(HttpRequest request, String repository) {
            return true;
        }

        @Override
        public boolean isAllOrNothing() {
            return true;
        }
    }

    /// Who brings a token may do what it says.
    record Token(TokenIssuer issuer, String realm) implements Door {
        @Override
        public Entry enter(Asked asked) {
            if (asked.route().endpoint() == Route.Endpoint.TOKEN) {
                return Entry.as("");
            }
            Need need = Need.of(asked);
            Optional<String> token = Credentials.bearer(asked.http());
            Optional<String> holder = token.flatMap(issuer::holder);
            boolean enough = holder.isPresent()
                    && (need.type().isEmpty() || issuer.allows(token.get(), need.type(), need.name(), need.action()));
            return enough ? Entry.as(holder.get()) : new Entry("", Optional.of(challenge(need, holder.isPresent())));
        }

        private Answer challenge(Need need, boolean insufficient) {
            String scope = need.type().isEmpty()
                    ? ""
                    : ",scope=\"" + need.type() + ":" + need.name() + ":" + need.actions() + "\"";
            return ErrorCode.UNAUTHORIZED
                    .because(insufficient ? "the token does not allow this" : "a token is needed")
                    .answer()
                    .with(
                            "WWW-Authenticate",
                            "Bearer realm=\"" + realm + "\",service=\""
                                    + issuer.rules().service() + "\"" + scope
                                    + (insufficient ? ",error=\"insufficient_scope\"" : ""));
        }

        @Override
        public boolean mayRead(HttpRequest request, String repository) {
            return Credentials.bearer(request)
                    .filter(token -> issuer.allows(token, "repository", repository, "pull"))
                    .isPresent();
        }

        @Override
        public boolean isAllOrNothing() {
            return false;
        }
    }
}
