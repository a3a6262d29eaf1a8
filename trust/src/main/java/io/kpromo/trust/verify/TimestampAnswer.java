// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Bytes;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/// The answer of a timestamp authority. The signature does not cover all of its frame: that is held to the letter
/// of RFC 3161 and RFC 5652 here, so that nothing in it can be changed.
final class TimestampAnswer {
    private static final int GRANTED = 0;
    private static final int SIGNED_DATA_VERSION = 3;

    private TimestampAnswer() {}

    /// @throws TSPException where it is not the answer that RFC 3161 describes, or a refusal
    static TimeStampToken token(Bytes answer) throws TSPException, IOException {
        TimeStampResponse response = new TimeStampResponse(answer.array());
        TimeStampToken token = response.getTimeStampToken();
        if (token == null || response.getStatus() != GRANTED) {
            throw new TSPException("not granted");
        }
        ContentInfo content = token.toCMSSignedData().toASN1Structure();
        SignedData data = SignedData.getInstance(content.getContent());
        if (!content.getContentType().equals(PKCSObjectIdentifiers.signedData)
                || data.getSignerInfos().size() != 1
                || !data.getVersion().hasValue(SIGNED_DATA_VERSION)
                || !(data.getEncapContentInfo().getContent() instanceof ASN1OctetString)) {
            throw new TSPException("not the signed data of one signer");
        }
        SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        boolean byName = !(signer.getSID().getId() instanceof ASN1OctetString);
        int certificates =
                data.getCertificates() == null ? 0 : data.getCertificates().size();
        // Those in forms that can't be read are left out of the store.
        if (signer.getUnauthenticatedAttributes() != null
                || data.getCRLs() != null
                || certificates != token.getCertificates().getMatches(null).size()) {
            throw new TSPException("it holds what nobody has signed");
        }
        if (!signer.getVersion().hasValue(byName ? 1 : SIGNED_DATA_VERSION)
                || !new DERSet(signer.getDigestAlgorithm()).equals(data.getDigestAlgorithms())) {
            throw new TSPException("the signer is not described as it is");
        }
        return token;
    }
}
