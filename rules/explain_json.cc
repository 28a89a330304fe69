#include "rules/explain_json.h"

#include "absl/strings/str_format.h"
#include "nlohmann/json.hpp"
#include "rules/receipt_facts.h"

namespace furikae::rules {
namespace {

using Json = nlohmann::ordered_json;

// nlohmann/json converts std::string, not the views that names come as.
std::string Text(std::string_view view) { return std::string(view); }

template <typename Value, typename ToJson>
Json OrNull(const std::optional<Value>& value, ToJson to_json) {
  return value ? to_json(*value) : Json(nullptr);
}

template <typename Values, typename ToJson>
Json List(const Values& values, ToJson to_json) {
  Json list = Json::array();
  for (const auto& value : values) list.push_back(to_json(value));
  return list;
}

Json TextOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json TextOrNull(std::string_view text) { return TextOrNull(Text(text)); }
Json Titles(const std::string& ja, const std::string& en) { return {{"ja", ja}, {"en", en}}; }
Json AgencyNumber(Agency agency) { return agency == Agency::kUnknown ? Json(nullptr) : Json(static_cast<int>(agency)); }
std::string ClassName(int number) { return number == 0 ? "" : absl::StrFormat("%02d", number); }

// Points, share and moment are the decision's: null without one.
Json FactsJson(const ExplainedFacts& facts, bool decided) {
  const auto if_decided = [decided](Json value) { return decided ? value : Json(nullptr); };
  return {{"institution", facts.institution.ToString()},
          {"agency", AgencyNumber(facts.submitted_to)},
          {"claim_month", facts.claim_month.ToString()},
          {"file", facts.file},
          {"line", facts.line},
          {"flavour", Text(FlavourName(facts.flavour))},
          {"service_month", facts.service_month.ToString()},
          {"total_points", if_decided(facts.total_points)},
          {"unit", facts.flavour == Flavour::kNursing ? "yen" : "points"},
          {"days", facts.days.Days()},
          {"days_from", TextOrNull(DaysFromName(facts.days_from))},
          {"card_invalid_from", TextOrNull(facts.card_invalid_from.ToString())},
          {"insurer_yen", if_decided(facts.insurer_yen.value)},
          {"moment", if_decided(facts.moment.ToString())}};
}

Json RowJson(const ExplainedRow& row) {
  return {{"table", row.table},
          {"row", row.row},
          {"status", Text(RowStatusName(row.status))},
          {"title", row.found ? Titles(row.title_ja, row.title_en) : Json(nullptr)},
          {"source", TextOrNull(row.source)},
          {"note", TextOrNull(row.note)}};
}

Json IdentificationJson(const Identification& found) {
  const auto candidate = [](const Candidate& one) {
    Json fields = Json::object();
    for (const auto& [field, level] : one.fields) fields[field] = level;
    return Json{{"subject_id", one.subject_id}, {"fields", fields}};
  };
  return {{"grade", Text(GradeName(found.grade))}, {"candidates", List(found.candidates, candidate)}};
}

Json CodeJson(const NamedCode& code) {
  return {{"code", code.code}, {"title", Titles(code.title_ja, code.title_en)}, {"notice", TextOrNull(code.notice)}};
}

Json PartJson(const ExplainedPart& part) {
  return {{"insurer", part.insurer.ToString()},
          {"agency", AgencyNumber(part.agency)},
          {"days", part.days.Days()},
          {"points", part.points},
          {"yen", part.yen.value}};
}

Json ResultJson(const ExplainedResult& result) {
  const bool open = result.unanswered != Outcome::kUndecided;
  return {{"outcome", Text(OutcomeName(result.outcome))},
          {"confirmation_class", OrNull(result.confirmation_class, CodeJson)},
          {"return_reason", OrNull(result.return_reason, CodeJson)},
          {"parts", List(result.parts, PartJson)},
          {"unanswered", open ? Json(Text(OutcomeName(result.unanswered))) : Json(nullptr)},
          {"flags", List(result.flags, CodeJson)},
          {"missing_items", result.missing_items}};
}

Json BooksJson(const std::vector<storage::LedgerEntry>& books) {
  Json lines = Json::array();
  for (const storage::LedgerEntry& entry : books) {
    for (const storage::LedgerLine& line : entry.lines) {
      lines.push_back({{"month", entry.month.ToString()},
                       {"kind", entry.kind},
                       {"account", line.account},
                       {"debit", line.debit.value},
                       {"credit", line.credit.value}});
    }
  }
  return lines;
}

Json PoolJson(const ExplainedPool& explained) {
  const storage::Pool& pool = explained.pool;
  const auto share = [](const storage::Share& one) {
    return Json{{"insurer", one.insurer.ToString()},
                {"weight", one.weight.value},
                {"yen", one.yen.value},
                {"quota_numerator", QuotaNumerator(one)},
                {"quota_denominator", one.quota_denominator.value},
                {"remainder_rank", one.remainder_rank}};
  };
  const auto payment = [](const PaidInMonth& paid) {
    return Json{{"insurer", paid.insurer.ToString()},
                {"bearer", paid.bearer.ToString()},
                {"month", paid.month.ToString()},
                {"records", paid.rows},
                {"sum", paid.value}};
  };
  return {{"pool", pool.key.Name()},
          {"receipts", explained.receipts},
          {"yen", pool.yen.value},
          {"rung", pool.rung},
          {"rung_title", Titles(explained.rung.title_ja, explained.rung.title_en)},
          {"weights_total", pool.weights_total.value},
          {"shares", List(pool.shares, share)},
          {"payments", List(explained.payments, payment)},
          {"paid_since", explained.paid_since}};
}

Json FactNames(const FactDeclaration& fact) {
  return {{"fact", Text(fact.name)}, {"label", Titles(Text(fact.japanese), Text(fact.english))}};
}

Json OtherwiseJson(const Otherwise& otherwise) {
  const auto pinned = [](const PinnedFact& one) {
    const FactDeclaration& fact = Declarations()[one.fact];
    Json json = FactNames(fact);
    json["value"] = ValueText(fact, one.value);
    return json;
  };
  return {{"as_of", OrNull(otherwise.assumptions.as_of, [](Moment moment) { return Json(moment.ToString()); })},
          {"facts", List(otherwise.assumptions.facts, pinned)},
          {"impossible", OrNull(otherwise.impossible, [](const Contradiction& why) { return Json(why.ToString()); })},
          {"silent_rows", List(otherwise.silent, RowJson)},
          {"speaking_rows", List(otherwise.speaking, RowJson)},
          {"result", otherwise.impossible ? Json(nullptr) : ResultJson(otherwise.result)}};
}

Json LostRowJson(const LostRow& lost) {
  const auto unmet = [](const Unmet& one) {
    const FactDeclaration& fact = Declarations()[one.fact];
    Json json = FactNames(fact);
    json["found"] = ValueText(fact, one.found);
    json["wanted"] = SetText(fact, one.wanted);
    return json;
  };
  Json json = RowJson(lost.row);
  json["unmet"] = List(lost.unmet, unmet);
  json["after_the_answer"] = lost.after_the_answer;
  return json;
}

Json LostRowsJson(const LostRows& lost) {
  const auto table = [](const LostRowsOfTable& one) {
    return Json{
        {"table", one.table}, {"answered", one.answered}, {"spoke", one.spoke}, {"rows", List(one.rows, LostRowJson)}};
  };
  return {{"told", lost.told}, {"tables", List(lost.tables, table)}};
}

Json ChangesJson(const Changes& changes) {
  const auto values = [](const FactValues& one) {
    const FactDeclaration& fact = Declarations()[one.fact];
    Json json = FactNames(fact);
    json["values"] = SetText(fact, one.values);
    return json;
  };
  const auto change = [&](const Change& one) {
    const ResultKey& result = one.result;
    return Json{{"outcome", Text(OutcomeName(result.outcome))},
                {"confirmation_class", TextOrNull(ClassName(result.confirmation_class))},
                {"return_reason", TextOrNull(ReturnReasonName(result.return_reason))},
                {"insurers", List(result.insurers, [](InsurerNumber n) { return Json(n.ToString()); })},
                {"facts", List(one.facts, values)}};
  };
  return {{"told", changes.told}, {"duplicate", changes.duplicate}, {"changes", List(changes.changes, change)}};
}

}  // namespace

std::string ExplanationJson(const Explanation& why) {
  const Json json = {{"claim_id", why.claim_id},
                     {"decided", why.decided},
                     {"rules_digest", TextOrNull(why.rules_digest)},
                     {"decided_by_other_rules", why.decided_by_other_rules},
                     {"facts", FactsJson(why.facts, why.decided)},
                     {"origin", Text(OriginName(why.origin))},
                     {"rows", List(why.rows, RowJson)},
                     {"identification", OrNull(why.identification, IdentificationJson)},
                     {"result", ResultJson(why.result)},
                     {"books", BooksJson(why.books)},
                     {"pool", OrNull(why.pool, PoolJson)},
                     {"otherwise", OrNull(why.otherwise, OtherwiseJson)},
                     {"lost_rows", OrNull(why.lost_rows, LostRowsJson)},
                     {"changes", OrNull(why.changes, ChangesJson)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace furikae::rules
