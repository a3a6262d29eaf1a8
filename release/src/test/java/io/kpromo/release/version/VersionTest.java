// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.InvalidNameException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void aVersionIsPrintedAsItWasWritten() {
        for (String text :
                List.of("v1.2.3", "1.2.3", "0.0.0", "v1.2.3-rc.1", "1.0.0-0.3.7+20130313144700", "1.0.0--")) {
            assertThat(Version.of(text)).hasToString(text);
        }
    }

    @Test
    void whatIsNoSemVerIsRefused() {
        for (String text : List.of(
                "",
                "v",
                "1",
                "1.2",
                "1.2.3.4",
                "01.2.3",
                "1.2.3-01",
                "1.2.3-",
                "1.2.3+",
                "V1.2.3",
                " 1.2.3",
                "1.2.3\n",
                "1.2.3-$(id)",
                "v1.2.3|x",
                "9".repeat(30) + ".0.0")) {
            assertThat(Version.parse(text)).as(text).isEmpty();
            assertThatThrownBy(() -> Version.of(text)).isInstanceOf(InvalidNameException.class);
        }
    }

    @Test
    void precedenceIsThatOfSemVer() {
        List<String> sorted = List.of(
                "1.0.0-alpha",
                "v1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "v1.0.1",
                "1.10.0",
                "2.0.0");
        assertThat(sorted.reversed().stream().map(Version::of).sorted().map(Version::toString))
                .containsExactlyElementsOf(sorted);
        assertThat(Version.of("v1.0.0+1")).isEqualByComparingTo(Version.of("1.0.0"));
    }

    @Test
    void othersLeaveOutPartsAndWriteZeros() {
        assertThat(Version.tolerant("1.22")).contains(Version.of("1.22.0"));
        assertThat(Version.tolerant("v3")).contains(Version.of("v3.0.0"));
        assertThat(Version.tolerant("19.03.15")).contains(Version.of("19.3.15"));
        assertThat(Version.tolerant("1.15.1-eksbuild.1")).contains(Version.of("1.15.1-eksbuild.1"));
        assertThat(Version.tolerant("1.22rc2")).isEmpty();
        assertThat(Version.tolerant("1.22-rc.2")).isEmpty();
        assertThat(Version.tolerant("bookworm-v1.0.0")).isEmpty();
    }

    @Test
    void aVersionFollowsTheHighestOneBelowIt() {
        for (String next : List.of(
                "v3.4.4", "v3.4.4-rc.1", "v3.5.1", "v3.6.0-alpha.0", "v3.6.0", "v4.0.0", "v5.0.0-rc.2", "v5.0.0")) {
            assertThat(succession(next).objection()).as(next).isEmpty();
        }
        assertThat(succession("v3.4.4").last()).contains(Version.of("v3.4.3"));
    }

    @Test
    void aGapIsSaidTogetherWithWhatWouldFollow() {
        assertThat(succession("v3.4.5").objection().orElseThrow())
                .isEqualTo("v3.4.5 does not follow v3.4.3, the last one before it; after that may come v3.4.4, v3.5.0,"
                        + " v4.0.0 or pre-releases of these");
        assertThat(succession("v3.5.2").objection()).isPresent();
        assertThat(succession("v3.7.0").objection()).isPresent();
        assertThat(succession("v6.1.0").objection()).isPresent();
    }

    @Test
    void aVersionThatIsThereDoesNotFollow() {
        assertThat(succession("3.4.3").objection()).contains("there is a v3.4.3 already");
    }

    @Test
    void theFirstVersionMayBeAny() {
        assertThat(Succession.of(Version.of("v0.7.3"), List.of()).objection()).isEmpty();
    }

    @Test
    void theNextRevisionIsTheOneBehindTheNewest() {
        Version version = Version.of("v3.4.4");
        assertThat(ImageTag.next(version, List.of("latest", "v3.4.3-7", "v3.4.4", "v3.4.4-rc.1")))
                .hasToString("v3.4.4-0");
        assertThat(ImageTag.next(version, List.of("v3.4.4-0", "v3.4.4-2", "v3.4.4-01", "v3.4.4-9999999999")))
                .hasToString("v3.4.4-3");
        assertThat(ImageTag.newest(version, List.of("v3.4.4-9", "v3.4.4-10"))).contains(new ImageTag(version, 10));
        assertThat(ImageTag.next(Version.of("v1.0.0-rc.1"), List.of("v1.0.0-rc.1-0"))
                        .tag())
                .hasToString("v1.0.0-rc.1-1");
        assertThatThrownBy(() -> new ImageTag(Version.of("1.0.0+5"), 0)).hasMessageContaining("without +5");
    }

    private static Succession succession(String next) {
        List<Version> existing = Stream.of("v3.4.2", "v3.4.3", "v3.5.0", "v5.0.0-rc.1")
                .map(Version::of)
                .toList();
        return Succession.of(Version.of(next), existing);
    }
}
