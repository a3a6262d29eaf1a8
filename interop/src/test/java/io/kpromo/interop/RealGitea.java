// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kpromo.bench.server.ServerProcess;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// A Gitea on this machine, with the organisation `team`, whose owner is `alice`, and with an administrator, who does
/// here what people do on its pages.
final class RealGitea implements AutoCloseable {
    static final String USER = "alice";

    private static final String ADMIN = "carol";
    private static final String PASSWORD = "open-sesame-1";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LONGEST_WAIT_SECONDS = 60;
    /// Of what listens to none.
    private static final int ANY_PORT = 3000;

    private final ServerProcess process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String token;

    private RealGitea(ServerProcess process) throws InterruptedException {
        this.process = process;
        ObjectNode alice = object().put("username", USER)
                .put("email", "alice@example.com")
                .put("password", PASSWORD)
                .put("must_change_password", false);
        send("POST", "/admin/users", alice, ADMIN);
        ObjectNode wanted = object().put("name", "tests");
        wanted.putArray("scopes").add("all");
        this.token = send("POST", "/users/" + USER + "/tokens", wanted, USER)
                .path("sha1")
                .asString();
        send("POST", "/orgs", object().put("username", "team"), USER);
    }

    /// Gives up the test where it is not installed.
    static RealGitea start(Path folder) throws IOException, InterruptedException {
        ServerProcess process = ServerProcess.start(prepared(folder));
        try {
            return new RealGitea(process);
        } catch (InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /// Its tables and its administrator are made here, once. Where its port is taken it is started again, on another
    /// one, and has both already.
    static ServerProcess.Launch prepared(Path folder) throws IOException, InterruptedException {
        Foreign program = Foreign.program("gitea", Files.createDirectories(folder));
        Path resources = program.program().resolveSibling("gitea.d");
        assumeTrue(Files.isDirectory(resources), "gitea lacks its texts: run interop/peers");
        Path settings = written(program, resources, ANY_PORT);
        run(program, settings, "migrate");
        run(
                program,
                settings,
                "admin",
                "user",
                "create",
                "--admin",
                "--username=" + ADMIN,
                "--password=" + PASSWORD,
                "--email=carol@example.com",
                "--must-change-password=false");
        return port -> launch(program, resources, port);
    }

    private static Path written(Foreign program, Path resources, int port) throws IOException {
        return Files.writeString(program.home().resolve("app.ini"), settings(program.home(), resources, port));
    }

    private static ServerProcess launch(Foreign program, Path resources, int port) throws IOException {
        Path settings = written(program, resources, port);
        Path log = program.home().resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(
                        program.program().toString(), "web", "--config", settings.toString())
                .directory(program.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("HOME", program.home().toString());
        return new ServerProcess(builder.start(), port, log);
    }

    private static void run(Foreign program, Path settings, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", settings.toString()));
        program.run(Map.of(), all.toArray(String[]::new));
    }

    /// What Gitea does anyway, but nothing that leaves this machine, and no pages in colour.
    private static String settings(Path folder, Path resources, int port) {
        return """
            I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
            WORK_PATH = %1$s/work
            RUN_MODE = prod
            [server]
            HTTP_ADDR = 127.0.0.1
            HTTP_PORT = %3$d
            ROOT_URL = http://127.0.0.1:%3$d/
            STATIC_ROOT_PATH = %2$s
            DISABLE_SSH = true
            OFFLINE_MODE = true
            LFS_START_SERVER = false
            [database]
            DB_TYPE = sqlite3
            PATH = %1$s/gitea.db
            [repository]
            ROOT = %1$s/repositories
            [security]
            INSTALL_LOCK = true
            SECRET_KEY = of-these-tests
            PASSWORD_HASH_ALGO = pbkdf2_v1
            [service]
            DISABLE_REGISTRATION = true
            [actions]
            ENABLED = true
            [cron]
            ENABLED = false
            [log]
            MODE = console
            LEVEL = warn
            """.formatted(folder, resources, port);
    }

    /// Where people look at it.
    URI web() {
        return URI.create("http://127.0.0.1:" + process.port());
    }

    /// The root of its API.
    URI api() {
        return URI.create(web() + "/api/v1");
    }

    /// Alice's, which may do all that she may.
    String token() {
        return token;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /// Asks as the administrator.
    ///
    /// @throws AssertionError when it refuses
    JsonNode send(String method, String path, JsonNode body) throws InterruptedException {
        return send(method, path, body, ADMIN);
    }

    JsonNode get(String path) throws InterruptedException {
        return send("GET", path, MissingNode.getInstance());
    }

    private JsonNode send(String method, String path, JsonNode body, String user) throws InterruptedException {
        HttpResponse<String> answer = exchange(method, path, body, user);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isEmpty() ? object() : JSON.readTree(answer.body());
    }

    private HttpResponse<String> exchange(String method, String path, JsonNode body, String user)
            throws InterruptedException {
        String name = Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest.BodyPublisher content = body.isMissingNode()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString());
        HttpRequest request = HttpRequest.newBuilder(URI.create(api() + path))
                .header("Authorization", "Basic " + name)
                .header("Content-Type", "application/json")
                .method(method, content)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes all repositories.
    void clear() throws InterruptedException {
        for (JsonNode repository : get("/repos/search?limit=50").path("data")) {
            send("DELETE", "/repos/" + repository.path("full_name").asString(), MissingNode.getInstance());
        }
    }

    /// A repository of the team with one commit.
    CommitId create(Slug slug, List<SourceFile> files) throws InterruptedException {
        ObjectNode wanted = object().put("name", slug.name()).put("default_branch", "main");
        send("POST", "/orgs/" + slug.owner() + "/repos", wanted);
        return commit(slug, new RefName("main"), files, "First");
    }

    CommitId commit(Slug slug, RefName branch, List<SourceFile> files, String message) throws InterruptedException {
        ObjectNode change = object().put("branch", branch.text()).put("message", message);
        for (SourceFile file : files) {
            change.withArray("files")
                    .addObject()
                    .put("operation", "upload")
                    .put("path", file.path())
                    .put("content", Base64.getEncoder().encodeToString(file.bytes()));
        }
        JsonNode made = send("POST", "/repos/" + slug + "/contents", change);
        return new CommitId(made.path("commit").path("sha").asString());
    }

    Slug fork(Slug parent) throws InterruptedException {
        send("POST", "/repos/" + parent + "/forks", object().put("name", parent.name()), USER);
        return new Slug(USER, parent.name());
    }

    CommitId merge(Slug slug, long number) throws InterruptedException {
        String path = "/repos/" + slug + "/pulls/" + number;
        // It finds out in its own time whether there are conflicts, and says "try again later" until then.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        HttpResponse<String> answer;
        do {
            answer = exchange("POST", path + "/merge", object().put("Do", "merge"), ADMIN);
        } while (answer.statusCode() == 405 && System.nanoTime() < end);
        if (answer.statusCode() != 200) {
            throw new AssertionError("cannot merge: " + answer.statusCode() + " " + answer.body());
        }
        return new CommitId(get(path).path("merge_commit_sha").asString());
    }

    void label(Slug slug, long number, List<String> labels) throws InterruptedException {
        ObjectNode all = object();
        for (String label : labels) {
            ObjectNode wanted = object().put("name", label).put("color", "#00aabb");
            all.withArray("labels")
                    .add(send("POST", "/repos/" + slug + "/labels", wanted).path("id"));
        }
        send("POST", "/repos/" + slug + "/issues/" + number + "/labels", all);
    }

    /// What anybody gets who follows a link.
    byte[] download(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(address + ": " + answer.statusCode());
        }
        return answer.body();
    }

    /// Branches and tags.
    List<String> refs(Slug slug) throws InterruptedException {
        List<String> refs = new ArrayList<>();
        get("/repos/" + slug + "/branches")
                .forEach(branch -> refs.add("heads/" + branch.path("name").asString()));
        get("/repos/" + slug + "/tags")
                .forEach(tag -> refs.add("tags/" + tag.path("name").asString()));
        Collections.sort(refs);
        return refs;
    }

    /// Names of branches and tags, and numbers of everything else.
    Map<String, Object> census(Slug slug) throws InterruptedException {
        String repository = "/repos/" + slug;
        Map<String, Object> census = new TreeMap<>();
        census.put("refs", refs(slug));
        census.put("pulls", get(repository + "/pulls?state=all").size());
        census.put("issues", get(repository + "/issues?state=all&type=issues").size());
        census.put("comments", get(repository + "/issues/comments").size());
        JsonNode releases = get(repository + "/releases");
        census.put("releases", releases.size());
        int assets = 0;
        for (JsonNode release : releases) {
            assets += release.path("assets").size();
        }
        census.put("assets", assets);
        census.put("discussions", 0);
        return census;
    }

    @Override
    public void close() {
        http.close();
        process.close();
    }
}
