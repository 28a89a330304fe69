#include "tests/rules/decide_fixture.h"

#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "core/concat.h"
#include "core/uke/cp932.h"
#include "core/uke/layouts.h"
#include "core/uke/writer.h"
#include "rules/receipt_facts.h"

namespace furikae::rules {
namespace {

using Values = std::vector<uke::NamedValue>;

std::string Re(const Claim& claim) {
  Values values = {{"レセプト番号", "1"},     {"レセプト種別", absl::StrFormat("%04d", claim.type)},
                   {"診療年月", claim.month}, {"氏名", claim.name},
                   {"男女区分", claim.sex},   {"生年月日", claim.birth},
                   {"給付割合", claim.rate}};
  if (!claim.admitted.empty()) values.push_back({"入院年月日", claim.admitted});
  if (!claim.notes.empty()) values.push_back({"レセプト特記事項", claim.notes});
  if (!claim.search_number.empty()) values.push_back({"検索番号", claim.search_number});
  if (uke::FindRecord(claim.flavour, "RE")->ColumnOf("カタカナ（氏名）") > 0)
    values.push_back({"カタカナ（氏名）", claim.kana});
  return uke::MakeRecord(claim.flavour, "RE", values);
}

int64_t Total(const Claim& claim) {
  if (claim.total_points >= 0) return claim.total_points;
  return static_cast<int64_t>(claim.visits.size() + claim.lines_only.size()) * claim.points_per_visit;
}

std::string Ho(const Claim& claim) {
  const std::string insurer = absl::StrFormat("%8s", claim.insurer);
  Values values = {{"保険者番号", insurer},
                   {"被保険者証等の記号", claim.symbol},
                   {"被保険者証等の番号", claim.number},
                   {"診療実日数", absl::StrCat(claim.visits.size())},
                   {"合計点数", absl::StrCat(Total(claim))},
                   {"負担金額 医療保険", claim.copayment}};
  if (claim.meals > 0) {
    values.push_back({"食事・生活療養 回数", absl::StrCat(claim.meals)});
    values.push_back({"食事・生活療養 合計金額", absl::StrCat(claim.meals * 690)});
  }
  return uke::MakeRecord(Flavour::kMedical, "HO", values);
}

std::string Jd(const Claim& claim) {
  std::set<int> days(claim.visits.begin(), claim.visits.end());
  days.insert(claim.jd_only.begin(), claim.jd_only.end());
  Values values = {{"負担者種別", "1"}};
  std::vector<std::string> names;
  names.reserve(days.size());
  for (int day : days) names.push_back(absl::StrCat(day, "日の情報"));
  for (const std::string& name : names) values.push_back({name, "1"});
  return uke::MakeRecord(Flavour::kMedical, "JD", values);
}

std::string Si(std::string_view kind, std::string_view points, int count, const std::vector<int>& days) {
  std::vector<std::string> names;
  names.reserve(days.size());
  for (int day : days) names.push_back(absl::StrCat(day, "日の情報"));
  Values values = {{"診療識別", std::string(kind)},
                   {"負担区分", "1"},
                   {"診療行為コード", "111000110"},
                   {"点数", std::string(points)},
                   {"回数", absl::StrCat(count * static_cast<int>(days.size()))}};
  for (const std::string& name : names) values.push_back({name, absl::StrCat(count)});
  return uke::MakeRecord(Flavour::kMedical, "SI", values);
}

InsurerRow Insurer(InsurerNumber number, std::string name, InsurerKind kind, Agency agency, int from_year,
                   Date to = kOpenEnd) {
  InsurerRow row;
  row.number = number;
  row.name = std::move(name);
  row.kind = kind;
  row.prefecture = 13;
  row.agency = agency;
  row.valid_from = *Date::Of(from_year, 4, 1);
  row.valid_to = to;
  return row;
}

}  // namespace

InsurerNumber SelfDefence() {
  const std::string body = "0713000";
  return *InsurerNumber::Parse(absl::StrCat(body, CheckDigit(body)));
}

Person Hanako() { return {}; }
Person Unlinked(std::string subject, std::string address) {
  Person person;
  person.subject = std::move(subject);
  person.address = std::move(address);
  return person;
}

Claim UnidentifiedClaim(std::string number) {
  Claim claim;
  claim.insurer = "77777777";
  claim.symbol = "";
  claim.number = std::move(number);
  claim.remarks = {
      "不詳・ヤマダハナコ・社保・協会けんぽ・青空商事・東京都千代田区神田１－２－３・０３－１２３４－５６７８・令和６年"
      "９月３０日"};
  return claim;
}

std::string Claim::Bytes() const {
  std::string out = Re(*this);
  if (has_ho) out += Ho(*this);
  if (!public_payer.empty()) {
    out += uke::MakeRecord(
        flavour, "KO",
        {{"負担者番号", public_payer}, {"受給者番号", "0000012"}, {"合計点数", absl::StrCat(Total(*this))}});
  }
  if (!branch.empty())
    out += uke::MakeRecord(flavour, "SN", {{"負担者種別", "1"}, {"確認区分", "01"}, {"枝番", branch}});
  if (has_jd) out += Jd(*this);
  if (!mf.empty()) out += uke::MakeRecord(flavour, "MF", {{"窓口負担額区分", mf}});
  std::vector<int> days = visits;
  days.insert(days.end(), lines_only.begin(), lines_only.end());
  out += Si("11", absl::StrCat(points_per_visit), 1, days);
  if (meals_by_day > 0) out += Si("97", "690", meals_by_day, {visits.front()});
  for (const std::string& remark : remarks) {
    out += uke::MakeRecord(Flavour::kMedical, "CO",
                           {{"負担区分", "1"}, {"コメントコード", "810000001"}, {"文字データ", remark}});
  }
  return out + extra_records;
}

World::World() {
  rulebook_ = std::make_unique<Rulebook>(*Rulebook::Load(Declarations(), EmbeddedRegulations()));
  const Date ended = *Date::Of(2020, 3, 31);
  for (const InsurerRow& row : {
           Insurer(kKyokai, "全国健康保険協会東京支部", InsurerKind::kKyokaiKenpo, Agency::kShaho, 2000),
           Insurer(kSociety, "青空健康保険組合", InsurerKind::kSociety, Agency::kShaho, 2000),
           Insurer(kKokuho, "千代田区", InsurerKind::kKokuho, Agency::kKokuho, 2000),
           Insurer(kLateElderly, "兵庫県後期高齢者医療広域連合", InsurerKind::kLateElderly, Agency::kKokuho, 2008),
           Insurer(kMutual, "千葉県警察共済", InsurerKind::kMutualAid, Agency::kShaho, 2000),
           Insurer(SelfDefence(), "防衛省", InsurerKind::kSelfDefence, Agency::kShaho, 2000),
           Insurer(kCeased, "全国健康保険協会神奈川支部", InsurerKind::kKyokaiKenpo, Agency::kShaho, 2000, ended),
           Insurer(kNotYet, "全国健康保険協会埼玉支部", InsurerKind::kKyokaiKenpo, Agency::kShaho, 2030),
       }) {
    EXPECT_TRUE(masters.Put(row).ok());
  }
}

void World::Add(const Person& person, const Cover& cover) {
  RegistryRow row;
  row.subject_id = person.subject;
  row.card = {cover.insurer, cover.symbol, cover.number, cover.branch};
  row.family = cover.family;
  row.name = person.name;
  row.name_kana = person.kana;
  row.birth = *Date::Parse(person.birth);
  row.sex = person.sex;
  row.address = person.address;
  row.telephone = person.telephone;
  row.workplace = person.workplace;
  row.qualified = *Date::Parse(cover.from);
  if (!cover.until.empty()) row.disqualified = *Date::Parse(cover.until);
  row.loss_reason = cover.loss;
  if (!cover.issued.empty()) row.issued = *Date::Parse(cover.issued);
  row.contribution_per_cent = cover.contribution;
  row.registered_at = *Moment::Parse(cover.registered_at);
  row.suspended = cover.suspended;
  const absl::Status added = registry_.Add(std::move(row));
  EXPECT_TRUE(added.ok()) << added;
}

void World::UseTables(const std::string& file, const std::string& json) {
  std::map<std::string, std::string> files = EmbeddedRegulations();
  files[file] = json;
  auto loaded = Rulebook::Load(Declarations(), files);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  rulebook_ = std::make_unique<Rulebook>(*std::move(loaded));
}

void World::ChangeTables(const std::string& file, const std::string& written, const std::string& instead) {
  std::string text = EmbeddedRegulations().at(file);
  const size_t at = text.find(written);
  ASSERT_NE(at, std::string::npos) << written;
  UseTables(file, text.replace(at, written.size(), instead));
}

void World::Said(Action action, std::string subject, InsurerNumber insurer) {
  PeopleRow row;
  row.action = action;
  row.subject_id = std::move(subject);
  row.insurer = insurer;
  row.actor = "reviewer";
  row.at = Moment{Moment::LastSecondOf(claim_month).seconds - 86400 + ++said_};
  people.push_back(row);
}

Decision World::Decide(const Claim& claim) {
  uke::FileHead head;
  head.flavour = claim.flavour;
  head.agency = claim.agency;
  head.institution = InstitutionCode::Of(13, 1, 1234567);
  head.claim_month = claim_month;
  const std::string bytes = claim.Bytes();
  auto receipt = uke::ReadReceipt(head, bytes);
  EXPECT_TRUE(receipt.ok()) << receipt.status();
  if (!receipt.ok()) return {};
  if (claim.change) claim.change(*receipt);

  DecideContext asked = context;
  asked.claim_month = claim_month;
  if (asked.closing_month.index == 0) asked.closing_month = claim_month;
  if (asked.now.seconds == 0) asked.now = Moment::LastSecondOf(claim_month);
  asked.people = &people;
  const Decider decider(*rulebook_, registry_.index(), registry_, masters);
  const auto decision = decider.Decide(*receipt, asked);
  EXPECT_TRUE(decision.ok()) << decision.status();
  if (!decision.ok()) return {};
  for (const TraceRow& row : decision->trace) {
    EXPECT_NE(rulebook_->FindRow(row.table, row.row), nullptr) << row.table << "/" << row.row;
  }
  return *decision;
}

std::string Rows(const Decision& decision, std::string_view table) {
  std::vector<std::string> rows;
  for (const TraceRow& row : decision.trace) {
    if (table.empty()) rows.push_back(Concat(row.table, "/", row.row));
    if (row.table == table) rows.push_back(row.row);
  }
  return absl::StrJoin(rows, " ");
}

std::string Result(const Decision& decision) {
  std::string out(OutcomeName(decision.outcome));
  if (decision.confirmation_class != 0) absl::StrAppendFormat(&out, " %02d", decision.confirmation_class);
  if (decision.return_reason != 0) absl::StrAppend(&out, " ", ReturnReasonName(decision.return_reason));
  return out;
}

std::string Parts(const Decision& decision) {
  std::vector<std::string> parts;
  for (const Part& part : decision.parts) {
    parts.push_back(absl::StrCat(part.card.insurer.ToString(), ": ", part.days.ToString(), " = ", part.points));
  }
  return absl::StrJoin(parts, "; ");
}

std::string Flags(const Decision& decision) {
  std::string flags;
  for (std::string_view name : FlagNames(decision.flags)) flags += (flags.empty() ? "" : " ") + std::string(name);
  return flags;
}

}  // namespace furikae::rules
