// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.InvalidNameException;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.store.RegistryFolder;
import io.kpromo.registry.store.RepositoryFolder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Carries out requests that may be carried out.
final class Endpoints {
    private final RegistryFolder folder;
    private final RegistryOptions options;
    private final Door door;
    private final Manifests manifests;
    private final Blobs blobs;
    private final Uploads uploads;
    private final Listings listings;
    private final Referrers referrers;
    private final Optional<TokenEndpoint> tokens;

    Endpoints(RegistryFolder folder, RegistryOptions options, Door door, Ledger ledger, OpenUploads open) {
        this.folder = folder;
        this.options = options;
        this.door = door;
        this.manifests = new Manifests(folder, options);
        this.blobs = new Blobs(folder, options, ledger);
        this.uploads = new Uploads(folder, options, open);
        this.listings = new Listings(folder, options);
        this.referrers = new Referrers(folder, options);
        this.tokens =
                door instanceof Door.Token token ? Optional.of(new TokenEndpoint(token.issuer())) : Optional.empty();
    }

    Answer answer(Asked asked) throws IOException, InterruptedException {
        if (asked.kind().isEmpty()) {
            throw asked.route().endpoint() == Route.Endpoint.NONE
                    ? ErrorCode.NAME_UNKNOWN.because(
                            "this registry has nothing at " + asked.http().path())
                    : ErrorCode.UNSUPPORTED.because(asked.method() + " is not for this endpoint");
        }
        return switch (asked.route().endpoint()) {
            case BASE -> Json.answer(Map.of());
            case TOKEN ->
                tokens.orElseThrow(() -> ErrorCode.UNSUPPORTED.because(404, "this registry issues no tokens"))
                        .answer(asked.http());
            case CATALOGUE -> listings.catalogue(asked);
            case TAGS -> tags(asked);
            case MANIFEST -> manifest(asked, repository(asked));
            case BLOB -> blob(asked, repository(asked));
            case UPLOADS -> open(asked, repository(asked));
            case UPLOAD -> upload(asked, repository(asked));
            case REFERRERS -> referrers.list(asked, repository(asked));
            case NONE -> throw new IllegalStateException("answered above");
        };
    }

    private Answer tags(Asked asked) throws IOException {
        if (!asked.route().repository().isEmpty()) {
            repository(asked);
        }
        return listings.tags(asked);
    }

    private Answer manifest(Asked asked, RepositoryFolder repository) throws IOException {
        return switch (asked.method()) {
            case "PUT" -> {
                refuseWrites();
                yield manifests.put(asked, repository);
            }
            case "DELETE" -> {
                refuseDeletes();
                yield manifests.delete(asked, repository);
            }
            default -> manifests.get(asked, repository);
        };
    }

    private Answer blob(Asked asked, RepositoryFolder repository) throws IOException {
        if (asked.method().equals("DELETE")) {
            refuseDeletes();
            return blobs.delete(asked, repository);
        }
        return blobs.get(asked, repository);
    }

    private Answer open(Asked asked, RepositoryFolder repository) throws IOException {
        refuseWrites();
        boolean mayMount = asked.query("from")
                .map(from -> door.mayRead(asked.http(), from))
                .orElse(door.isAllOrNothing());
        return uploads.post(asked, repository, mayMount);
    }

    private Answer upload(Asked asked, RepositoryFolder repository) throws IOException, InterruptedException {
        refuseWrites();
        return switch (asked.method()) {
            case "PATCH" -> uploads.patch(asked, repository);
            case "PUT" -> uploads.put(asked, repository);
            case "DELETE" -> uploads.cancel(asked, repository);
            default -> uploads.status(asked, repository);
        };
    }

    private RepositoryFolder repository(Asked asked) {
        try {
            return folder.repository(asked.route().repository());
        } catch (InvalidNameException e) {
            throw ErrorCode.NAME_INVALID.because(String.valueOf(e.getMessage()));
        }
    }

    private void refuseWrites() {
        if (options.readOnly()) {
            throw ErrorCode.UNSUPPORTED.because("this registry is read-only");
        }
    }

    private void refuseDeletes() {
        refuseWrites();
        if (!options.has(Feature.DELETES)) {
            throw ErrorCode.UNSUPPORTED.because("this registry deletes nothing");
        }
    }
}
