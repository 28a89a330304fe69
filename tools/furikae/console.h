// tools/furikae/console.h — what the program prints: progress (a line that moves on a terminal, plain lines otherwise),
// complaints, sums.
//
// Results go to standard output, everything else to standard error.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/message.h>

#include "absl/status/status.h"
#include "rpc/proto/furikae/v1/services.pb.h"

namespace furikae::tools {

class Progress {
 public:
  Progress();
  ~Progress();
  void Show(std::string_view step, int64_t done, int64_t total);
  void Show(const v1::Progress& progress) { Show(progress.step(), progress.done(), progress.total()); }

 private:
  bool terminal_;
  std::string step_;
  std::chrono::steady_clock::time_point last_{};
};

// Complaints of one file: all of them, but on a terminal the first ones and how many more there are.
void PrintComplaints(std::string_view what, const google::protobuf::RepeatedPtrField<std::string>& complaints);
// What was said about a file of receipts: first why it or receipts of it are refused, then what is merely noted.
void PrintComplaints(std::string_view file, const v1::SubmitResponse& response);

// Each as "note: …".
void PrintNotes(const google::protobuf::RepeatedPtrField<std::string>& notes);

void PrintOutcomes(const google::protobuf::RepeatedPtrField<v1::OutcomeSum>& outcomes);

// 1234567 → "1,234,567".
std::string WithSeparators(int64_t number);

// Any message as JSON, one line, members in the order of their names.
absl::Status PrintJson(const google::protobuf::Message& message);

}  // namespace furikae::tools
