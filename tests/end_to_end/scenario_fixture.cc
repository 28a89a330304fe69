#include "tests/end_to_end/scenario_fixture.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/concat.h"
#include "core/files/insurers_csv.h"
#include "core/files/payments_csv.h"
#include "core/files/registry_csv.h"
#include "core/status.h"
#include "core/text/full_width.h"
#include "core/uke/writer.h"
#include "rules/rule_set.h"

namespace furikae {
namespace {

const InstitutionCode kInstitution = InstitutionCode::Of(13, 1, 1234567);

absl::Status Wrong(const std::string& what) { return absl::InvalidArgumentError(what); }

std::vector<std::string> WordsOf(const std::string& text) {
  return absl::StrSplit(text, absl::ByAnyChar(" \t"), absl::SkipEmpty());
}

absl::StatusOr<Date> DateOf(const std::string& text) {
  const auto date = Date::Parse(text);
  if (!date) return Wrong(absl::StrCat(text, " is no date"));
  return *date;
}

absl::StatusOr<InsurerNumber> InsurerOf(const std::string& text) {
  const auto number = InsurerNumber::Parse(text);
  if (!number) return Wrong(absl::StrCat(text, " is no insurer number"));
  return *number;
}

// Insurers in force for ever; agency and kind by law code.
InsurerRow Living(InsurerNumber number) {
  const int law = number.LawCode();
  const bool kokuho = law == 0 || law == 39;
  return {number,
          absl::StrCat("insurer ", number.ToString()),
          law == 39 ? InsurerKind::kLateElderly
          : kokuho  ? InsurerKind::kKokuho
                    : InsurerKind::kSociety,
          13,
          kokuho ? Agency::kKokuho : Agency::kShaho,
          *Date::Of(2000, 1, 1),
          kOpenEnd,
          {}};
}

std::string PartText(const Part& part) {
  return Concat(part.card.insurer.ToString(), part.days.Count() == 1 ? " day " : " days ", part.days.ToString(), " ",
                part.points, " points");
}

std::string DecisionText(const Decision& d) {
  std::string text = Concat(OutcomeName(d.outcome), " origin ", OriginName(d.origin));
  if (d.return_reason != 0) absl::StrAppend(&text, " ", ReturnReasonName(d.return_reason));
  if (d.confirmation_class != 0) absl::StrAppend(&text, " class 0", d.confirmation_class);
  if (d.flags != 0) absl::StrAppend(&text, " flags ", Joined(FlagNames(d.flags), " "));
  std::vector<std::string> parts;
  for (const Part& part : d.parts) parts.push_back(PartText(part));
  if (!parts.empty()) absl::StrAppend(&text, ": ", absl::StrJoin(parts, "; "));
  std::vector<std::string> trace;
  for (const TraceRow& row : d.trace) trace.push_back(absl::StrCat(row.table, "/", row.row));
  return absl::StrCat(text, " [", absl::StrJoin(trace, " "), "]");
}

// Whether what the expectation names holds; words it does not name are not looked at.
bool Holds(const std::string& expected, const Decision& d) {
  const std::pair<std::string, std::string> halves = absl::StrSplit(expected, absl::MaxSplits(':', 1));
  const std::vector<std::string> words = WordsOf(halves.first);
  if (words.empty() || words[0] != OutcomeName(d.outcome)) return false;
  std::set<std::string> flags;
  bool in_flags = false;
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "flags")
      in_flags = true;
    else if (in_flags)
      flags.insert(words[i]);
    else if (words[i] == "class") {
      if (words[++i] != absl::StrCat("0", d.confirmation_class)) return false;
    } else if (words[i] == "origin") {
      if (words[++i] != OriginName(d.origin)) return false;
    } else if (words[i] == "grade") {
      if (!d.identification || words[++i] != GradeName(d.identification->grade)) return false;
    } else if (words[i] == "row") {
      const std::string wanted = words[++i];
      if (std::none_of(d.trace.begin(), d.trace.end(),
                       [&](const TraceRow& row) { return absl::StrCat(row.table, "/", row.row) == wanted; }))
        return false;
    } else if (words[i][0] == 'R') {
      if (words[i] != ReturnReasonName(d.return_reason)) return false;
    } else
      return false;
  }
  const auto names = FlagNames(d.flags);
  if (flags != std::set<std::string>(names.begin(), names.end())) return false;
  if (halves.second.empty()) return true;
  const std::vector<std::string> parts = absl::StrSplit(halves.second, ';', absl::SkipWhitespace());
  if (parts.size() != d.parts.size()) return false;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (absl::StripAsciiWhitespace(parts[i]) != PartText(d.parts[i])) return false;
  }
  return true;
}

}  // namespace

Scenario::Scenario(std::string data_dir) : data_dir_(std::move(data_dir)), regulations_(rules::EmbeddedRegulations()) {}
Scenario::~Scenario() = default;

absl::Status Scenario::Run(const std::string& file) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(file);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    line = line.substr(0, line.find('#'));
    const std::vector<std::string> words = WordsOf(line);
    if (words.empty()) continue;
    const size_t at = line.find(words[0]) + words[0].size();
    const absl::Status status = Statement(words[0], std::string(absl::StripAsciiWhitespace(line.substr(at))));
    if (!status.ok()) return absl::Status(status.code(), absl::StrCat("line ", number, ": ", status.message()));
  }
  return decided_ ? absl::OkStatus() : Wrong("the story expects nothing");
}

absl::Status Scenario::Statement(const std::string& verb, const std::string& rest) {
  static const auto* answers = new std::map<std::string, Action>{
      {"accept", Action::kAccept},   {"reject", Action::kReject}, {"inquire", Action::kInquire},
      {"confirm", Action::kConfirm}, {"deny", Action::kDeny},     {"undo", Action::kUndo},
      {"defer", Action::kDefer}};
  if (const auto answer = answers->find(verb); answer != answers->end()) return Answer(answer->second, rest);
  if (verb == "month") {
    const auto month = ServiceMonth::Parse(rest);
    if (!month) return Wrong(absl::StrCat(rest, " is no month"));
    month_ = *month;
    return absl::OkStatus();
  }
  if (verb == "insurer") return Insurer(rest, true);
  if (verb == "unlisted") return Insurer(rest, false);
  if (verb == "person") return Person(rest);
  if (verb == "covered") return Covered(rest);
  if (verb == "paid") return Paid(rest);
  if (verb == "policy") return Policy(rest);
  if (verb == "receipt") return Receipt(rest);
  if (verb == "close") return Close(rest);
  if (verb == "expect") return Expect(rest);
  if (verb == "share") return ShareIs(rest);
  return Wrong(absl::StrCat("no statement begins with ", verb));
}

absl::Status Scenario::Insurer(const std::string& rest, bool listed) {
  const std::vector<std::string> words = WordsOf(rest);
  ASSIGN_OR_RETURN(const InsurerNumber number, InsurerOf(words.at(0)));
  if (!listed) {
    unlisted_.push_back(number);
    return absl::OkStatus();
  }
  InsurerRow row = Living(number);
  for (size_t i = 1; i + 1 < words.size(); i += 2) {
    if (words[i] == "until") {
      ASSIGN_OR_RETURN(row.valid_to, DateOf(words[i + 1]));
    } else if (words[i] == "from") {
      ASSIGN_OR_RETURN(row.valid_from, DateOf(words[i + 1]));
    } else if (words[i] == "successor") {
      ASSIGN_OR_RETURN(row.successor, InsurerOf(words[i + 1]));
    } else
      return Wrong(absl::StrCat("insurer does not know ", words[i]));
  }
  insurers_.push_back(row);
  return absl::OkStatus();
}

absl::Status Scenario::Person(const std::string& rest) {
  const std::vector<std::string> items = absl::StrSplit(rest, ", ");
  if (items.size() < 4) return Wrong("a person has a name, a reading, a birth date and a sex");
  person_ = RegistryRow();
  person_.subject_id = absl::StrCat("S", registry_.size() + 1);
  person_.name = items[0];
  person_.name_kana = items[1];
  ASSIGN_OR_RETURN(person_.birth, DateOf(items[2]));
  person_.sex = items[3] == "female" ? Sex::kFemale : Sex::kMale;
  for (size_t i = 4; i < items.size(); ++i) {
    const std::pair<std::string, std::string> pair = absl::StrSplit(items[i], absl::MaxSplits(' ', 1));
    if (pair.first == "address")
      person_.address = pair.second;
    else if (pair.first == "phone")
      person_.telephone = pair.second;
    else if (pair.first == "workplace")
      person_.workplace = pair.second;
    else if (pair.first == "subject")
      person_.subject_id = pair.second;
    else
      return Wrong(absl::StrCat("person does not know ", pair.first));
  }
  return absl::OkStatus();
}

absl::Status Scenario::Covered(const std::string& rest) {
  const std::vector<std::string> words = WordsOf(rest);
  RegistryRow row = person_;
  ASSIGN_OR_RETURN(row.card.insurer, InsurerOf(words.at(0)));
  row.card.number = absl::StrCat(1000 + registry_.size());
  row.card.symbol = row.card.insurer.LawCode() == 39 ? "" : "12";
  row.family = Family::kSelf;
  row.qualified = *Date::Of(2020, 4, 1);
  row.registered_at = *Moment::Parse("2024-01-01T00:00:00+09:00");
  for (size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "suspended") {
      row.suspended = true;
      continue;
    }
    if (word == "withdrawn") {
      row.withdrawn = true;
      continue;
    }
    if (word == "family") {
      row.family = Family::kFamily;
      continue;
    }
    if (++i == words.size()) return Wrong(absl::StrCat(word, " needs a value"));
    const std::string& value = words[i];
    if (word == "from") {
      ASSIGN_OR_RETURN(row.qualified, DateOf(value));
    } else if (word == "until") {
      ASSIGN_OR_RETURN(const Date last, DateOf(value));
      row.disqualified = last.Plus(1);
    } else if (word == "issued") {
      ASSIGN_OR_RETURN(row.issued, DateOf(value));
    } else if (word == "registered") {
      ASSIGN_OR_RETURN(const Date day, DateOf(value));
      row.registered_at = {day.days * int64_t{86400}};
    } else if (word == "number")
      row.card.number = value;
    else if (word == "symbol")
      row.card.symbol = value;
    else if (word == "branch")
      row.card.branch = value;
    else if (word == "ratio") {
      if (!absl::SimpleAtoi(value, &row.contribution_per_cent)) return Wrong("ratio is a number");
    } else if (word == "lost") {
      int reason = 0;
      if (!absl::SimpleAtoi(value, &reason)) return Wrong("lost is a code");
      row.loss_reason = static_cast<LossReason>(reason);
    } else
      return Wrong(absl::StrCat("covered does not know ", word));
  }
  registry_.push_back(row);
  return absl::OkStatus();
}

absl::Status Scenario::Paid(const std::string& rest) {
  const std::vector<std::string> words = WordsOf(rest);
  if (words.size() != 4) return Wrong("write: paid INSURER YEN in MONTH");
  PaymentRow row;
  row.institution = kInstitution;
  ASSIGN_OR_RETURN(row.insurer, InsurerOf(words[0]));
  const auto month = ServiceMonth::Parse(words[3]);
  if (!month || !absl::SimpleAtoi(words[1], &row.amount.value)) return Wrong("write: paid INSURER YEN in MONTH");
  row.month = *month;
  row.receipts = 1;
  row.points = row.amount.value / 10;
  payments_.push_back(row);
  return absl::OkStatus();
}

// What an agency does to choose another policy: it exchanges what the row of that table gives.
absl::Status Scenario::Policy(const std::string& rest) {
  const size_t blank = rest.find(' ');
  if (blank == std::string::npos) return Wrong("write: policy TABLE {what its row gives}");
  auto tables = nlohmann::ordered_json::parse(regulations_.at("policy.json"));
  const auto then = nlohmann::ordered_json::parse(rest.substr(blank), nullptr, /*allow_exceptions=*/false);
  for (auto& table : tables) {
    if (table["table"] != rest.substr(0, blank) || then.is_discarded()) continue;
    table["rows"][0]["then"] = then;
    regulations_["policy.json"] = tables.dump();
    return absl::OkStatus();
  }
  return Wrong(absl::StrCat("no such policy: ", rest));
}

absl::Status Scenario::Receipt(const std::string& rest) {
  static const auto* flavours = new std::map<std::string, Flavour>{{"医科", Flavour::kMedical},
                                                                   {"DPC", Flavour::kDpc},
                                                                   {"歯科", Flavour::kDental},
                                                                   {"調剤", Flavour::kPharmacy},
                                                                   {"訪問看護", Flavour::kNursing}};
  const std::vector<std::string> phrases = absl::StrSplit(rest, ", ");
  const std::vector<std::string> words = WordsOf(phrases[0]);
  const auto flavour = flavours->find(words.at(0));
  const auto month = ServiceMonth::Parse(words.at(1));
  if (flavour == flavours->end() || !month) return Wrong("a receipt begins with its flavour and service month");
  draft_ = std::make_unique<generate::Draft>();
  generate::Draft& d = *draft_;
  const int point_tables[] = {0, 1, 1, 3, 4, 6};
  d.flavour = flavour->second;
  d.institution = InstitutionCode::Of(13, point_tables[static_cast<size_t>(d.flavour)], 1234567);
  d.service_month = *month;
  d.name = person_.name;
  d.kana = d.flavour == Flavour::kDpc ? "" : person_.name_kana;
  d.sex = person_.sex;
  d.birth = person_.birth;
  int64_t points_each = 282;
  for (size_t i = 1; i < phrases.size(); ++i) RETURN_IF_ERROR(ReceiptWords(phrases[i], points_each));
  if (!d.lines.empty()) return absl::OkStatus();
  generate::DraftLine line{"SI", d.inpatient ? "90" : "12", "112007410", points_each, {}, 0};
  if (d.flavour == Flavour::kDental) line.record = "SS";
  if (d.flavour == Flavour::kPharmacy) line.record = "KI";
  if (d.flavour == Flavour::kNursing) line.record = "KA";
  for (int day : d.visits) line.days.emplace_back(day, 1);
  d.lines.push_back(line);
  decided_ = false;
  return absl::OkStatus();
}

absl::Status Scenario::ReceiptWords(const std::string& phrase, int64_t& points_each) {
  generate::Draft& d = *draft_;
  const std::vector<std::string> words = WordsOf(phrase);
  const std::string& last = words.back();
  const std::string two = words.size() > 1 ? words[0] + " " + words[1] : "";
  if (words[0] == "visits") {
    for (size_t i = 1; i < words.size(); ++i) d.visits.push_back(std::stoi(words[i]));
  } else if (two == "billed to") {
    ASSIGN_OR_RETURN(const InsurerNumber number, InsurerOf(last));
    d.insurer = last;
    d.late_elderly = number.LawCode() == 39;
    d.agency = number.LawCode() == 0 || d.late_elderly ? Agency::kKokuho : Agency::kShaho;
    if (d.late_elderly) d.class_digit = 8;
    for (const RegistryRow& row : registry_) {
      if (row.card.insurer != number || row.subject_id != person_.subject_id) continue;
      d.symbol = row.card.symbol;
      d.number = row.card.number;
      d.branch = row.card.branch;
    }
  } else if (words.size() == 3 && words[1] == "points") {
    if (!absl::SimpleAtoi(words[0], &points_each)) return Wrong("write: 282 points each");
  } else if (phrase == "inpatient") {
    d.inpatient = true;
    d.admitted = d.service_month.Day(d.visits.at(0));
  } else if (phrase == "no JD")
    d.has_jd = false;
  else if (phrase == "no MF")
    d.window_burden.clear();
  else if (phrase == "no branch")
    d.branch.clear();
  else if (phrase == "high cost")
    d.window_burden = "01";
  else if (phrase == "public expense")
    d.public_expenses = 1;
  else if (phrase == "reduction")
    d.reduction = 1;
  else if (phrase == "work related")
    d.work_related = 1;
  else if (phrase == "no insurer") {
    d.has_ho = false;
    d.public_expenses = 1;
  } else if (phrase == "accident")
    d.accident = true;
  else if (phrase == "late elderly") {
    d.late_elderly = true;
    d.class_digit = 8;
  } else if (words[0] == "agency")
    d.agency = last == "2" ? Agency::kKokuho : Agency::kShaho;
  else if (words[0] == "class")
    d.class_digit = std::stoi(last);
  else if (words[0] == "rate")
    d.rate = std::stoi(last);
  else if (words[0] == "copayment")
    d.copayment = std::stoll(last);
  else if (two == "search number")
    d.search_number = last;
  else if (words[0] == "slip")
    d.jd_only.push_back(std::stoi(last));
  else if (words[0] == "number")
    d.number = last;
  else if (words[0] == "symbol")
    d.symbol = last;
  else if (words[0] == "branch")
    d.branch = last;
  else if (words[0] == "birth") {
    ASSIGN_OR_RETURN(d.birth, DateOf(last));
  } else if (words[0] == "sex")
    d.sex = last == "female" ? Sex::kFemale : Sex::kMale;
  else if (words[0] == "name")
    d.name = phrase.substr(5);
  else if (words[0] == "kana")
    d.kana = phrase.substr(5);
  else if (words[0] == "remark")
    d.remarks.push_back(text::FullWidth(phrase.substr(7)));
  else
    return Wrong(absl::StrCat("a receipt does not know: ", phrase));
  return absl::OkStatus();
}

absl::Status Scenario::Prepare() {
  const rules::RunMoment run{month_, Moment::LastSecondOf(month_)};
  if (store_ == nullptr) {
    ASSIGN_OR_RETURN(rules::Rulebook book, rules::LoadRuleSet(regulations_));
    rulebook_ = std::make_unique<rules::Rulebook>(std::move(book));
    ASSIGN_OR_RETURN(store_, storage::Store::Open({.data_dir = data_dir_}));
    engine_ = std::make_unique<rules::Engine>(*store_, *rulebook_);
  }
  // Insurers that the story merely mentions are in force.
  const auto mention = [&](InsurerNumber number) {
    const bool known =
        std::any_of(insurers_.begin(), insurers_.end(), [&](const InsurerRow& row) { return row.number == number; });
    if (!known && std::find(unlisted_.begin(), unlisted_.end(), number) == unlisted_.end())
      insurers_.push_back(Living(number));
  };
  for (const RegistryRow& row : registry_) mention(row.card.insurer);
  for (const PaymentRow& row : payments_) mention(row.insurer);
  const auto claimed = InsurerNumber::Parse(draft_->insurer);  // or what stands for none, such as 77777779
  if (claimed && claimed->CheckDigitHolds() && IsPrefecture(claimed->Prefecture())) mention(*claimed);
  std::string insurers, registry, payments;
  AppendInsurersCsvHeader(insurers);
  for (const InsurerRow& row : insurers_) AppendInsurersCsv(row, insurers);
  AppendRegistryCsvHeader(registry);
  for (const RegistryRow& row : registry_) AppendRegistryCsv(row, registry);
  AppendPaymentsCsvHeader(payments);
  for (PaymentRow row : payments_) {
    row.institution = draft_->institution;
    AppendPaymentsCsv(row, payments);
  }
  RETURN_IF_ERROR(engine_->LoadTable(storage::TableKind::kInsurers, "insurers.csv", insurers, true, run).status());
  RETURN_IF_ERROR(engine_->LoadTable(storage::TableKind::kRegistry, "registry.csv", registry, true, run).status());
  RETURN_IF_ERROR(engine_->LoadTable(storage::TableKind::kPayments, "payments.csv", payments, true, run).status());
  if (!decided_) {
    const generate::Draft& d = *draft_;
    const std::string bytes =
        generate::Head(d.flavour, d.agency, d.institution, "医療機関", month_) + generate::Records(d, 1, month_) +
        uke::MakeTrailer({.claims = (d.has_ho ? 1 : 0) + d.public_expenses, .points = d.Points()});
    ASSIGN_OR_RETURN(const rules::SubmitReport report,
                     engine_->Submit(absl::StrCat("receipts/", ++receipts_, ".UKE"), bytes, run, true));
    if (report.claim_ids.size() != 1)
      return Wrong(absl::StrCat("the receipt was refused: ", absl::StrJoin(report.complaints, "; ")));
    claim_id_ = report.claim_ids[0];
    ASSIGN_OR_RETURN(claim_, store_->ParseClaimId(claim_id_));
    decided_ = true;
  }
  return engine_->Decide(run, nullptr).status();
}

absl::Status Scenario::Answer(Action action, const std::string& rest) {
  RETURN_IF_ERROR(Prepare());
  PeopleRow row;
  row.claim_id = claim_id_;
  row.action = action;
  row.actor = "clerk-1";
  row.at = Moment::LastSecondOf(month_);
  if (action == Action::kAccept) row.subject_id = rest;
  if (action == Action::kConfirm || action == Action::kDeny || action == Action::kInquire) {
    if (!rest.empty()) {
      ASSIGN_OR_RETURN(row.insurer, InsurerOf(rest));
    }
  }
  return engine_->Act(row, {month_, row.at});
}

absl::Status Scenario::Close(const std::string& rest) {
  RETURN_IF_ERROR(Prepare());
  RETURN_IF_ERROR(engine_->Close({month_, Moment::LastSecondOf(month_)}, nullptr).status());
  if (const auto next = ServiceMonth::Parse(rest); next) month_ = *next;
  return absl::OkStatus();
}

absl::Status Scenario::Expect(const std::string& rest) {
  if (draft_ == nullptr) return Wrong("there is no receipt yet");
  if (!store_ || !decided_ || !store_->ClosedAt(month_)) RETURN_IF_ERROR(Prepare());
  ASSIGN_OR_RETURN(const storage::Claim claim, store_->GetClaim(claim_));
  if (Holds(rest, claim.decision)) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("expected ", rest, "\n        but it is ", DecisionText(claim.decision)));
}

absl::Status Scenario::ShareIs(const std::string& rest) {
  const std::vector<std::string> words = WordsOf(rest);
  ASSIGN_OR_RETURN(const InsurerNumber insurer, InsurerOf(words.at(0)));
  int64_t total = 0;
  RETURN_IF_ERROR(store_->ForEachPool([&](const storage::Pool& pool) {
    for (const storage::Share& share : pool.shares) total += share.insurer == insurer ? share.yen.value : 0;
    return absl::OkStatus();
  }));
  if (absl::StrCat(total) == words.at(1)) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("expected a share of ", words[1], " yen, but it is ", total));
}

}  // namespace furikae
