// rules/identify/identify.h — identification (特定作業), first rung: who in the registry is the patient of this
// receipt.
//
//   Found found = Identify(c, {.days = c.days()});
//   if (found.grade == Grade::kCertain) …    // found.persons.front()
//
// Looked at are persons found by kana and birth date or by kanji and birth date who have a coverage on a day asked for.
// What makes one of them certain, who of the others could be meant as well (namesakes), and by which items they are
// told apart say the tables identification, namesakes and separating_items. Writes decision.identification. Errors:
// those of reading the registry's rows. Source: decisions.md §6; identification.md §4.9.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/receipt_case.h"

namespace furikae::rules {

struct Search {
  DayMask days;                                 // a candidate has a coverage on one of these
  std::optional<storage::PersonId> other_than;  // the patient's own record, already known
  InsurerNumber within;                         // only coverages with this insurer count; value 0 = any
};

struct Found {
  Grade grade = Grade::kNone;
  std::vector<storage::PersonId> persons;  // strongest first; all candidates
};

absl::StatusOr<Found> Identify(ReceiptCase& c, const Search& search);

// Coverages of the person that count in this search: within the insurer asked for, not denied.
storage::Coverages CountingCoverages(const ReceiptCase& c, storage::PersonId person, const Search& search);

// Writes candidates without grading them: holders of one card whom nothing tells apart, or whom people chose.
absl::Status ShowCandidates(ReceiptCase& c, Grade grade, const std::vector<storage::PersonId>& persons);

}  // namespace furikae::rules
