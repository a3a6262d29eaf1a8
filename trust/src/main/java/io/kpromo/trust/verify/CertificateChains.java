// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.sigstore.Authority;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who issued a certificate, and whether they could at the time. RFC 5280, section 6, with the usages that Sigstore
/// asks for.
final class CertificateChains {
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String AUTHORITY_KEY = "2.5.29.35";

    private final List<Authority> authorities;

    CertificateChains(List<Authority> authorities) {
        this.authorities = authorities;
    }

    /// Certificates that come with a signature prove nothing, but they have to be what they pretend to be.
    void requireLinked(List<X509Certificate> chain) throws Refusal {
        for (int i = 0; i < chain.size() && chain.size() > 1; i++) {
            X509Certificate certificate = chain.get(i);
            X509Certificate issuer = i + 1 < chain.size() ? chain.get(i + 1) : known(certificate);
            try {
                certificate.verify(issuer.getPublicKey());
            } catch (GeneralSecurityException notIssued) {
                throw Refusal.failed("certificate " + (i + 1) + " of its chain was not issued by "
                        + issuer.getSubjectX500Principal().getName());
            }
        }
    }

    /// The issuer of the last certificate of a chain: itself, or one that the root names.
    private X509Certificate known(X509Certificate certificate) throws Refusal {
        if (certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return certificate;
        }
        return authorities.stream()
                .flatMap(authority -> authority.chain().stream())
                .filter(issuer -> isNamed(certificate, issuer))
                .findFirst()
                .orElseThrow(() -> unknown(certificate));
    }

    private static Refusal unknown(X509Certificate certificate) {
        return Refusal.unverifiable("its certificate is by "
                + certificate.getIssuerX500Principal().getName()
                + ", an authority that the trusted root does not name");
    }

    /// The certificate of the authority that issued this one, valid at that moment as all above it.
    X509Certificate issuer(X509Certificate leaf, Instant moment) throws Refusal {
        requireLife(leaf, moment);
        requireUsage(leaf);
        Refusal nearest = unknown(leaf);
        for (Authority authority : authorities) {
            if (!isNamed(leaf, authority.chain().getFirst())) {
                continue;
            }
            if (!authority.validity().contains(moment)) {
                nearest = Refusal.failed("it was signed at " + moment + ", when its certificate's authority was not"
                        + " trusted: that is " + authority.validity());
                continue;
            }
            try {
                validate("its signer", leaf, authority.chain(), moment);
                return authority.chain().getFirst();
            } catch (Refusal refusal) {
                nearest = refusal;
            }
        }
        throw nearest;
    }

    private static void requireLife(X509Certificate leaf, Instant moment) throws Refusal {
        if (moment.isBefore(leaf.getNotBefore().toInstant())) {
            throw Refusal.failed("it was signed at " + moment + ", before its certificate was valid: that is from "
                    + leaf.getNotBefore().toInstant());
        }
        if (moment.isAfter(leaf.getNotAfter().toInstant())) {
            throw Refusal.failed("it was signed at " + moment + ", when its certificate had expired: that was at "
                    + leaf.getNotAfter().toInstant());
        }
    }

    private static void requireUsage(X509Certificate leaf) throws Refusal {
        boolean[] usage = leaf.getKeyUsage();
        if (leaf.getBasicConstraints() >= 0) {
            throw Refusal.failed("its certificate is one of an authority, not of a signer");
        }
        if ((usage != null && !usage[0]) || !isFor(leaf, CODE_SIGNING)) {
            throw Refusal.failed("its certificate is not for signing code");
        }
    }

    static boolean isFor(X509Certificate certificate, String purpose) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(purpose);
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }

    /// By name, and by the key's identifier where both have one: authorities change their keys and keep their
    /// names.
    private static boolean isNamed(X509Certificate leaf, X509Certificate issuer) {
        if (!leaf.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        byte @Nullable [] wanted = leaf.getExtensionValue(AUTHORITY_KEY);
        byte @Nullable [] has = issuer.getExtensionValue(SUBJECT_KEY);
        // OCTET STRING { SEQUENCE { [0] id } } and OCTET STRING { OCTET STRING id }, all of them short.
        return wanted == null
                || has == null
                || wanted.length != has.length + 2
                || Arrays.equals(wanted, 6, wanted.length, has, 4, has.length);
    }

    /// Ends with a refusal where the path from `chain`'s root down to the leaf is not one at that moment.
    ///
    /// @param whose certificate the leaf is, for messages
    static void validate(String whose, X509Certificate leaf, List<X509Certificate> chain, Instant moment)
            throws Refusal {
        X509Certificate root = chain.getLast();
        List<X509Certificate> path = new ArrayList<>(chain.subList(0, chain.size() - 1));
        path.addFirst(leaf);
        try {
            root.checkValidity(Date.from(moment));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(moment));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (CertPathValidatorException e) {
            throw Refusal.failed("the certificate chain of " + whose + " does not hold at " + moment + ": "
                    + (e.getIndex() >= 0
                            ? path.get(e.getIndex()).getSubjectX500Principal().getName() + " "
                            : "")
                    + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw Refusal.failed(
                    "the certificate chain of " + whose + " does not hold at " + moment + ": " + e.getMessage());
        }
    }
}
