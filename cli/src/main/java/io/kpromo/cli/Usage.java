// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is said when words cannot be understood.
final class Usage {
    private Usage() {}

    /// One line: what is wrong, what may have been meant, where to read on.
    static String explain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String more = "; see " + command.getCommandSpec().qualifiedName() + " --help";
        return switch (wrong) {
            case UnmatchedArgumentException unknown ->
                unknown(command, unknown.getUnmatched().getFirst()) + more;
            case MissingParameterException missing -> lower(String.valueOf(missing.getMessage())) + more;
            default ->
                lower(String.valueOf(wrong.getMessage()).replace("is not an int", "is not a whole number")) + more;
        };
    }

    private static String unknown(CommandLine command, String written) {
        boolean top = command.getParent() == null;
        if (!written.startsWith("-")) {
            String noun = top || !command.getSubcommands().isEmpty() ? "unknown command " : "unexpected argument ";
            List<String> known = top
                    ? Commands.names()
                    : List.copyOf(command.getSubcommands().keySet());
            return noun + Text.quoted(written) + meant(written, known);
        }
        String flag = written.contains("=") ? written.substring(0, written.indexOf('=')) : written;
        List<String> flags = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            flags.addAll(List.of(option.names()));
        }
        return "unknown flag " + Text.quoted(flag) + meant(flag, flags);
    }

    private static String meant(String written, List<String> known) {
        return Text.nearest(written, known)
                .map(name -> "; did you mean " + Text.quoted(name) + "?")
                .orElse("");
    }

    private static String lower(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
