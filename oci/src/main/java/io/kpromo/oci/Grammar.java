// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

/// The grammar of names, written by hand: it runs for every tag and name of a manifest tree, and a regular
/// expression costs a start-up more than all of them.
final class Grammar {
    private static final int LONGEST_PATH = 255;
    private static final int LONGEST_TAG = 128;

    private Grammar() {}

    /// `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`
    static boolean isTag(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TAG) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z') || c == '_';
            if (!word && (i == 0 || (c != '.' && c != '-'))) {
                return false;
            }
        }
        return true;
    }

    /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*`
    static boolean isRepositoryPath(String text) {
        if (text.isEmpty() || text.length() > LONGEST_PATH) {
            return false;
        }
        int i = 0;
        while (true) {
            int start = i;
            while (i < text.length() && (isLower(text.charAt(i)) || isDigit(text.charAt(i)))) {
                i++;
            }
            if (i == start) {
                return false;
            }
            if (i == text.length()) {
                return true;
            }
            i = separator(text, i);
            if (i < 0) {
                return false;
            }
        }
    }

    /// The place after the separator at `i`, or -1 where there is none.
    private static int separator(String text, int i) {
        char c = text.charAt(i);
        int end = i;
        while (end < text.length() && text.charAt(end) == c) {
            end++;
        }
        int count = end - i;
        return switch (c) {
            case '/', '.' -> count == 1 ? end : -1;
            case '_' -> count <= 2 ? end : -1;
            case '-' -> end;
            default -> -1;
        };
    }

    static boolean looksLikeHost(String text) {
        return text.indexOf('.') >= 0 || text.indexOf(':') >= 0 || text.equals("localhost");
    }

    /// A DNS name, an IPv4 address or an IPv6 address in brackets, with an optional port from 1 to 65535.
    static boolean isHost(String text) {
        int portAt;
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 3 || !isIpv6(text.substring(1, close))) {
                return false;
            }
            portAt = close + 1;
        } else {
            int colon = text.indexOf(':');
            portAt = colon < 0 ? text.length() : colon;
            if (!isDnsName(text.substring(0, portAt))) {
                return false;
            }
        }
        return portAt == text.length() || (text.charAt(portAt) == ':' && isPort(text.substring(portAt + 1)));
    }

    /// 127.0.0.0/8, written with all of its four numbers. Asked for each request, so it takes nothing apart.
    static boolean isLoopbackV4(String address) {
        if (!address.startsWith("127.")) {
            return false;
        }
        int numbers = 1;
        int digits = 0;
        int number = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '.') {
                if (digits == 0) {
                    return false;
                }
                numbers++;
                digits = 0;
                number = 0;
            } else if (isDigit(c) && digits < 3) {
                digits++;
                number = 10 * number + c - '0';
                if (number > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return numbers == 4 && digits > 0;
    }

    private static boolean isDnsName(String text) {
        if (text.isEmpty() || text.length() > 253) {
            return false;
        }
        boolean labelStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (labelStart || text.charAt(i - 1) == '-') {
                    return false;
                }
                labelStart = true;
            } else if (isLower(c) || isDigit(c) || (!labelStart && c == '-')) {
                labelStart = false;
            } else {
                return false;
            }
        }
        return !labelStart && text.charAt(text.length() - 1) != '-';
    }

    private static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0
                && text.chars().allMatch(c -> c == ':' || c == '.' || isDigit((char) c) || (c >= 'a' && c <= 'f'));
    }

    private static boolean isPort(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> isDigit((char) c))) {
            return false;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65535;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
