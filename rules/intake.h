// rules/intake.h — taking a file in: parsed, recorded as one submission, its receipts stored byte for byte in atomic
// groups.
//
//   const PreparedFile file = Prepare({"receipts/a.UKE", bytes, bytes}, run);   // beside anything, also another TakeIn
//   ASSIGN_OR_RETURN(SubmitReport report, TakeIn(store, file, /*want_claim_ids=*/false));
//   RETURN_IF_ERROR(store.Sync());                                                       // now it may be acknowledged
//
// The same bytes are one submission, whatever the file's name. A file cut short by a crash is continued under the
// number it has. What is said about it is kept without its name, and told under the name that it is sent under. A file
// refused as a whole is recorded with its complaints and no receipts; one that came too early (a
// later 請求年月) may be sent again in its month. What is wrong with the file is told in the report. Errors:
// AlreadyExists when another file's digest begins alike, so that claim ids would not tell the two apart; else those of
// the store. Source: decisions.md §1 (claim month, claim_id); files.md "Receipts"; uke_layouts.md (volumes).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/uke/receipt.h"
#include "rules/engine.h"

namespace furikae::rules {

struct IncomingFile {
  std::string_view name;     // path relative to the input, for reports
  std::string_view sent;     // the bytes as sent: what the digest is of
  std::string_view records;  // the same as a claim file; equal to `sent` unless it came as JSON
  bool paper = false;        // typed from paper
};

// Digest and records of a file: half of the work of taking it in, and no store is needed for it. Thread-safe. The bytes
// and the name must outlive the result.
struct PreparedFile {
  IncomingFile file;
  RunMoment run;
  storage::Digest digest{};                 // of the bytes as sent
  std::unique_ptr<uke::ParsedFile> parsed;  // on its own, since it may point into itself
  std::string place;  // begins what is said about it: the file's name, in JSON lines with the line
};
PreparedFile Prepare(const IncomingFile& file, const RunMoment& run);

absl::StatusOr<SubmitReport> TakeIn(storage::Store& store, const PreparedFile& prepared, bool want_claim_ids);

}  // namespace furikae::rules
