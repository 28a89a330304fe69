// Any bytes as a claim file: nothing crashes, the laws of reading hold, and what is read comes back byte for byte.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/uke/cp932.h"
#include "core/uke/edit.h"
#include "core/uke/receipt.h"

namespace furikae::uke {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckReceipt(const Receipt& receipt) {
  const LineDays lines = ReadLineDays(receipt);
  int64_t line_count = 0;
  std::string again;
  for (const Line& line : Lines(receipt.bytes)) {
    again += WithColumns(line.text, {{2, std::string(Column(line.text, 2))}});
    again += line.ending;
    ++line_count;
  }
  Require(again == receipt.bytes);
  int64_t next = 0;  // units are in order and do not overlap
  for (const Unit& unit : lines.units) {
    Require(unit.first_line >= next && unit.first_line <= unit.last_line && unit.last_line < line_count);
    next = unit.last_line + 1;
    for (int day = 1; day <= 31; ++day) Require(unit.days.Has(day) == (unit.per_day[day - 1] > 0));
  }
  const ReceiptDays days = DaysOf(receipt);
  Require(!days.days.Empty() && receipt.service_month.AllDays().Covers(days.days));
  Require(IsValidUtf8(ReadRemarks(receipt)));
  // A receipt read alone is the same receipt.
  const absl::StatusOr<Receipt> alone = ReadReceipt(receipt.head, receipt.bytes);
  Require(alone.ok() && alone->number == receipt.number && alone->seen == receipt.seen &&
          alone->total_points == receipt.total_points);
}

}  // namespace
}  // namespace furikae::uke

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace furikae::uke;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const ParsedFile file = ReadFile("RECEIPTC.UKE", bytes, furikae::ServiceMonth::Of(2024, 10));
  Require(file.refused_whole ? file.receipts.empty() : file.first_line.size() == file.receipts.size());
  Require(!file.refused_whole || !file.complaints.empty());
  for (const Complaint& complaint : file.complaints) Require(!complaint.ToString("F").empty());
  for (const Receipt& receipt : file.receipts) CheckReceipt(receipt);
  // Below the checks of a whole file, on the raw bytes: every flavour has to stand them.
  for (int flavour = 1; flavour <= 5; ++flavour) {
    FileHead head;
    head.flavour = static_cast<furikae::Flavour>(flavour);
    const absl::StatusOr<Receipt> receipt = ReadReceipt(head, bytes);
    if (receipt.ok()) CheckReceipt(*receipt);
  }
  const std::string utf8 = FromCp932(bytes);
  Require(IsValidUtf8(utf8));
  if (IsValidCp932(bytes)) Require(ToCp932(utf8).has_value());
  if (IsValidUtf8(bytes)) Require(IsValidCp932(ToCp932Replacing(bytes)));
  return 0;
}
