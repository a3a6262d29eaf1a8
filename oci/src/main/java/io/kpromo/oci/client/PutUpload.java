// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Ends an upload, with all of its bytes or after they were sent in parts.
record PutUpload(Upload upload, Optional<Body> whole) implements Call<Boolean> {
    @Override
    public Request request() {
        return new Request(
                upload.into().host(),
                Method.PUT,
                upload.with("digest", upload.blob().toString()),
                Map.of("Content-Type", MediaTypes.OCTETS),
                Optional.of(whole.orElse(Body.of(new byte[0]))),
                Kind.PUT_BLOB,
                List.of(Scope.push(upload.into())),
                "upload blob " + upload.into().at(upload.blob()));
    }

    @Override
    public Boolean read(Response response) {
        String said =
                response.header("Docker-Content-Digest").map(String::strip).orElse("");
        String wanted = upload.blob().toString();
        if (!said.isEmpty() && !said.equals(wanted) && said.startsWith(wanted.substring(0, wanted.indexOf(':') + 1))) {
            throw new OciException("upload blob " + upload.into().at(upload.blob()) + ": the registry says it stored "
                    + said + "; it is broken or something between changes its answers");
        }
        return true;
    }
}
