#include "tools/furikae/console.h"

#include <google/protobuf/util/json_util.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/concat.h"

namespace furikae::tools {
namespace {

constexpr int kComplaintsShown = 20;
constexpr auto kBetweenUpdates = std::chrono::milliseconds(100);

}  // namespace

Progress::Progress() : terminal_(isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() {
  if (terminal_ && !step_.empty()) std::cerr << "\r\033[K";
}

void Progress::Show(std::string_view step, int64_t done, int64_t total) {
  const bool new_step = step != step_;
  step_ = std::string(step);
  if (!terminal_) {
    if (new_step) std::cerr << step << "\n";
    return;
  }
  const auto now = std::chrono::steady_clock::now();
  if (!new_step && now - last_ < kBetweenUpdates) return;
  last_ = now;
  std::cerr << "\r\033[K" << step;
  if (done > 0 || total > 0) std::cerr << ": " << WithSeparators(done);
  if (total > 0) std::cerr << " of " << WithSeparators(total);
  std::cerr << std::flush;
}

void PrintComplaints(std::string_view what, const google::protobuf::RepeatedPtrField<std::string>& complaints) {
  if (complaints.empty()) return;
  std::cerr << what << ":\n";
  const int shown = isatty(STDERR_FILENO) != 0 ? std::min(complaints.size(), kComplaintsShown) : complaints.size();
  for (int i = 0; i < shown; ++i) std::cerr << "  " << complaints[i] << "\n";
  if (shown < complaints.size())
    std::cerr << "  … and " << complaints.size() - shown << " more; `2>FILE` writes all of them to a file\n";
}

void PrintNotes(const google::protobuf::RepeatedPtrField<std::string>& notes) {
  for (const std::string& note : notes) std::cerr << "note: " << note << "\n";
}

void PrintComplaints(std::string_view file, const v1::SubmitResponse& response) {
  const bool refused = response.refused_whole() || response.refused() > 0;
  const std::string what = response.refused_whole()  ? "refused as a whole"
                           : response.refused() == 1 ? "1 receipt refused"
                                                     : absl::StrCat(response.refused(), " receipts refused");
  PrintComplaints(Concat(file, ": ", what, " because"), response.complaints());
  PrintComplaints(Concat(file, refused ? ": also noted" : ": noted"), response.notes());
}

void PrintOutcomes(const google::protobuf::RepeatedPtrField<v1::OutcomeSum>& outcomes) {
  absl::FPrintF(stdout, "  %-18s %12s %18s\n", "outcome", "receipts", "insurers' yen");
  int64_t receipts = 0;
  int64_t yen = 0;
  for (const v1::OutcomeSum& row : outcomes) {
    absl::FPrintF(stdout, "  %-18s %12s %18s\n", row.outcome(), WithSeparators(row.receipts()),
                  WithSeparators(row.yen()));
    receipts += row.receipts();
    yen += row.yen();
  }
  absl::FPrintF(stdout, "  %-18s %12s %18s\n", "total", WithSeparators(receipts), WithSeparators(yen));
}

std::string WithSeparators(int64_t number) {
  std::string digits = absl::StrCat(number < 0 ? -number : number);
  for (int place = static_cast<int>(digits.size()) - 3; place > 0; place -= 3)
    digits.insert(static_cast<size_t>(place), ",");
  return number < 0 ? absl::StrCat("-", digits) : digits;
}

absl::Status PrintJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) return absl::InternalError("cannot print the result as JSON");
  // Protobuf writes the entries of maps in the order of their hashes, which differs from process to process.
  std::cout << nlohmann::json::parse(json).dump() << "\n";
  return absl::OkStatus();
}

}  // namespace furikae::tools
