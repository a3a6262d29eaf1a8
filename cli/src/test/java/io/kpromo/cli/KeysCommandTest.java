// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.cli.terminal.Console;
import io.kpromo.oci.auth.Secret;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    private static final Map<String, String> PASSWORD = Map.of("COSIGN_PASSWORD", "open sesame");

    @TempDir
    Path folder;

    @Test
    void aKeyIsMadeAndItsPublicPartShown() throws Exception {
        Path key = folder.resolve("new.key");
        Path pub = folder.resolve("new.pub");

        Ran made = kpromo(PASSWORD, "keys", "generate", "--output", folder.resolve("new") + "");

        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out().lines())
                .hasSize(3)
                .anyMatch(line -> line.matches("fingerprint  [0-9a-f]{64}"))
                .anyMatch(line -> line.contains(pub.toString()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(kpromo(PASSWORD, "keys", "public", "--key", key.toString()).out())
                .isEqualTo(Files.readString(pub));
        assertThat(made.out() + made.err()).doesNotContain("sesame", "PRIVATE KEY");
    }

    @Test
    void theFilesOfAKeyAreNeverOverwritten() throws Exception {
        Path key = Files.writeString(folder.resolve("new.key"), "precious");

        Ran ran = kpromo(
                PASSWORD, "keys", "generate", "--output", folder.resolve("new").toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .isEqualTo("error: cannot write the key: " + key + " is there already and is never overwritten\n");
        assertThat(key).hasContent("precious");
        assertThat(folder.resolve("new.pub")).doesNotExist();
    }

    @Test
    void thePublicPartIsWrittenWhereItIsAskedFor() throws Exception {
        String prefix = folder.resolve("new").toString();
        kpromo(PASSWORD, "keys", "generate", "--output", prefix);
        String[] words = {"keys", "public", "--key", prefix + ".key", "--output", folder.resolve("copy") + ""};

        assertThat(kpromo(PASSWORD, words).code()).isZero();
        assertThat(folder.resolve("copy.pub")).hasSameTextualContentAs(Path.of(prefix + ".pub"));
        assertThat(kpromo(PASSWORD, words).err()).contains("copy.pub is there already");
    }

    @Test
    void aKeyIsNotOpenedWithoutItsPasswordWhichIsNeverShown() {
        String prefix = folder.resolve("new").toString();
        kpromo(PASSWORD, "keys", "generate", "--output", prefix);
        String[] words = {"keys", "public", "--key", prefix + ".key", "--log-level", "trace"};

        Ran wrong = kpromo(Map.of("COSIGN_PASSWORD", "hunter2"), words);
        Ran missing = kpromo(words);

        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("the password does not open it").doesNotContain("hunter2", "sesame");
        assertThat(missing.err()).contains("it is encrypted and there is no password; set COSIGN_PASSWORD");
    }

    @Test
    void aNewKeyNeedsAPasswordAndAnEmptyOneIsOne() {
        String prefix = folder.resolve("new").toString();

        Ran none = kpromo("keys", "generate", "--output", prefix);
        Ran empty = kpromo(Map.of("COSIGN_PASSWORD", ""), "keys", "generate", "--output", prefix);

        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).startsWith("error: no password for the new key; set COSIGN_PASSWORD");
        assertThat(empty.code()).isZero();
    }

    @Test
    void aKeyThatAServiceHoldsIsLookedForThere() {
        Ran vault = kpromo("keys", "public", "--key", "hashivault://release");
        Ran unknown = kpromo("keys", "public", "--key", "azurekms://release");

        assertThat(vault.code()).isEqualTo(1);
        assertThat(vault.err()).isEqualTo("error: cannot use the key hashivault://release: VAULT_ADDR is not set\n");
        assertThat(unknown.err()).startsWith("error: no keys are known by azurekms://");
    }

    @Test
    void aPersonIsAskedTwiceForANewPassword() {
        List<String> shown = new ArrayList<>();
        Deque<String> typed = new ArrayDeque<>(List.of("one", "one", "one", "two"));
        KeyPassword password = new KeyPassword(console(Map.of()), prompt -> {
            shown.add(prompt);
            return Optional.of(Secret.of(typed.removeFirst()));
        });

        assertThat(password.ofNewKey()).isEqualTo(Secret.of("one"));
        assertThat(shown).containsExactly("Password of the new key", "The same again");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(password::ofNewKey)
                .withMessage("the two passwords differ; nothing is written");
    }

    @Test
    void nobodyIsAskedWhereTheVariableIsSet() {
        KeyPassword password = new KeyPassword(console(PASSWORD), prompt -> {
            throw new AssertionError("asked for: " + prompt);
        });

        assertThat(password.ofKey("a.key")).contains(Secret.of("open sesame"));
        assertThat(password.ofNewKey()).isEqualTo(Secret.of("open sesame"));
    }

    private static Console console(Map<String, String> environment) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new Console(environment, InputStream.nullInputStream(), nowhere, nowhere, true);
    }
}
