// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import io.kpromo.oci.InvalidNameException;
import java.util.regex.Pattern;

/// A service account of Google: its e-mail address, or the number that Google gave it, which are the two that
/// `projects/-/serviceAccounts/{ACCOUNT_EMAIL_OR_UNIQUEID}` of the IAM Service Account Credentials API takes. Only the
/// form is checked: names that people choose have rules of their own, those of Google's own accounts and of other
/// clouds that it runs have others.
public record ServiceAccount(String text) {
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}@" + LABEL + "(?:\\." + LABEL + "){1,16}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,32}");

    /// @throws InvalidNameException when it is neither
    public ServiceAccount {
        if (!EMAIL.matcher(text).matches() && !NUMBER.matcher(text).matches()) {
            throw new InvalidNameException(
                    "service account", text, "an e-mail address (name@project.iam.gserviceaccount.com) or a number");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
