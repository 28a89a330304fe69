// core/uke/field_checker.h — every column of a receipt's lines against the layouts; what is off goes to the log as
// notes. Private to the reader.
//
// Lines and columns count from 1. Errors: none; a column that decisions need and that cannot be read comes back as
// `refusal`. Not thread-safe: one checker per file, its log included. Source: uke_layouts.md §1, §3–§7; decisions.md
// §9.9 (unknown records and extra columns go through).
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

#include "core/uke/columns.h"
#include "core/uke/complaint_log.h"

namespace furikae::uke {

// One record id out of all of two characters; ids of another shape share the last place.
constexpr uint16_t RecordId(std::string_view id) {
  return id.size() == 2 ? static_cast<uint16_t>(static_cast<uint8_t>(id[0]) << 8 | static_cast<uint8_t>(id[1]))
                        : 0xffff;
}
bool LooksLikeRecordId(std::string_view id);  // two of A–Z, 0–9: may be shown

class FieldChecker {
 public:
  explicit FieldChecker(ComplaintLog& log) : log_(log) {}

  // Whether every byte of the file is known to be part of a CP932 character; false makes each column looked at.
  void SetAllCharactersValid(bool valid) { all_valid_ = valid; }

  // Notes what is off in one line. A column of `refusal` is not complained about twice. When a column that decisions
  // need holds bytes that are no character, and nothing was refused before, that becomes the refusal.
  void CheckRecord(std::string_view line, uint32_t line_number, const RecordPlan& plan,
                   std::optional<Complaint>& refusal);

  // The same for all lines of a receipt; unknown records are noted once per kind.
  void CheckReceipt(const Receipt& receipt, uint32_t first_line, std::optional<Complaint>& refusal);

 private:
  void CheckCharacters(std::string_view line, uint32_t line_number, const RecordPlan& plan,
                       std::optional<Complaint>& refusal);

  ComplaintLog& log_;
  bool all_valid_ = true;
  std::bitset<0x10000> unknown_noted_, extra_noted_;
};

}  // namespace furikae::uke
