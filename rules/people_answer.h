// rules/people_answer.h — what people decided about a claim, folded to the one answer that counts now.
//
//   PeopleAnswer answer = AnswerOf(context.people, context.now);
//   if (answer.kind == PeopleAnswer::Kind::kAccepted) …   // answer.subject_id
//
// Rows after `now` do not count. The last ACCEPT, REJECT, CONFIRM or DENY decides; UNDO takes back the latest row; two
// confirmations by different insurers contradict each other until somebody decides anew. Thread-safe.
// Source: decisions.md §6; files.md people.csv.
#pragma once

#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "core/masters.h"

namespace furikae::rules {

struct PeopleAnswer {
  // Numbers are those of the fact people.
  enum class Kind : uint8_t { kNone = 0, kAccepted = 1, kRejected = 2, kConfirmed = 3, kDenied = 4, kContradicted = 5 };
  Kind kind = Kind::kNone;
  std::string_view subject_id;  // of the accepted or confirmed person; may be empty for a confirmation
  InsurerNumber insurer;        // that confirmed; value 0 = not named
  absl::InlinedVector<const PeopleRow*, 2> denials;  // in force: whom and which insurers to leave out
  bool deferred = false;      // somebody wants it to wait beyond the close, and nobody answered since
  bool inquiry_open = false;  // somebody asked an insurer and nobody answered since

  bool Chosen() const { return kind == Kind::kAccepted || kind == Kind::kConfirmed; }
};

// `people` may be nullptr. Views point into it.
PeopleAnswer AnswerOf(const std::vector<PeopleRow>* people, Moment now);

}  // namespace furikae::rules
