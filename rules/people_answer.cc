#include "rules/people_answer.h"

#include <algorithm>

namespace furikae::rules {
namespace {

using Rows = std::vector<const PeopleRow*>;

// Rows by `now` that no UNDO took back.
Rows RowsInForce(const std::vector<PeopleRow>& people, Moment now) {
  Rows rows;
  for (const PeopleRow& row : people) {
    if (row.at > now) continue;
    if (row.action != Action::kUndo) {
      rows.push_back(&row);
    } else if (!rows.empty()) {
      rows.pop_back();
    }
  }
  return rows;
}

// A denial that names neither insurer nor person rules out everybody, like a rejection.
bool NamesNobody(const PeopleRow& row) { return row.insurer.value == 0 && row.subject_id.empty(); }

bool SameInsurer(const PeopleRow& a, const PeopleRow& b) {
  return a.insurer.value != 0 && b.insurer.value != 0 ? a.insurer == b.insurer : a.subject_id == b.subject_id;
}

// Confirmations and denials since the last ACCEPT or REJECT; an insurer's later word replaces its earlier one.
void FoldInsurers(const Rows& rows, Rows& confirmed, Rows& denied) {
  const auto forget = [](Rows& said, const PeopleRow& row) {
    said.erase(std::remove_if(said.begin(), said.end(), [&](const PeopleRow* s) { return SameInsurer(*s, row); }),
               said.end());
  };
  for (const PeopleRow* row : rows) {
    if (row->action == Action::kAccept || row->action == Action::kReject) {
      confirmed.clear();
      denied.clear();
    }
    if (row->action != Action::kConfirm && row->action != Action::kDeny) continue;
    forget(confirmed, *row);
    forget(denied, *row);
    (row->action == Action::kConfirm ? confirmed : denied).push_back(row);
  }
}

void Choose(const PeopleRow& row, PeopleAnswer::Kind kind, PeopleAnswer& answer) {
  answer.kind = kind;
  answer.subject_id = row.subject_id;
  answer.insurer = row.insurer;
}

}  // namespace

PeopleAnswer AnswerOf(const std::vector<PeopleRow>* people, Moment now) {
  PeopleAnswer answer;
  if (people == nullptr || people->empty()) return answer;
  const Rows rows = RowsInForce(*people, now);
  Rows confirmed, denied;
  FoldInsurers(rows, confirmed, denied);
  answer.denials.assign(denied.begin(), denied.end());
  const PeopleRow* last = nullptr;
  for (const PeopleRow* row : rows) {
    if (row->action == Action::kDefer) {
      answer.deferred = true;
    } else if (row->action == Action::kInquire) {
      answer.inquiry_open = true;
    } else {
      answer.inquiry_open = answer.deferred = false;
      last = row;
    }
  }
  if (last == nullptr) return answer;
  if (last->action == Action::kAccept) {
    Choose(*last, PeopleAnswer::Kind::kAccepted, answer);
  } else if (last->action == Action::kReject || (last->action == Action::kDeny && NamesNobody(*last))) {
    answer.kind = PeopleAnswer::Kind::kRejected;
  } else if (confirmed.size() > 1) {
    answer.kind = PeopleAnswer::Kind::kContradicted;
  } else if (confirmed.size() == 1) {
    Choose(*confirmed.front(), PeopleAnswer::Kind::kConfirmed, answer);
  } else if (last->action == Action::kDeny) {
    answer.kind = PeopleAnswer::Kind::kDenied;
  }
  return answer;
}

}  // namespace furikae::rules
