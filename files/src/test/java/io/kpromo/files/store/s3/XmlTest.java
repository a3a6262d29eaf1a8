// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.store.bucket.Looking;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {
    private static Looking.Page listing(String xml) throws IOException {
        return Xml.listing(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void keysAreReadAsTheyAreWritten() throws Exception {
        Looking.Page page = listing("""
                <?xml version="1.0" encoding="UTF-8"?>
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <Name>b</Name><IsTruncated>true</IsTruncated><EncodingType>url</EncodingType>
                  <Contents><Key>a+b%2Bc/%E6%97%A5%01</Key><Size>7</Size><ETag>&quot;x-2&quot;</ETag>
                    <Owner><ID>1</ID><DisplayName>somebody</DisplayName></Owner></Contents>
                </ListBucketResult>""");

        assertThat(page.last()).isFalse();
        assertThat(page.files()).singleElement().satisfies(entry -> {
            assertThat(entry.key()).isEqualTo("a b+c/日\u0001");
            assertThat(entry.file().size()).isEqualTo(7);
            assertThat(entry.file().version()).isEqualTo("\"x-2\"");
            assertThat(entry.sufficient()).isFalse();
        });
    }

    @Test
    void aStoreThatDoesNotEncodeKeysIsTakenAtItsWord() throws Exception {
        assertThat(listing("<r><Contents><Key>a+b&amp;%20</Key><Size>0</Size></Contents></r>")
                        .files())
                .singleElement()
                .satisfies(entry -> assertThat(entry.key()).isEqualTo("a+b&%20"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not XML",
                "<r><Contents><Key>a</Key></Contents></r>",
                "<r><Contents><Key>a</Key><Size>1</Size>",
                "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><r><Name>&b;</Name></r>",
                "<!DOCTYPE r [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><r><Name>&f;</Name></r>",
            })
    void whatIsNoListingIsRefused(String xml) {
        assertThatThrownBy(() -> listing(xml))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the answer is not the XML that S3 sends");
    }
}
