#include "core/uke/field_checker.h"

#include <algorithm>

#include "core/uke/cp932.h"
#include "core/uke/edit.h"
#include "core/uke/scan.h"

namespace furikae::uke {
namespace {

std::string ReasonOf(Violation what, const FieldLayout& field, std::string_view text) {
  switch (what) {
    case Violation::kMixed:
      return "mixes half-width and full-width characters (a space counts)";
    case Violation::kForbidden:
      return "holds a control character, a quotation mark or a byte that is no character";
    case Violation::kLength:
      return Sentence(Shown(&field, text), "; expected ", ExpectedLength(field));
    default:
      return Sentence(Shown(&field, text), "; expected ", Expected(field));
  }
}

// Sets a bit and tells whether it was clear.
bool FirstOf(std::bitset<0x10000>& noted, std::string_view id) {
  if (noted[RecordId(id)]) return false;
  return noted[RecordId(id)] = true;
}

}  // namespace

bool LooksLikeRecordId(std::string_view id) {
  return id.size() == 2 &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

void FieldChecker::CheckRecord(std::string_view line, uint32_t line_number, const RecordPlan& plan,
                               std::optional<Complaint>& refusal) {
  if (!all_valid_) CheckCharacters(line, line_number, plan, refusal);
  CheckLine(line, plan.rules, [&](int column, std::string_view text, Violation what) {
    if (refusal && refusal->line == line_number && refusal->column == column) return;
    if (log_.RefusesFileAt(line_number, column)) return;
    if (what != Violation::kExtra) {
      log_.Note(line_number, column, plan.layout->NameAt(column), ReasonOf(what, *plan.layout->FieldAt(column), text));
    } else if (FirstOf(extra_noted_, plan.layout->id)) {
      log_.Note(
          line_number, column, "",
          Sentence(plan.layout->id, " has more than its ", plan.layout->columns, " columns; they are carried through"));
    }
  });
}

void FieldChecker::CheckCharacters(std::string_view line, uint32_t line_number, const RecordPlan& plan,
                                   std::optional<Complaint>& refusal) {
  if (IsValidCp932(line)) return;
  constexpr const char* kReason = "bytes that are no character";
  for (const WantedColumn want : plan.wanted) {
    if (refusal || IsValidCp932(Column(line, want.column))) continue;
    refusal =
        Complaint{Complaint::Severity::kReceipt, line_number, want.column, plan.layout->NameAt(want.column), kReason};
    return;
  }
  log_.Note(line_number, 0, "", Sentence("holds ", kReason));
}

void FieldChecker::CheckReceipt(const Receipt& receipt, uint32_t first_line, std::optional<Complaint>& refusal) {
  const Plans& plans = PlansOf(receipt.flavour);
  ForEachLine(receipt.bytes, [&](std::string_view line, uint32_t number) {
    const std::string_view id = IdOf(line);
    const RecordPlan& plan = plans.Of(id);
    if (plan.layout != nullptr) {
      CheckRecord(line, first_line + number, plan, refusal);
    } else if (!line.empty() && (plan.seen & kSeenUnknown) && FirstOf(unknown_noted_, id)) {
      log_.Note(first_line + number, 0, "",
                Sentence("unknown record ", LooksLikeRecordId(id) ? id : "", " is carried through as it is"));
    }
    return true;
  });
}

}  // namespace furikae::uke
