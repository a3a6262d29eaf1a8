// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.gcs.GcsStores;
import io.kpromo.files.store.s3.S3Options;
import io.kpromo.files.store.s3.S3Stores;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Looking for some files in a bucket of a million, whose names are made when they are asked for.
@Timeout(60)
class FullBucketTest {
    private static final int MILLION = 1_000_000;
    private static final int PAGE = 1000;
    private static final IntFunction<String> NAMES = "file-%07d"::formatted;

    /// How a cloud answers for file `n`, and for some of them in a listing.
    enum Cloud {
        S3 {
            @Override
            Store open(String server, HttpTransport transport) {
                Map<String, String> environment =
                        Map.of("AWS_ENDPOINT_URL", "http://" + server, "AWS_REGION", "us-east-1");
                return new S3Stores(transport, environment, Cloud::nobody, S3Options.standard(), InstantSource.system())
                        .asAnyone(Base.parse("s3://full"));
            }

            @Override
            Reply answer(Asked asked) {
                if (asked.asks("list-type").isEmpty()) {
                    return Reply.of(200).with(new byte[3]).with("ETag", "\"900150983cd24fb0d6963f7d28e17f72\"");
                }
                int first = number(asked.says("start-after")) + 1;
                String files = page(
                        first,
                        "",
                        name -> "<Contents><Key>" + name + "</Key><ETag>&quot;900150983cd24fb0d6963f7d28e17f72&quot;"
                                + "</ETag><Size>3</Size></Contents>");
                return Reply.of(
                        200,
                        "<ListBucketResult><EncodingType>url</EncodingType>" + files + "<IsTruncated>"
                                + (first + PAGE < MILLION) + "</IsTruncated></ListBucketResult>");
            }
        },
        GOOGLE {
            @Override
            Store open(String server, HttpTransport transport) {
                return new GcsStores(
                                transport,
                                Map.of("STORAGE_EMULATOR_HOST", server),
                                Cloud::nobody,
                                InstantSource.system())
                        .asAnyone(Base.parse("gs://full"));
            }

            @Override
            Reply answer(Asked asked) {
                if (!asked.path().endsWith("/o")) {
                    return Reply.of(200, object(asked.path().replaceAll(".*/", "")));
                }
                int first = number(asked.says("startOffset"));
                return Reply.of(
                        200,
                        "{\"items\":[" + page(first, ",", Cloud::object) + "]"
                                + (first + PAGE < MILLION ? ",\"nextPageToken\":\"more\"}" : "}"));
            }
        };

        abstract Store open(String server, HttpTransport transport);

        abstract Reply answer(Asked asked);

        private static CloudAccess nobody() {
            throw new AssertionError("everybody may read");
        }

        private static String object(String name) {
            return "{\"name\":\"" + name + "\",\"size\":\"3\",\"generation\":\"7\",\"md5Hash\":"
                    + "\"kAFQmDzST7DWlj99KOF/cg==\",\"crc32c\":\"Nks/tw==\"}";
        }

        /// What a place in a listing means: the first name that is not before it.
        private static int number(String place) {
            String digits = place.replaceFirst("^file-?", "");
            int given = digits.isEmpty() ? 0 : Integer.parseInt((digits + "0000000").substring(0, 7));
            return digits.length() == 7 || digits.isEmpty() ? given : given - 1;
        }

        private static String page(int first, String between, UnaryOperator<String> entry) {
            return IntStream.range(first, Math.min(MILLION, first + PAGE))
                    .mapToObj(NAMES)
                    .map(entry)
                    .collect(Collectors.joining(between));
        }
    }

    private final HttpTransport transport = HttpTransport.open(TransportOptions.standard());

    @AfterEach
    void close() {
        transport.close();
    }

    private Map<Kind, Long> lookingFor(Cloud cloud, IntStream numbers) throws InterruptedException {
        Set<FileName> names = numbers.mapToObj(NAMES).map(FileName::new).collect(Collectors.toSet());
        try (LoopbackServer server = new LoopbackServer(cloud::answer);
                Store store = cloud.open(server.authority(), transport)) {
            assertThat(store.look(List.copyOf(names))).containsOnlyKeys(names);
            return transport.counts().requests(server.host());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tenFilesTakeTenRequestsAndNoListing(Cloud cloud) throws Exception {
        assertThat(lookingFor(cloud, IntStream.range(0, 10).map(i -> i * 99_999)))
                .isEqualTo(Map.of(Kind.HEAD_FILE, 10L));
    }

    @ParameterizedTest
    @EnumSource
    void manyThatLieFarApartTakeOnePageAtMostBeforeThatIsGivenUp(Cloud cloud) throws Exception {
        Map<Kind, Long> counts = lookingFor(cloud, IntStream.range(0, 200).map(i -> i * 4999));

        assertThat(counts.get(Kind.LIST_FILES)).isEqualTo(1);
        assertThat(counts.get(Kind.HEAD_FILE)).isLessThan(200);
    }

    @ParameterizedTest
    @EnumSource
    void thousandsThatLieTogetherTakeAFewPagesInTheMidstOfTheMillion(Cloud cloud) throws Exception {
        assertThat(lookingFor(cloud, IntStream.range(500_000, 504_000)).keySet())
                .containsExactly(Kind.LIST_FILES);
        assertThat(transport.counts().of(Kind.LIST_FILES).requests()).isBetween(4L, 6L);
    }
}
