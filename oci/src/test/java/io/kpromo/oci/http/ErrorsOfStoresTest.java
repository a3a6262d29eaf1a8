// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What stores of files say when they refuse, as S3 and Google write it.
class ErrorsOfStoresTest extends TransportFixture {
    private RegistryException refusal(int status, String body, String target) throws Exception {
        try (var server = ScriptedServer.answering(reply(status, body));
                var transport = transport()) {
            return refusal(transport, Asking.get(server.host(), target));
        }
    }

    @Test
    void anErrorInTheXmlOfS3IsToldInItsWordsAndNothingElseOfIt() throws Exception {
        RegistryException refusal = refusal(403, """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>SignatureDoesNotMatch</Code><Message>The signature &amp; ours differ &lt;here&gt;</Message>
            <StringToSign>AWS4-HMAC-SHA256 secret-of-somebody</StringToSign><Resource>/b</Resource></Error>
            """, "/bucket/key?uploads=");

        assertThat(refusal.code()).contains("SignatureDoesNotMatch");
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal)
                .hasMessageContaining("403 SignatureDoesNotMatch after 1 try")
                .hasMessageContaining("/bucket/key?uploads=)")
                .hasMessageEndingWith("The signature & ours differ <here>")
                .hasMessageNotContaining("secret-of-somebody");
    }

    @Test
    void charactersThatS3WritesAsNumbersAreReadAndEachOnce() throws Exception {
        String said =
                "&#34;a&#x26;b&#38;lt; &amp;#34; &quot;&apos; &#xD83D; &#1114112; &#99999999999; &#; &nbsp; &#x1F600;";
        assertThat(refusal(403, "<Error><Code>AccessDenied</Code><Message>" + said + "</Message></Error>", "/b/k"))
                .hasMessageEndingWith("\"a&b&lt; &#34; \"' &#xD83D; &#1114112; &#99999999999; &#; &nbsp; \uD83D\uDE00");
    }

    @Test
    void anotherPageIsNotShown() throws Exception {
        assertThat(refusal(403, "<html><Code>x</Code></html>", "/")).hasMessageEndingWith("(a page in HTML)");
    }

    @Test
    void anErrorOfGoogleIsToldInItsWords() throws Exception {
        assertThat(refusal(404, "{\"error\": {\"code\": 404, \"message\": \"No such object: b/x\"}}", "/"))
                .hasMessageEndingWith("No such object: b/x");
    }

    @Test
    void theAddressOfAnUploadLetsWhoKnowsItWriteAndIsHidden() throws Exception {
        assertThat(refusal(400, "", "/upload?uploadType=resumable&upload_id=ABPtcPq&ifGenerationMatch=0"))
                .hasMessageContaining("?uploadType=resumable&upload_id=***&ifGenerationMatch=0");
    }

    @Test
    void whatCameTooSlowlyForS3IsSentAgain() throws Exception {
        try (var server = ScriptedServer.answering(
                        reply(400, "<Error><Code>RequestTimeout</Code><Message>slow</Message></Error>"),
                        reply(200, "fine"));
                var transport = transport()) {
            assertThat(transport.send(Asking.get(server.host(), "/b/k"))).isEqualTo("fine");
            assertThat(server.requests()).hasSize(2);
        }
        assertThat(events).singleElement().isInstanceOf(TransportListener.Retried.class);
    }
}
