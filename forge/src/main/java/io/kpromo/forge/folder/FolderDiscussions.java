// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.Discussions;
import io.kpromo.forge.Slug;
import java.net.URI;
import java.util.Optional;

/// The discussions of one repository.
record FolderDiscussions(Network network, Slug slug) implements Discussions {
    @Override
    public Optional<URI> titled(String category, String title) {
        return network.shelf(slug).topics().stream()
                .filter(topic ->
                        topic.category().equals(category) && topic.title().equals(title))
                .map(Shelf.Topic::web)
                .findFirst();
    }

    @Override
    public URI create(String category, String title, String body) throws InterruptedException {
        Bodies.check(title, body);
        return network.changing(slug, work -> {
            Optional<URI> there = titled(category, title);
            if (there.isPresent()) {
                return there.get();
            }
            URI web = network.web(slug, "discussions/" + (work.shelf().topics().size() + 1));
            work.replace(work.shelf().with(new Shelf.Topic(category, title, body, web)));
            return web;
        });
    }
}
