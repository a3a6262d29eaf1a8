// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names, as distribution-spec 1.1 and image-spec 1.1 write them.
class NamesTest {
    /// Distribution-spec 1.1, "Pulling manifests", as they stand there.
    private static final Pattern PATH =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final String HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String SHA256 = "sha256:" + HEX;

    @Test
    void pathsAgreeWithTheExpressionOfTheSpecification() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            String text = text(random, "ab0/._-A", 12);
            assertThat(Grammar.isRepositoryPath(text))
                    .as(text)
                    .isEqualTo(PATH.matcher(text).matches());
        }
    }

    @Test
    void tagsAgreeWithTheExpressionOfTheSpecification() {
        Random random = new Random(2);
        for (int i = 0; i < 200_000; i++) {
            String text = text(random, "aZ0_.-/é ", 8);
            assertThat(Grammar.isTag(text)).as(text).isEqualTo(TAG.matcher(text).matches());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "1.10", "latest", "_", "A-b.c_d", "sha256-abc.sig"})
    void tagsAreShownAsTheyWereWritten(String text) {
        assertThat(new Tag(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "-a", "a b", "a/b", "a:b", "é", "a\n", "a\u0000"})
    void textsThatAreNoTagsAreRefusedWithWhatIsWanted(String text) {
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> new Tag(text))
                .withMessageContaining("invalid tag")
                .satisfies(e -> assertThat(e.kind()).isEqualTo("tag"));
    }

    @Test
    void aTagHas128CharactersAtMost() {
        assertThat(new Tag("a".repeat(128)).text()).hasSize(128);
        assertThatThrownBy(() -> new Tag("a".repeat(129))).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void aPathHas255CharactersAtMost() {
        assertThat(Grammar.isRepositoryPath("a".repeat(255))).isTrue();
        assertThat(Grammar.isRepositoryPath("a".repeat(256))).isFalse();
    }

    @Test
    void whatIsWrongIsShownWithoutControlCharactersAndNotAtAnyLength() {
        assertThatThrownBy(() -> new Tag("a\u001b[31m" + "b".repeat(10_000)))
                .message()
                .doesNotContain("\u001b")
                .hasSizeLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcr.io",
                "localhost",
                "localhost:5000",
                "127.0.0.1:5000",
                "[::1]:5000",
                "[::1]",
                "a-b.example:65535"
            })
    void hostsAreShownAsTheyWereWritten(String text) {
        assertThat(new Host(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "-a.example",
                "a-.example",
                "a..example",
                ".example",
                "a.example.",
                "a.example:",
                "a.example:0",
                "a.example:65536",
                "a.example:x",
                "a.example:1:2",
                "[::1",
                "[]:5000",
                "[g::]",
                "[::1]5000",
                "user@a.example",
                "a.example/b",
                "a.example?x"
            })
    void textsThatAreNoHostsAreRefused(String text) {
        assertThatThrownBy(() -> new Host(text)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void hostsDoNotCareForCase() {
        assertThat(new Host("GCR.io")).isEqualTo(new Host("gcr.io"));
    }

    @Test
    void aHostTellsItsAddressAndPort() {
        assertThat(new Host("[::1]:5000").address()).isEqualTo("::1");
        assertThat(new Host("[::1]:5000").port(443)).isEqualTo(5000);
        assertThat(new Host("[::1]").port(443)).isEqualTo(443);
        assertThat(new Host("gcr.io").port(443)).isEqualTo(443);
        assertThat(new Host("gcr.io:8443").address()).isEqualTo("gcr.io");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "a.localhost:1", "127.0.0.1", "127.255.0.9:5000", "[::1]:5000"})
    void theseHostsAreThisMachine(String text) {
        assertThat(new Host(text).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "128.0.0.1",
                "127.example",
                "127.0.0.1.example",
                "localhost.example",
                "127.0.0.256",
                "127.0.0.1.1",
                "127.0.0.a",
                "[::2]",
                "127.1"
            })
    void theseHostsAreNot(String text) {
        assertThat(new Host(text).isLoopback()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcr.io/a", "localhost/a/b", "a.example:5000/kube/pause-amd64", "[::1]:5000/a__b"})
    void repositoriesAreShownAsTheyWereWritten(String text) {
        assertThat(Repository.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a/b",
                "gcr.io",
                "gcr.io/",
                "/a",
                "gcr.io//a",
                "gcr.io/../a",
                "gcr.io/A",
                "gcr.io/a/",
                "gcr.io/a b",
                "gcr.io/a:b",
                "gcr.io/a@b",
                "gcr.io/a___b",
                "gcr.io/a?b=c",
                "gcr.io/a%2fb"
            })
    void textsThatAreNoRepositoriesAreRefused(String text) {
        assertThatThrownBy(() -> Repository.parse(text)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void aRepositoryHasOthersBelowIt() {
        assertThat(Repository.parse("gcr.io/a").resolve("b/c")).hasToString("gcr.io/a/b/c");
        assertThat(Repository.parse("gcr.io/a").resolve("")).hasToString("gcr.io/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcr.io/a:v1", "localhost:5000/a:v1", "gcr.io/a@" + SHA256})
    void referencesAreShownAsTheyWereWritten(String text) {
        assertThat(ImageReference.parse(text)).hasToString(text);
    }

    @Test
    void aDigestWinsOverATag() {
        assertThat(ImageReference.parse("gcr.io/a:v1@" + SHA256)).hasToString("gcr.io/a@" + SHA256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gcr.io/a", "localhost:5000/a", "gcr.io/a:", "gcr.io/a@", "gcr.io/a@sha256:00", "gcr.io/a:b:c"})
    void textsThatAreNoReferencesAreRefused(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void aReferenceWithAColonIsADigest() {
        assertThat(Reference.parse(SHA256)).isEqualTo(Digest.parse(SHA256));
        assertThat(Reference.parse("v1")).isEqualTo(new Tag("v1"));
    }

    @Test
    void digestsAreMadeAndReadAlike() {
        Digest made = Digest.sha256("test".getBytes(StandardCharsets.UTF_8));
        assertThat(made).hasToString(SHA256).isEqualTo(Digest.parse(SHA256));
        assertThat(made.hex()).isEqualTo(HEX);
        assertThat(made.matches("test".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(made.matches(new byte[0])).isFalse();
        assertThat(Digest.of(made.algorithm(), made.bytes())).isEqualTo(made).hasSameHashCodeAs(made);
    }

    @Test
    void sha512IsADigestToo() {
        String text = "sha512:" + HEX + HEX;
        assertThat(Digest.parse(text)).hasToString(text).isNotEqualTo(Digest.parse(SHA256));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256:",
                HEX,
                "sha1:" + HEX,
                "SHA256:" + HEX,
                "sha256:" + HEX + "0",
                "sha512:" + HEX,
                "sha256-" + HEX,
                " " + SHA256,
                SHA256 + "\n",
                "sha256:9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"
            })
    void textsThatAreNoDigestsAreRefused(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void digestsAreSortedAsTheirTextsAre() {
        Random random = new Random(3);
        for (int i = 0; i < 1000; i++) {
            byte[] a = new byte[32];
            byte[] b = new byte[32];
            random.nextBytes(a);
            random.nextBytes(b);
            Digest first = Digest.of(Digest.Algorithm.SHA256, a);
            Digest second = Digest.of(Digest.Algorithm.SHA256, b);
            assertThat(Integer.signum(first.compareTo(second)))
                    .isEqualTo(Integer.signum(first.toString().compareTo(second.toString())));
        }
    }

    @Test
    void aDigestKeepsItsBytesToItself() {
        Digest digest = Digest.parse(SHA256);
        digest.bytes()[0] = 0;
        assertThat(digest).hasToString(SHA256);
    }

    private static String text(Random random, String letters, int longest) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(longest + 1); left > 0; left--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
