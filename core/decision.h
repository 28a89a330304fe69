// core/decision.h — what the service decides about one receipt: origin, outcome, parts, and why.
//
// Units: `yen` in yen; `points` in fee points, or in yen for home nursing (Decision::unit says which). Days are days of
// the service month. Enumerators carry the numbers written to disk: never change them. Names (OriginName, …) are those
// of decisions.jsonl. Source: decisions.md §2–§7, §10; files.md decisions.jsonl.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/calendar.h"
#include "core/card.h"
#include "core/flavour.h"
#include "core/institution_code.h"
#include "core/insurer_number.h"
#include "core/money.h"

namespace furikae {

// Where a receipt stands before routing. §2, first match wins.
enum class Origin : uint8_t {
  kUndecided = 0,
  kOutOfScope = 1,
  kUnidentified = 2,
  kDisasterUnidentified = 3,
  kDisasterInsurerKnown = 4,
  kInvalidNumber = 5,
  kValid = 6,
  kLapsed = 7,
  kUnmatched = 8,
};

enum class Outcome : uint8_t {
  kUndecided = 0,
  kAsClaimed = 1,
  kBranchCompleted = 2,
  kTransferred = 3,
  kSplit = 4,
  kBilledToClaimed = 5,
  kReturned = 6,
  kInReview = 7,
  kPending = 8,
  kApportioned = 9,
  kPassedThrough = 10,
};

// Flags are a bit set; FlagNames lists them in the order of §10.
enum Flag : uint32_t {
  kRateDiffers = 1u << 0,
  kHighCostInKind = 1u << 1,
  kMealsNotByDay = 1u << 2,
  kCardCorrected = 1u << 3,
  kDeclarationIncomplete = 1u << 4,
  kSentinelIncomplete = 1u << 5,
  kReviewOpen = 1u << 6,
};

enum class Grade : uint8_t { kNone = 0, kCertain = 1, kProbable = 2, kPossible = 3, kSeveral = 4 };
enum class DaysFrom : uint8_t { kUnknown = 0, kJd = 1, kLines = 2, kMonth = 3 };
enum class RowStatus : uint8_t { kSourced = 1, kAssumed = 2 };

std::string_view OriginName(Origin);
std::string_view OutcomeName(Outcome);
// Final once its month is closed: neither undecided nor waiting for a person (IN_REVIEW) or the registry (PENDING).
constexpr bool IsSettled(Outcome outcome) {
  return outcome != Outcome::kUndecided && outcome != Outcome::kInReview && outcome != Outcome::kPending;
}
std::string_view GradeName(Grade);
std::string_view DaysFromName(DaysFrom);
std::string_view RowStatusName(RowStatus);
std::vector<std::string_view> FlagNames(uint32_t flags);
std::optional<Origin> ParseOrigin(std::string_view);
std::optional<Outcome> ParseOutcome(std::string_view);

// "R05" ↔ 5; 0 = no reason.
std::string ReturnReasonName(int reason);

// One side of the receipt as billed: to whom, for which days, how much.
struct Part {
  Card card;                         // insurer, symbol, number, branch as billed (UTF-8)
  Agency agency = Agency::kUnknown;  // the agency that bears it
  DayMask days;
  int64_t points = 0;  // or yen for home nursing
  Yen yen;
  std::string subject_id;        // empty when billed as on the receipt
  Date disqualified = kOpenEnd;  // of the coverage billed, for the qualification result notice
  int receipt_type = 0;          // レセプト種別 as billed; 0 = as claimed
  int rate = -1;                 // RE 給付割合 as billed when the receipt is rewritten; -1 = blank
  bool operator==(const Part&) const = default;
};

// One candidate of identification, with evidence per field ("exact", "differs", "missing", …), never with names.
struct Candidate {
  std::string subject_id;
  std::vector<std::pair<std::string, std::string>> fields;
  bool operator==(const Candidate&) const = default;
};

struct Identification {
  Grade grade = Grade::kNone;
  std::vector<Candidate> candidates;  // at most five; one when CERTAIN
  std::optional<int> bits;            // absent until scoring exists
  std::optional<int> margin_bits;
  bool operator==(const Identification&) const = default;
};

struct TraceRow {
  std::string table;
  std::string row;
  RowStatus status = RowStatus::kSourced;
  bool operator==(const TraceRow&) const = default;
};

struct Decision {
  Origin origin = Origin::kUndecided;
  Outcome outcome = Outcome::kUndecided;
  int confirmation_class = 0;  // 確認区分 02…09; 0 = none
  int return_reason = 0;       // 5 = R05; 0 = none
  uint32_t flags = 0;
  int64_t total_points = 0;               // HO total; 0 without HO; yen for home nursing
  int64_t public_points = 0;              // the first KO's total when there is no HO
  Yen insurer_yen;                        // share of the receipt as claimed
  Agency pool_agency = Agency::kUnknown;  // unidentified and former-qualification claims
  DayMask days;
  DaysFrom days_from = DaysFrom::kUnknown;
  std::vector<Part> parts;
  Date claimed_disqualified =
      kOpenEnd;  // 資格喪失日 of the card as claimed, where it is registered; kOpenEnd = none known
  std::optional<Identification> identification;
  std::vector<std::string> missing_items;  // of the declaration, when DECLARATION_INCOMPLETE
  std::vector<TraceRow> trace;
  // What the claim gets at close when nobody has answered its review or inquiry. Set only while outcome is kInReview.
  Outcome fallback_outcome = Outcome::kUndecided;
  int fallback_class = 0;
  int fallback_reason = 0;
  bool inquiry_needed = false;  // IN_REVIEW because an insurer has to be asked (self-defence personnel …)
  Moment moment;
  bool operator==(const Decision&) const = default;
};

}  // namespace furikae
