// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.ForgeException;
import io.kpromo.oci.http.Response;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Lists that come page by page, as headers of RFC 8288 link them, or as their members are counted.
public final class Pages {
    private static final int MOST = 1000;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

    private static final Pattern NUMBER = Pattern.compile("[?&]page=([0-9]{1,6})(&|$)");

    private final Api api;
    private final boolean byNumber;

    public Pages(Api api) {
        this(api, false);
    }

    /// @param byNumber whether only the number of the next page is believed: servers that people run themselves
    ///     may link to another name of theirs than the one that was asked
    public Pages(Api api, boolean byNumber) {
        this.api = api;
        this.byNumber = byNumber;
    }

    /// All members of a list.
    public <T> List<T> all(Ask first, Function<JsonNode, T> read) throws InterruptedException {
        List<T> all = new ArrayList<>();
        each(first, read, all::add);
        return all;
    }

    /// @param read each member, as soon as it came
    /// @param goOn gets each, once its page is there whole, and says whether it wants more
    /// @throws ForgeException when there are more than a thousand pages
    public <T> void each(Ask first, Function<JsonNode, T> read, Predicate<T> goOn) throws InterruptedException {
        each(first, "", read, goOn);
    }

    /// @param inside the field that holds the list, where it is wrapped in an object; empty where it is not
    public <T> void each(Ask first, String inside, Function<JsonNode, T> read, Predicate<T> goOn)
            throws InterruptedException {
        Optional<Ask> page = Optional.of(first);
        long seen = 0;
        for (int pages = 0; page.isPresent(); pages++) {
            if (pages == MOST) {
                throw new ForgeException(first.why() + ": more than 1,000 pages");
            }
            Page<T> got = page(page.get(), seen, inside, read);
            seen += got.members.size();
            boolean wantsMore = got.members.stream().allMatch(goOn);
            page = wantsMore ? got.next.map(first::at) : Optional.empty();
        }
    }

    private record Page<T>(List<T> members, Optional<String> next) {}

    /// @param seen how many members came with the pages before
    private <T> Page<T> page(Ask ask, long seen, String inside, Function<JsonNode, T> read)
            throws InterruptedException {
        return api.send(() -> ask, response -> {
            List<T> members = new ArrayList<>();
            if (inside.isEmpty()) {
                Json.each(response.body(), node -> members.add(read.apply(node)));
            } else {
                Json.read(response).ifPresent(all -> all.path(inside).forEach(node -> members.add(read.apply(node))));
            }
            Optional<String> next = next(ask, response);
            boolean unlinked = byNumber && next.isEmpty() && !members.isEmpty();
            return new Page<>(members, unlinked ? counted(ask, response, seen + members.size()) : next);
        });
    }

    /// Some of Gitea's lists (tags, labels) come by pages without links, and tell only how many members there are.
    private static Optional<String> counted(Ask ask, Response response, long seen) {
        boolean more = response.header("X-Total-Count")
                .filter(total -> total.matches("[0-9]{1,9}"))
                .filter(total -> Long.parseLong(total) > seen)
                .isPresent();
        if (!more) {
            return Optional.empty();
        }
        Matcher number = NUMBER.matcher(ask.target());
        int page = number.find() ? Integer.parseInt(number.group(1)) : 1;
        return Optional.of(numbered(ask, Integer.toString(page + 1)));
    }

    private static String numbered(Ask ask, String page) {
        String target = ask.target().replaceFirst("[?&]page=[0-9]+", "");
        return target + (target.contains("?") ? "&" : "?") + "page=" + page;
    }

    /// The next page, as a path below the API: one elsewhere is not asked for.
    private Optional<String> next(Ask ask, Response response) throws IOException {
        Matcher link = NEXT.matcher(String.join(", ", response.headers("Link")));
        if (!link.find()) {
            return Optional.empty();
        }
        String address = link.group(1);
        Matcher number = NUMBER.matcher(address);
        if (byNumber && number.find()) {
            return Optional.of(numbered(ask, number.group(1)));
        }
        URI root = api.root();
        if (!address.startsWith(root + "/")) {
            throw new IOException(api.account().forge() + "'s link to the next page leads to another place");
        }
        return Optional.of(address.substring(root.toString().length()));
    }
}
