// core/files/registry_xml.h — qualifications from the replies of the online qualification system (OQS), single and
// bulk.
//
//   ASSIGN_OR_RETURN(TableReport report, ReadRegistryXml("OQSsiquc01res.xml", bytes, [&](RegistryRow&& row) { … }));
//
// Every ResultOfQualificationConfirmation in the file is one row, wherever it stands; rows are numbered from 1 in file
// order. InsuredCardExpirationDate is the last valid day: the row is disqualified the day after. RegisteredAt is the
// ProcessExecutionTime of the message. A reply names no subject; one is made from what identifies the person there
// (card with branch, birth date, sex, name) by SHA-256, so that the same reply gives the same subject in every run.
// Results of one short ResultList with the same name, birth date and sex are one person. The same human asked for by
// another card in another reply is another subject: only the agency's own registry.csv can link them. Bad rows, those
// with an insurer number that no insurer can have among them, are complaints with the element's name. InvalidArgument:
// not XML, no result in it, larger than kLongestXml. UTF-8, UTF-16 or, when declared so, Shift_JIS. Source: files.md
// registry.csv (last line); decisions.md §1.
#pragma once

#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/coverage.h"
#include "core/files/table_report.h"

namespace furikae {

inline constexpr size_t kLongestXml = size_t{256} << 20;  // bytes; the document is held in memory while it is read

absl::StatusOr<TableReport> ReadRegistryXml(std::string_view file, std::string_view bytes,
                                            absl::FunctionRef<void(RegistryRow&&)> deliver);

}  // namespace furikae
