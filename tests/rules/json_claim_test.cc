// A JSON claim becomes records that intake reads as it reads any other (files.md "In").
#include "rules/json_claim.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "core/text/full_width.h"
#include "core/uke/receipt.h"
#include "rules/declared_items.h"
#include "rules/receipt_facts.h"
#include "rules/remark_words.h"
#include "tests/rules/json_claim_fixture.h"

namespace furikae::rules {
namespace {

using testing::HasSubstr;

// Through the reader of whole files, as intake does it.
uke::ParsedFile ReadBack(const UkeClaim& made) {
  static std::string bytes;
  bytes = made.head + made.receipt + "GO,0,0,99\r\n";
  return uke::ReadFile("claim.jsonl", bytes, ServiceMonth::Of(2024, 11));
}

// What the remarks of the claim say when they are read by these rules.
Declaration Declared(const UkeClaim& made, const Rulebook& rules = Regulations()) {
  const uke::ParsedFile file = ReadBack(made);
  if (file.receipts.size() != 1) {
    ADD_FAILURE() << (file.complaints.empty() ? "no receipt" : file.complaints[0].ToString("claim"));
    return {};
  }
  const DatedRemarkWords words(rules);
  return ParseRemarks(uke::ReadRemarks(file.receipts[0]), words.In(ServiceMonth::Of(2024, 11).index));
}

TEST(JsonClaimTest, EveryFlavourIsReadBackAsItWasSaid) {
  for (const char* flavour : {"MED", "DPC", "DEN", "PHA", "NUR"}) {
    SCOPED_TRACE(flavour);
    const absl::StatusOr<UkeClaim> made = ToUke(SomeClaim(flavour), Regulations());
    ASSERT_TRUE(made.ok()) << made.status();
    const uke::ParsedFile file = ReadBack(*made);
    ASSERT_EQ(file.receipts.size(), 1u) << (file.complaints.empty() ? "" : file.complaints[0].ToString("claim"));
    const uke::Receipt& receipt = file.receipts[0];
    EXPECT_EQ(FlavourName(receipt.flavour), flavour);
    EXPECT_EQ(receipt.head.institution.ToString(), SomeClaim(flavour).institution);
    EXPECT_EQ(receipt.insurer, InsurerNumber{6139463});
    EXPECT_EQ(receipt.service_month, ServiceMonth::Of(2024, 10));
    EXPECT_EQ(receipt.birth, Date::Of(1980, 4, 2));
    EXPECT_EQ(receipt.branch, "01");
    EXPECT_EQ(receipt.jd_counted, DayMask::Of({3, 10}));
    EXPECT_EQ(receipt.jd_uncounted, DayMask::Of({22}));
    EXPECT_EQ(receipt.mf_class, 0);
    EXPECT_EQ(receipt.actual_days, 2);
    EXPECT_EQ(receipt.total_points, 269);
    const uke::LineDays lines = uke::ReadLineDays(receipt);
    EXPECT_EQ(lines.insured_points, 269);
    EXPECT_EQ(lines.days, DayMask::Of({3, 10, 22}));
    EXPECT_FALSE(lines.count_differs);
  }
}

TEST(JsonClaimTest, MoneyMealsAndPublicExpensesArriveInTheirColumns) {
  JsonClaim claim = SomeClaim("MED");
  claim.type = "1121";
  claim.admitted_on = "2024-10-01";
  claim.copayment_yen = 0;
  claim.meal_count = 9;
  claim.meal_yen = 6030;
  claim.burden_class = 2;
  claim.benefit_rate = 80;
  claim.notes = {"26", "41"};
  claim.search_number = "12345678901234567";
  claim.public_expenses = {{"12130001", "0000012", 269}};
  const UkeClaim made = ToUke(claim, Regulations()).value();
  const uke::ParsedFile file = ReadBack(made);
  ASSERT_EQ(file.receipts.size(), 1u);
  const uke::Receipt& receipt = file.receipts[0];
  EXPECT_EQ(receipt.admitted, Date::Of(2024, 10, 1));
  EXPECT_EQ(receipt.copayment, Yen{0});
  EXPECT_EQ(receipt.meal_count, 9);
  EXPECT_EQ(receipt.meal_amount, Yen{6030});
  EXPECT_EQ(receipt.burden_class, 2);
  EXPECT_EQ(receipt.rate, 80);
  EXPECT_EQ(receipt.notes, "2641");
  EXPECT_EQ(receipt.search_number, claim.search_number);
  EXPECT_EQ(receipt.public_expenses, 1);
}

TEST(JsonClaimTest, ADeclarationIsReadBackFromTheRemarks) {
  for (const char* flavour : {"MED", "DEN", "PHA", "NUR"}) {
    SCOPED_TRACE(flavour);
    JsonClaim claim = SomeClaim(flavour);
    claim.insurer = "77777777";
    claim.symbol = "";
    claim.number = "777777777";
    claim.declaration = {.name = "山田　太郎",
                         .name_kana = "ヤマダ　タロウ",
                         .insurance_type = "社保",
                         .insurer_name = "青空健康保険組合",
                         .workplace = "株式会社青空商事",
                         .address = "東京都千代田区丸の内1-2-3 青空マンション" + std::string(300, '9'),
                         .contact = "03-1234-5678",
                         .contacted_on = "2024-10-03",
                         .remark = "保険証を忘れた"};
    const UkeClaim made = ToUke(claim, Regulations()).value();
    const Declaration d = Declared(made);
    EXPECT_TRUE(d.marker_unidentified);
    EXPECT_EQ(d.name, "山田　太郎");
    EXPECT_EQ(d.name_kana, "ヤマダ　タロウ");
    EXPECT_EQ(d.type, DeclaredType::kShaho);
    EXPECT_EQ(d.insurer_name, "青空健康保険組合");
    EXPECT_EQ(d.workplace, "株式会社青空商事");
    EXPECT_THAT(d.address, HasSubstr("東京都千代田区丸の内１－２－３　青空マンション９９９"));
    EXPECT_EQ(d.contact, "０３－１２３４－５６７８");
    EXPECT_EQ(d.contacted_on, Date::Of(2024, 10, 3));
    EXPECT_TRUE(d.card_forgotten);
    for (const std::string_view item : DeclaredItemNames()) EXPECT_TRUE(HasItem(d, item)) << item;
  }
}

// A field of JSON is one value, whatever would part or name items in a text that somebody typed.
TEST(JsonClaimTest, FieldsOfTheDeclarationKeepWhatWouldPartThem) {
  for (const char* workplace : {"株式会社山川、第二工場", "連絡先商事株式会社", "住所：なにがし（株）",
                                "山川・工場／第二", "「青空」商事", "不詳　旧資格情報研究所"}) {
    SCOPED_TRACE(workplace);
    JsonClaim claim = SomeClaim("MED");
    claim.declaration = {.insurance_type = "社保",
                         .insurer_name = "事業所名、健康保険組合",
                         .workplace = workplace,
                         .contact = "03-1234-5678"};
    const Declaration d = Declared(ToUke(claim, Regulations()).value());
    EXPECT_EQ(d.workplace, text::FullWidth(workplace));
    EXPECT_EQ(d.insurer_name, "事業所名、健康保険組合");
    EXPECT_EQ(d.contact, "０３－１２３４－５６７８");
    EXPECT_EQ(d.type, DeclaredType::kShaho);
  }
}

TEST(JsonClaimTest, AnUnidentifiedInsurerIsMarkedWhereTheTableOfOriginsSaysSo) {
  const struct {
    const char *insurer, *month;
    bool marked;
  } kCases[] = {{"77777777", "2024-11", true},
                {"77777779", "2023-10", true},
                {"77777779", "2023-09", false},
                {"06139463", "2024-11", false}};
  for (const auto& c : kCases) {
    JsonClaim claim = SomeClaim("MED");
    claim.insurer = c.insurer;
    claim.claim_month = c.month;
    claim.service_month = "2023-08";
    claim.declaration = JsonDeclaration{.name_kana = "ヤマダ　タロウ"};
    const UkeClaim made = ToUke(claim, Regulations()).value();
    const Declaration d = Declared(made);
    EXPECT_EQ(d.marker_unidentified, c.marked) << c.insurer << " " << c.month;
  }
}

TEST(JsonClaimTest, AFormerQualificationIsMarked) {
  JsonClaim claim = SomeClaim("MED");
  claim.declaration = JsonDeclaration{.former_qualification = true};
  const UkeClaim made = ToUke(claim, Regulations()).value();
  EXPECT_TRUE(Declared(made).former_qualification);
}

// The built-in rules with `instead` where words.json says `written`.
Rulebook WithWords(const std::string& written, const std::string& instead) {
  std::map<std::string, std::string> files = EmbeddedRegulations();
  std::string& words = files.at("words.json");
  const size_t at = words.find(written);
  EXPECT_NE(at, std::string::npos) << written;
  words.replace(at, written.size(), instead);
  return *Rulebook::Load(Declarations(), files);
}

TEST(JsonClaimTest, TheMarksAreTheWordsOfTheRuleSet) {
  JsonClaim claim = SomeClaim("MED");
  claim.insurer = "77777777";
  claim.declaration = JsonDeclaration{.former_qualification = true};
  for (const auto& [written, instead] : {std::pair{"\"word\": \"不詳\"", "\"word\": \"資格不明\""},
                                         std::pair{"\"word\": \"旧資格情報\"", "\"word\": \"旧情報\""}}) {
    const Rulebook rules = WithWords(written, instead);
    const UkeClaim made = ToUke(claim, rules).value();
    const Declaration as_written = Declared(made, rules), by_others = Declared(made);
    EXPECT_TRUE(as_written.marker_unidentified && as_written.former_qualification) << instead;
    EXPECT_FALSE(by_others.marker_unidentified && by_others.former_qualification) << instead;
  }
}

TEST(JsonClaimTest, AMarkWithoutAWordInTheClaimMonthIsRefused) {
  const Rulebook rules =
      WithWords(R"("id": "FORMER_QUALIFICATION",)", R"("id": "FORMER_QUALIFICATION", "until": "2024-10",)");
  JsonClaim claim = SomeClaim("MED");
  claim.declaration = JsonDeclaration{.former_qualification = true};
  const absl::Status refused = ToUke(claim, rules).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("self_declaration.former_qualification"));
  claim.claim_month = "2024-10";
  EXPECT_TRUE(ToUke(claim, rules).ok());
}

TEST(JsonClaimTest, AComplaintNamesTheFieldAndNotThePatient) {
  const std::pair<const char*, std::function<void(JsonClaim&)>> cases[] = {
      {"flavour", [](JsonClaim& c) { c.flavour = "VET"; }},
      {"institution", [](JsonClaim& c) { c.institution = "123"; }},
      {"agency", [](JsonClaim& c) { c.agency = 3; }},
      {"claim_month", [](JsonClaim& c) { c.claim_month = "2024-13"; }},
      {"service_month", [](JsonClaim& c) { c.service_month = "50610"; }},
      {"type", [](JsonClaim& c) { c.type = "11"; }},
      {"patient.sex", [](JsonClaim& c) { c.sex = 0; }},
      {"patient.birth_date", [](JsonClaim& c) { c.birth_date = "1980-02-30"; }},
      {"admitted_on", [](JsonClaim& c) { c.admitted_on = "yesterday"; }},
      {"visit_days", [](JsonClaim& c) { c.visit_days = {32}; }},
      {"notes", [](JsonClaim& c) { c.notes = {"260"}; }},
      {"qualification.insurer", [](JsonClaim& c) { c.insurer = "x"; }},
      {"qualification.insurer", [](JsonClaim& c) { c.insurer = ""; }},
      {"lines[0].kind", [](JsonClaim& c) { c.lines[0].kind = "CZ"; }},
      {"lines[0].kind", [](JsonClaim& c) { c.lines[0].kind = "HO"; }},
      {"lines[1].code", [](JsonClaim& c) { c.lines[1].code = "1,2"; }},
      {"lines[1].points", [](JsonClaim& c) { c.lines[1].points = -1; }},
      {"lines[1].points", [](JsonClaim& c) { c.lines[1].points = 10'000'000; }},
      {"lines[1].counts",
       [](JsonClaim& c) {
         c.lines[1].counts = {{0, 1}};
       }},
      {"lines[1].counts",
       [](JsonClaim& c) {
         c.lines[1].counts = {{1, 256}};
       }},
  };
  for (const auto& [field, spoil] : cases) {
    JsonClaim claim = SomeClaim("MED");
    spoil(claim);
    const absl::Status status = ToUke(claim, Regulations()).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << field;
    EXPECT_THAT(std::string(status.message()), HasSubstr(field));
    EXPECT_THAT(std::string(status.message()), testing::Not(HasSubstr("山田")));
  }
}

TEST(JsonClaimTest, TextsCannotBreakOutOfTheirColumn) {
  JsonClaim claim = SomeClaim("MED");
  claim.name = "山田,9,9\r\nRE,2";
  claim.declaration = JsonDeclaration{.remark = "a,b\r\nGO"};
  const UkeClaim made = ToUke(claim, Regulations()).value();
  const uke::ParsedFile file = ReadBack(made);
  ASSERT_EQ(file.receipts.size(), 1u);
  EXPECT_EQ(file.receipts[0].insurer, InsurerNumber{6139463});
}

}  // namespace
}  // namespace furikae::rules
