#include "rules/explain_letter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/substitute.h"
#include "core/concat.h"
#include "rules/receipt_facts.h"

namespace furikae::rules {
namespace {

std::string AsText(std::string_view text) { return std::string(text); }
std::string AsText(int64_t number) { return std::to_string(number); }

// Without what follows a semicolon: "benefit rate; absent when blank".
std::string_view Label(const FactDeclaration& fact) { return fact.english.substr(0, fact.english.find(';')); }

class Writer {
 public:
  Writer(const PhraseBook& phrases, bool nursing) : say_(phrases), nursing_(nursing) {}

  void Facts(const Explanation& why);
  void Rows(const Explanation& why);
  void Identified(const Identification& found);
  void Result(const ExplainedResult& result);
  void Books(const std::vector<storage::LedgerEntry>& books);
  void Pool(const ExplainedPool& pool);
  void If(const Otherwise& otherwise);
  void Lost(const LostRows& lost, bool every);
  void WhatChanges(const Changes& changes);
  std::string Take() { return std::move(out_); }

 private:
  template <typename... Values>
  static std::string Filled(std::string_view phrase, const Values&... values) {
    return absl::Substitute(AbslView(phrase), AsText(values)...);
  }
  template <typename... Values>
  void Say(std::string_view phrase, const Values&... values) {
    out_ += Filled(phrase, values...);
  }
  void SayNamed(std::string_view phrase, const std::optional<NamedCode>& code) {
    if (code) Say(phrase, code->code, code->title_ja, code->notice);
  }
  void SayRow(std::string_view phrase, const ExplainedRow& row) {
    Say(phrase, row.table, row.row, Filled(say_.title, row.title_ja, row.title_en));
  }
  std::string_view AgencyName(Agency agency) const {
    return agency == Agency::kShaho ? "支払基金" : agency == Agency::kKokuho ? "国保連" : say_.unknown_agency;
  }
  std::string Amount(int64_t points) const { return nursing_ ? say_.yen(points) : say_.points(points); }
  void SayLost(const LostRow& lost);
  std::string ResultText(const ResultKey& result) const;

  const PhraseBook& say_;
  const bool nursing_;
  std::string out_;
};

void Writer::Facts(const Explanation& why) {
  const ExplainedFacts& facts = why.facts;
  Say(say_.claim, why.claim_id);
  Say(say_.submitted, facts.institution.ToString(), AgencyName(facts.submitted_to), say_.month(facts.claim_month),
      facts.file, facts.line);
  // Points, share and moment are the decision's.
  if (!why.decided) return Say(say_.receipt_taken_in, FlavourJapanese(facts.flavour), say_.month(facts.service_month));
  Say(say_.receipt, FlavourJapanese(facts.flavour), say_.month(facts.service_month), Amount(facts.total_points));
  if (!facts.days.Empty()) Say(say_.days, say_.day_list(facts.days), say_.days_from(facts.days_from));
  if (facts.card_invalid_from != kOpenEnd) Say(say_.card_invalid, say_.date(facts.card_invalid_from));
  Say(say_.share, say_.yen(facts.insurer_yen.value));
  Say(say_.as_it_stood, say_.moment(facts.moment));
  if (why.decided_by_other_rules) Say(say_.other_rules, why.rules_digest);
}

void Writer::Rows(const Explanation& why) {
  Say(say_.reasons, say_.origin(why.origin));
  for (const ExplainedRow& row : why.rows) {
    Say(say_.row, row.table, row.row, say_.status(row.status));
    if (!row.found) {
      Say(say_.row_missing);
      continue;
    }
    Say(say_.row_titles, row.title_ja, row.title_en);
    Say(say_.row_source, say_.source(row.source));
    if (const std::string note = say_.note(row.note); !note.empty()) Say(say_.row_note, note);
  }
}

void Writer::Identified(const Identification& found) {
  Say(say_.identification, say_.grade(found.grade));
  for (const Candidate& candidate : found.candidates) {
    std::vector<std::string> items;
    for (const auto& [item, level] : candidate.fields)
      items.push_back(Filled(say_.item, say_.evidence(item), say_.evidence(level)));
    Say(say_.candidate, candidate.subject_id, Joined(items, say_.between_items));
  }
}

void Writer::Result(const ExplainedResult& result) {
  Say(say_.result, say_.outcome(result.outcome), say_.meaning(result.outcome));
  SayNamed(say_.confirmation_class, result.confirmation_class);
  SayNamed(say_.return_reason, result.return_reason);
  for (const ExplainedPart& part : result.parts) {
    Say(say_.part, part.insurer.ToString(), AgencyName(part.agency), say_.day_list(part.days), Amount(part.points),
        say_.yen(part.yen.value));
  }
  if (result.unanswered != Outcome::kUndecided) Say(say_.unanswered, say_.outcome(result.unanswered));
  std::vector<std::string> flags;
  for (const NamedCode& flag : result.flags) flags.push_back(Filled(say_.flag, flag.code, flag.title_ja, flag.notice));
  if (!flags.empty()) Say(say_.flags, Joined(flags, " "));
  if (!result.missing_items.empty()) Say(say_.missing_items, Joined(result.missing_items, " "));
}

void Writer::Books(const std::vector<storage::LedgerEntry>& books) {
  if (books.empty()) return;
  Say(say_.books);
  for (const storage::LedgerEntry& entry : books) {
    for (const storage::LedgerLine& line : entry.lines) out_ += say_.ledger_line(entry, line);
  }
}

void Writer::Pool(const ExplainedPool& explained) {
  const storage::Pool& pool = explained.pool;
  Say(say_.pool, pool.key.Name(), static_cast<int64_t>(pool.receipts.size()), say_.yen(pool.yen.value),
      Filled(say_.rung, explained.rung.code, explained.rung.title_ja), say_.yen(pool.weights_total.value));
  for (const storage::Share& share : pool.shares) {
    Say(say_.pool_share, share.insurer.ToString(), say_.yen(share.weight.value), say_.yen(share.yen.value),
        Concat(QuotaNumerator(share), "/", share.quota_denominator.value), static_cast<int64_t>(share.remainder_rank));
  }
  Say(say_.pool_receipts);
  for (const std::string& receipt : explained.receipts) Say(say_.pool_receipt, receipt);
  if (!explained.payments.empty()) Say(say_.payments);
  for (const PaidInMonth& paid : explained.payments) {
    Say(paid.bearer == paid.insurer ? say_.payment : say_.payment_of_another, paid.insurer.ToString(),
        paid.bearer.ToString(), say_.month(paid.month), paid.rows, paid.value);
  }
  if (explained.paid_since) Say(say_.paid_since);
}

void Writer::If(const Otherwise& otherwise) {
  std::vector<std::string> assumptions;
  if (otherwise.assumptions.as_of)
    assumptions.push_back(Filled(say_.assumed_as_of, say_.moment(*otherwise.assumptions.as_of)));
  for (const PinnedFact& pinned : otherwise.assumptions.facts) {
    const FactDeclaration& fact = Declarations()[pinned.fact];
    assumptions.push_back(
        Filled(say_.assumed_fact, fact.japanese, Label(fact), fact.name, say_.values.value(fact, pinned.value)));
  }
  Say(say_.assumed, Joined(assumptions, say_.between_assumptions));
  if (otherwise.impossible) return Say(say_.impossible, say_.contradiction(*otherwise.impossible));
  for (const ExplainedRow& row : otherwise.silent) SayRow(say_.silent_row, row);
  for (const ExplainedRow& row : otherwise.speaking) SayRow(say_.speaking_row, row);
  Result(otherwise.result);
}

void Writer::SayLost(const LostRow& lost) {
  SayRow(say_.lost_row, lost.row);
  for (const Unmet& unmet : lost.unmet) {
    const FactDeclaration& fact = Declarations()[unmet.fact];
    Say(say_.unmet, fact.japanese, Label(fact), fact.name, say_.values.value(fact, unmet.found),
        SetText(fact, unmet.wanted, say_.values));
  }
  if (lost.after_the_answer) {
    Say(say_.after_the_answer);
  } else if (lost.unmet.empty()) {
    Say(say_.held_in_vain);
  }
}

void Writer::Lost(const LostRows& lost, bool every) {
  Say(every ? say_.lost_rows : say_.near_rows);
  if (!lost.told) return Say(say_.not_told);
  const size_t before = out_.size();
  for (const LostRowsOfTable& table : lost.tables) {
    for (const LostRow& row : table.rows) {
      if (every || (table.spoke && table.one_answers && row.Nearly())) SayLost(row);
    }
  }
  if (out_.size() == before) Say(say_.nothing);
}

std::string Writer::ResultText(const ResultKey& result) const {
  std::vector<std::string> insurers;
  for (const InsurerNumber insurer : result.insurers) insurers.push_back(insurer.ToString());
  const auto unless = [](bool none, std::string text) { return none ? std::string() : std::move(text); };
  return Filled(say_.change, say_.outcome(result.outcome),
                unless(result.confirmation_class == 0,
                       Filled(say_.change_class, absl::StrFormat("%02d", result.confirmation_class))),
                unless(result.return_reason == 0, Filled(say_.change_reason, ReturnReasonName(result.return_reason))),
                unless(insurers.empty(), Filled(say_.change_insurers, Joined(insurers, " "))));
}

void Writer::WhatChanges(const Changes& changes) {
  Say(say_.changes);
  if (!changes.told) return Say(say_.not_told);
  if (changes.duplicate) return Say(say_.duplicate);
  if (changes.changes.empty()) return Say(say_.no_change);
  for (const Change& change : changes.changes) {
    out_ += ResultText(change.result);
    for (const FactValues& one : change.facts) {
      const FactDeclaration& fact = Declarations()[one.fact];
      Say(say_.change_fact, fact.japanese, Label(fact), fact.name, SetText(fact, one.values, say_.values));
    }
  }
}

}  // namespace

std::string Letter(const Explanation& why, const PhraseBook& phrases, const LetterOptions& options) {
  Writer writer(phrases, why.facts.flavour == Flavour::kNursing);
  writer.Facts(why);
  if (why.decided) writer.Rows(why);
  if (why.identification) writer.Identified(*why.identification);
  writer.Result(why.result);
  writer.Books(why.books);
  if (why.pool) writer.Pool(*why.pool);
  if (why.otherwise) writer.If(*why.otherwise);
  if (why.lost_rows) writer.Lost(*why.lost_rows, options.every_lost_row);
  if (why.changes) writer.WhatChanges(*why.changes);
  return writer.Take();
}

}  // namespace furikae::rules
