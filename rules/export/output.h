// rules/export/output.h — the files of `out/` on their way to the sink: one after the other, in chunks.
//
//   output.Begin("returns.csv");  output.Line({"claim_id", "institution"});  …  RETURN_IF_ERROR(output.End());
//
// Begin ends the file before it. The first failure of the sink stays and is returned by every later End; what is
// appended after it goes nowhere. Chunks are of about 1 MiB, sums of the report in files and bytes. Not thread-safe.
// Source: files.md "Out".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "rules/export/export.h"

namespace furikae::rules {

class Output {
 public:
  explicit Output(Sink sink) : sink_(sink) {}
  void Begin(std::string_view path);  // the path already begun: goes on with it
  void Append(std::string_view bytes);
  void Line(const std::vector<std::string_view>& fields);  // one CSV line
  absl::Status End();                                      // of the current file, if any
  const ExportReport& report() const { return report_; }

 private:
  void Flush();

  Sink sink_;
  std::string path_, buffer_;
  bool open_ = false, written_ = false;
  absl::Status status_;
  ExportReport report_;
};

}  // namespace furikae::rules
