// decisions.jsonl: one object per receipt, keys in the order of files.md, absent values left out.
#include "rules/export/decisions.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/concat.h"
#include "core/status.h"
#include "rules/export/files.h"
#include "rules/export/json_text.h"

namespace furikae::rules {
namespace {

// Appends members of one JSON object.
class Members {
 public:
  explicit Members(std::string& out) : out_(out) { out_ += '{'; }
  void Text(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    AppendJsonText(value, Key(key));
  }
  void Number(std::string_view key, int64_t value) { absl::StrAppend(&Key(key), value); }
  void Days(std::string_view key, DayMask days) { AppendJsonDays(days, Key(key)); }
  std::string& Key(std::string_view key) {
    absl::StrAppend(&out_, first_ ? "\"" : ",\"", AbslView(key), "\":");
    first_ = false;
    return out_;
  }
  void End() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

std::string ClassOf(const Decision& decision) {
  return decision.confirmation_class == 0 ? "" : absl::StrFormat("%02d", decision.confirmation_class);
}

std::string_view UnitOf(const storage::Claim& claim) { return claim.flavour == Flavour::kNursing ? "yen" : "points"; }

void AppendFlags(const Decision& decision, std::string& out) {
  out += '[';
  for (const std::string_view flag : FlagNames(decision.flags)) {
    if (out.back() != '[') out += ',';
    AppendJsonText(flag, out);
  }
  out += ']';
}

void AppendPart(const Part& part, std::string& out) {
  Members members(out);
  members.Text("insurer", part.card.insurer.ToString());
  members.Text("symbol", part.card.symbol);
  members.Text("number", part.card.number);
  members.Text("branch", part.card.branch);
  members.Number("agency", static_cast<int>(part.agency));
  members.Days("days", part.days);
  members.Number("points", part.points);
  members.Number("yen", part.yen.value);
  members.End();
}

void AppendParts(const Decision& decision, std::string& out) {
  out += '[';
  for (size_t i = 0; i < decision.parts.size(); ++i) {
    if (i > 0) out += ',';
    AppendPart(decision.parts[i], out);
  }
  out += ']';
}

// The person, when it is one; several candidates stand in review.csv.
void AppendIdentification(const Identification& identification, std::string& out) {
  Members members(out);
  members.Text("grade", GradeName(identification.grade));
  const bool one = identification.candidates.size() == 1;
  if (one) members.Text("subject_id", identification.candidates[0].subject_id);
  if (identification.bits) members.Number("bits", *identification.bits);
  if (identification.margin_bits) members.Number("margin_bits", *identification.margin_bits);
  if (one && !identification.candidates[0].fields.empty()) {
    Members fields(members.Key("fields"));
    for (const auto& [field, evidence] : identification.candidates[0].fields) fields.Text(field, evidence);
    fields.End();
  }
  members.End();
}

void AppendTrace(const Decision& decision, std::string& out) {
  out += '[';
  for (const TraceRow& row : decision.trace) {
    if (out.back() != '[') out += ',';
    Members members(out);
    members.Text("table", row.table);
    members.Text("row", row.row);
    members.Text("status", RowStatusName(row.status));
    members.End();
  }
  out += ']';
}

void AppendClaim(const MonthClaim& c, std::string& out) {
  const storage::Submission& submission = c.from.submission;
  const Decision& decision = c.claim.decision;
  Members members(out);
  members.Text("claim_id", c.id);
  members.Text("institution", submission.institution.ToString());
  members.Number("agency", static_cast<int>(submission.agency));
  members.Text("flavour", FlavourName(c.claim.flavour));
  members.Text("submission", storage::DigestPrefix(submission.digest));
  members.Text("file", submission.file);
  members.Number("receipt_number", c.claim.key.receipt);
  members.Text("service_month", c.claim.service_month.ToString());
  members.Text("origin", OriginName(decision.origin));
  members.Text("outcome", OutcomeName(decision.outcome));
  members.Text("confirmation_class", ClassOf(decision));
  if (decision.return_reason != 0) members.Text("return_reason", ReturnReasonName(decision.return_reason));
  AppendFlags(decision, members.Key("flags"));
  members.Number("total_points", decision.total_points);
  members.Number("public_points", decision.public_points);
  members.Text("unit", UnitOf(c.claim));
  members.Number("insurer_yen", decision.insurer_yen.value);
  if (decision.pool_agency != Agency::kUnknown) members.Number("pool_agency", static_cast<int>(decision.pool_agency));
  members.Days("days", decision.days);
  if (decision.days_from != DaysFrom::kUnknown) members.Text("days_from", DaysFromName(decision.days_from));
  AppendParts(decision, members.Key("parts"));
  if (decision.identification) AppendIdentification(*decision.identification, members.Key("identification"));
  AppendTrace(decision, members.Key("trace"));
  members.Text("moment", decision.moment.ToString());
  members.End();
  out += '\n';
}

std::string Decimal(int64_t number) { return absl::StrCat(number); }
std::string AgencyText(Agency agency) {
  return agency == Agency::kUnknown ? "" : absl::StrCat(static_cast<int>(agency));
}

}  // namespace

absl::StatusOr<std::string> DecisionJson(const storage::Store& store, const storage::Claim& claim) {
  ASSIGN_OR_RETURN(storage::Submission submission, store.GetSubmission(claim.key.submission));
  const std::string id = storage::ClaimIdOf(submission, claim.key.receipt);
  const MonthSubmission from{.submission = std::move(submission)};
  std::string line;
  AppendClaim({.from = from, .claim = claim, .id = id}, line);
  line.pop_back();
  return line;
}

absl::Status WriteDecisions(const ExportContext& context, Output& output) {
  output.Begin("decisions.jsonl");
  std::string line;
  RETURN_IF_ERROR(context.claims.ForEach([&](const MonthClaim& c) {
    line.clear();
    AppendClaim(c, line);
    output.Append(line);
    return absl::OkStatus();
  }));
  return output.End();
}

const OutTable& DecisionTable() {
  static const auto& table = *new OutTable{"decisions",
                                           "",
                                           {{"claim_id"},
                                            {"institution"},
                                            {"agency"},
                                            {"flavour"},
                                            {"submission"},
                                            {"file"},
                                            {"receipt_number", true},
                                            {"service_month"},
                                            {"origin"},
                                            {"outcome"},
                                            {"confirmation_class"},
                                            {"return_reason"},
                                            {"flags"},
                                            {"total_points", true},
                                            {"public_points", true},
                                            {"unit"},
                                            {"insurer_yen", true},
                                            {"pool_agency"},
                                            {"grade"},
                                            {"moment"}}};
  return table;
}

absl::Status ForEachDecisionRow(const ExportContext& context, RowVisit visit) {
  return context.claims.ForEach([&](const MonthClaim& c) {
    const storage::Submission& submission = c.from.submission;
    const Decision& d = c.claim.decision;
    return visit({c.id,
                  submission.institution.ToString(),
                  AgencyText(submission.agency),
                  std::string(FlavourName(c.claim.flavour)),
                  storage::DigestPrefix(submission.digest),
                  submission.file,
                  Decimal(c.claim.key.receipt),
                  c.claim.service_month.ToString(),
                  std::string(OriginName(d.origin)),
                  std::string(OutcomeName(d.outcome)),
                  ClassOf(d),
                  d.return_reason == 0 ? "" : ReturnReasonName(d.return_reason),
                  Joined(FlagNames(d.flags), " "),
                  Decimal(d.total_points),
                  Decimal(d.public_points),
                  std::string(UnitOf(c.claim)),
                  Decimal(d.insurer_yen.value),
                  AgencyText(d.pool_agency),
                  d.identification ? std::string(GradeName(d.identification->grade)) : "",
                  d.moment.ToString()});
  });
}

// Without symbol, number and branch: the database is for analysis, which needs no personal data.
const OutTable& PartTable() {
  static const auto& table = *new OutTable{
      "parts", "", {{"claim_id"}, {"part", true}, {"insurer"}, {"agency"}, {"days"}, {"points", true}, {"yen", true}}};
  return table;
}

absl::Status ForEachPartRow(const ExportContext& context, RowVisit visit) {
  return context.claims.ForEach([&](const MonthClaim& c) -> absl::Status {
    int64_t number = 0;
    for (const Part& part : c.claim.decision.parts) {
      RETURN_IF_ERROR(visit({c.id, Decimal(++number), part.card.insurer.ToString(), AgencyText(part.agency),
                             part.days.ToString(), Decimal(part.points), Decimal(part.yen.value)}));
    }
    return absl::OkStatus();
  });
}

}  // namespace furikae::rules
