// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.tuf;

import static io.kpromo.trust.tuf.SampleRepository.FILE;
import static io.kpromo.trust.tuf.SampleRepository.NOW;
import static io.kpromo.trust.tuf.SampleRepository.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class TufClientTest {
    @TempDir
    private Path folder;

    private final SampleRepository repository = new SampleRepository();
    private final Bytes first = repository.publishRoot(repository.rootKeys);

    @BeforeEach
    void publish() {
        repository.publish();
    }

    private TufClient client(Instant now) {
        return new TufClient(repository, folder, () -> first, () -> now);
    }

    private Bytes read() throws InterruptedException {
        return client(NOW).refresh().read("trusted_root.json");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(this::read)
                .isInstanceOf(TrustException.class)
                .hasMessageStartingWith("the root of trust can't be brought up to date")
                .hasMessageContaining(why);
    }

    @Test
    void aFileIsFoundByWhatFourRolesSignAndTheSecondTimeInTwoRequests() throws Exception {
        assertThat(read()).isEqualTo(FILE);
        assertThat(repository.asked)
                .containsExactly(
                        "2.root.json",
                        "timestamp.json",
                        "1.snapshot.json",
                        "1.targets.json",
                        "targets/" + sha256(FILE) + ".trusted_root.json");

        repository.asked.clear();
        assertThat(read()).isEqualTo(FILE);
        assertThat(repository.asked).containsExactly("2.root.json", "timestamp.json");
    }

    @Test
    void theNextVersionIsTakenAndThatBeforeNoMore() throws Exception {
        read();
        Bytes old = repository.files.getOrDefault("timestamp.json", Bytes.of(""));
        repository.next();
        read();

        repository.files.put("timestamp.json", old);
        assertRefused("timestamp.json is version 1, older than 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot", "targets"})
    void metadataThatHasExpired(String role) {
        repository.lives.put(role, Duration.ZERO);
        repository.publish();

        assertRefused("has expired at 2026-11-01T12:00:00Z");
    }

    @Test
    void anExpiredRootIsGoodEnoughToReachANewerOneAndForNothingElse() throws Exception {
        Instant later = NOW.plus(Duration.ofDays(8));
        assertThatThrownBy(() -> client(later).refresh()).hasMessageContaining("the root that came with kpromo has");

        repository.versions.put("root", 2L);
        repository.lives.putAll(Map.of(
                "root", Duration.ofDays(90),
                "timestamp", Duration.ofDays(90),
                "snapshot", Duration.ofDays(90),
                "targets", Duration.ofDays(90)));
        repository.publishRoot(repository.rootKeys);
        repository.publish();
        assertThat(client(later).refresh().read("trusted_root.json")).isEqualTo(FILE);
    }

    @Test
    void keysOfTheRootAreRotatedByOldAndNewOnes() throws Exception {
        List<KeyPair> old = repository.rootKeys;
        repository.rootKeys = SampleRepository.keys(3);
        repository.targetKeys = SampleRepository.keys(3);
        repository.versions.put("root", 2L);
        List<KeyPair> both = new ArrayList<>(old);
        both.addAll(repository.rootKeys);
        repository.publishRoot(both);
        repository.publish();

        assertThat(read()).isEqualTo(FILE);
    }

    @Test
    void aRootThatOnlyTheOldOrOnlyTheNewKeysHaveSigned() {
        List<KeyPair> old = repository.rootKeys;
        repository.rootKeys = SampleRepository.keys(3);
        repository.versions.put("root", 2L);

        repository.publishRoot(old);
        assertRefused("2.root.json has 0 of the 2 signatures that role root needs");
        repository.publishRoot(repository.rootKeys);
        assertRefused("2.root.json has 0 of the 2 signatures that role root needs");
    }

    @Test
    void aRootWithTooFewSignaturesOrAnotherVersionThanItsName() {
        repository.versions.put("root", 2L);
        repository.publishRoot(repository.rootKeys.subList(0, 1));
        assertRefused("has 1 of the 2 signatures");

        repository.versions.put("root", 3L);
        Bytes third = repository.publishRoot(repository.rootKeys);
        repository.files.put("2.root.json", third);
        assertRefused("2.root.json is version 3, not 2");
    }

    @Test
    void oneKeyUnderTwoNamesSignsOnce() {
        repository.versions.put("root", 2L);
        ObjectNode root = repository.root();
        KeyPair key = repository.rootKeys.getFirst();
        ((ObjectNode) root.path("keys"))
                .set("alias", root.path("keys").path(SampleRepository.id(key)).deepCopy());
        ((ArrayNode) root.path("roles").path("root").path("keyids")).add("alias");
        Bytes signed = SampleRepository.signed(root, List.of(key));
        ObjectNode json = (ObjectNode) Json.read("root", signed).node();
        ObjectNode again = ((ObjectNode) json.path("signatures").get(0)).deepCopy();
        ((ArrayNode) json.path("signatures")).add(again.put("keyid", "alias"));
        repository.files.put("2.root.json", JsonText.write(json));

        assertRefused("has 1 of the 2 signatures");
    }

    @Test
    void metadataOfAStranger() {
        SampleRepository stranger = new SampleRepository();
        stranger.publish();
        repository.files.putAll(stranger.files);

        assertRefused("timestamp.json has 0 of the 1 signatures that role timestamp needs");
    }

    @Test
    void targetsThatTooFewHaveSigned() {
        repository.files.put(
                "1.targets.json", SampleRepository.signed(repository.targets(), repository.targetKeys.subList(0, 1)));

        assertRefused("1.targets.json has 1 of the 2 signatures that role targets needs");
    }

    @Test
    void metadataThatWasChangedAfterItWasSigned() {
        Bytes targets = repository.files.getOrDefault("1.targets.json", Bytes.of(""));
        repository.files.put("1.targets.json", Bytes.of(targets.text().replace("2026-11", "2036-11")));

        assertRefused("1.targets.json has 0 of the 2 signatures");
    }

    @Test
    void aSnapshotThatIsNotTheOneTheTimestampNames() {
        Bytes snapshot = repository.files.getOrDefault("1.snapshot.json", Bytes.of(""));
        repository.files.put("1.snapshot.json", Bytes.of(snapshot.text() + " "));
        assertThatThrownBy(this::read).isInstanceOf(AssertionError.class).hasMessageContaining("at most");

        repository.files.put("1.snapshot.json", Bytes.of(snapshot.text().replace("1.0.31", "1.0.32")));
        assertRefused("1.snapshot.json has another SHA-256 than was signed");
    }

    @Test
    void metadataOfAnotherVersionThanItsName() {
        repository.versions.put("targets", 2L);
        Bytes second = SampleRepository.signed(repository.targets(), repository.targetKeys);
        repository.files.put("1.targets.json", second);

        assertRefused("1.targets.json is version 2, not 1");
    }

    @Test
    void aSnapshotThatLeadsTargetsBack() throws Exception {
        repository.next();
        read();
        repository.versions.putAll(Map.of("timestamp", 3L, "snapshot", 3L, "targets", 1L));
        repository.publish();

        assertRefused("names no version of targets.json as new as 2");
    }

    @Test
    void aTimestampThatLeadsTheSnapshotBack() throws Exception {
        repository.next();
        read();
        repository.versions.putAll(Map.of("timestamp", 3L, "snapshot", 1L));
        repository.publish();

        assertRefused("timestamp.json names an older snapshot than version 2");
    }

    @Test
    void afterTheKeysThatSignedThemAreReplacedVersionsMayGoBack() throws Exception {
        repository.versions.putAll(Map.of("timestamp", 1_000_000L, "snapshot", 1_000_000L));
        repository.publish();
        read();

        repository.onlineKeys = SampleRepository.keys(1);
        repository.versions.putAll(Map.of("root", 2L, "timestamp", 3L, "snapshot", 3L));
        repository.publishRoot(repository.rootKeys);
        repository.publish();
        assertThat(read()).isEqualTo(FILE);
    }

    @Test
    void aFileThatIsNotTheOneThatWasSigned() {
        String path = "targets/" + sha256(FILE) + ".trusted_root.json";
        repository.files.put(path, Bytes.of(FILE.text().replace("me", "ma")));
        assertRefused("trusted_root.json has another SHA-256 than was signed");

        repository.files.put(path, Bytes.of("{}"));
        assertRefused("trusted_root.json has 2 bytes, not the 14 that were signed");

        repository.files.remove(path);
        assertRefused("the mirror has no " + path);
    }

    @Test
    void aFileThatIsNotNamed() throws Exception {
        TufClient.Targets targets = client(NOW).refresh();

        assertThatThrownBy(() -> targets.read("another.json")).hasMessageContaining("names no another.json");
    }

    @Test
    void aTimestampTooLongToBeOneIsNotReadToItsEnd() {
        repository.files.put("timestamp.json", Bytes.of(" ".repeat(20_000)));

        assertThatThrownBy(this::read).isInstanceOf(AssertionError.class).hasMessageContaining("at most 16384");
    }

    @Test
    void aCacheThatIsBrokenIsMadeAnew() throws Exception {
        read();
        for (String file : List.of("timestamp.json", "snapshot.json", "targets.json", "target.trusted_root.json")) {
            Files.writeString(folder.resolve(file), "{");
        }

        assertThat(read()).isEqualTo(FILE);
    }

    @Test
    void aRepositoryWithoutConsistentSnapshots() {
        repository.versions.put("root", 2L);
        repository.files.put(
                "2.root.json",
                SampleRepository.signed(repository.root().put("consistent_snapshot", false), repository.rootKeys));

        assertRefused("has no consistent snapshots");
    }
}
