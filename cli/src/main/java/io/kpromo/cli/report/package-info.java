// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What a run came to, as one HTML file for people and as JSON for programs.
///
/// Start at [ReportModel]: [ReportJson] and [ReportHtml] write it down. The HTML holds the JSON, so that both say
/// the same.
@NullMarked
package io.kpromo.cli.report;

import org.jspecify.annotations.NullMarked;
