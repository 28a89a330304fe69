// What a sender of JSON is told about the records that were made from it.
#include "rules/json_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "core/uke/layouts.h"
#include "rules/receipt_facts.h"
#include "tests/rules/json_claim_fixture.h"

namespace furikae::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// Every field that a claim of this flavour can have.
JsonClaim FullClaim(const std::string& flavour) {
  JsonClaim claim = SomeClaim(flavour);
  claim.lines[1].class_code = "12";
  claim.admitted_on = "2024-10-01";
  claim.copayment_yen = 100;
  claim.meal_count = 9;
  claim.meal_yen = 6030;
  claim.burden_class = 2;
  claim.benefit_rate = 80;
  claim.notes = {"26"};
  claim.search_number = "12345678901234567";
  claim.public_expenses = {{"12130001", "0000012", 269}, {"12130001", "0000013", 1}};
  claim.declaration = JsonDeclaration{.name = "山田　太郎"};
  return claim;
}

// A complaint about each column that is not blank, told by field: column → how the reason begins.
std::set<std::pair<std::string, std::string>> ToldOf(const UkeClaim& claim, Flavour flavour) {
  std::set<std::pair<std::string, std::string>> told;
  std::istringstream records(claim.head + claim.receipt);
  uint32_t line = 0;
  for (std::string record; std::getline(records, record);) {
    ++line;
    const uke::RecordLayout* layout = uke::FindRecord(flavour, record.substr(0, 2));
    std::istringstream columns(record.substr(0, record.find('\r')));
    std::string value;
    for (int column = 1; std::getline(columns, value, ','); ++column) {
      if (column == 1 || value.empty()) continue;
      std::vector<uke::Complaint> complaints = {
          {.line = line, .column = column, .field = layout->NameAt(column), .reason = "wrong"}};
      TellByField(claim, complaints);
      EXPECT_EQ(complaints[0].ToString("F"), "F: " + complaints[0].reason);
      told.emplace(layout->NameAt(column), complaints[0].reason.substr(0, complaints[0].reason.rfind(": wrong")));
    }
  }
  return told;
}

TEST(JsonFields, EveryColumnThatAFieldFillsIsToldByIt) {
  // What the writer adds of itself.
  const std::set<std::string> kAdded = {
      "レセプト番号", "マルチボリューム識別情報", "負担者種別", "確認区分", "処方No", "剤形", "医師No", "回数"};
  for (const char* flavour : {"MED", "DPC", "DEN", "PHA", "NUR"}) {
    SCOPED_TRACE(flavour);
    const UkeClaim made = ToUke(FullClaim(flavour), Regulations()).value();
    for (const auto& [column, field] : ToldOf(made, *ParseFlavour(flavour))) {
      const bool ascii = std::all_of(field.begin(), field.end(), [](char c) { return c > 0x20 && c < 0x7f; });
      const bool added = kAdded.contains(column) || column.ends_with("負担区分");
      EXPECT_TRUE(ascii || added) << column << " is told as " << field;
    }
  }
}

TEST(JsonFields, ColumnsThatAreAlikeAreToldApart) {
  const struct {
    const char *flavour, *column, *field;
  } kColumns[] = {{"MED", "保険者番号", "qualification.insurer"},
                  {"MED", "被保険者証等の記号", "qualification.symbol"},
                  {"MED", "被保険者証等の番号", "qualification.number"},
                  {"MED", "枝番", "qualification.branch"},
                  {"MED", "氏名", "patient.name"},
                  {"MED", "カタカナ（氏名）", "patient.name_kana"},
                  {"MED", "診療年月", "service_month"},
                  {"MED", "請求年月", "claim_month"},
                  {"MED", "生年月日", "patient.birth_date"},
                  {"MED", "入院年月日", "admitted_on"},
                  {"MED", "合計点数", "total_points"},
                  {"MED", "点数", "lines[1].points"},
                  {"MED", "食事・生活療養 回数", "meal_count"},
                  {"MED", "回数", "lines[1].counts"},
                  {"MED", "10日の情報", "lines[0].counts"},
                  {"MED", "3日の情報", "visit_days"},
                  {"MED", "窓口負担額区分", "window_burden_class"},
                  {"MED", "受給者番号", "public_expenses[1].recipient"},
                  {"PHA", "記号", "qualification.symbol"},
                  {"PHA", "番号", "qualification.number"},
                  {"PHA", "一部負担金", "copayment_yen"},
                  {"PHA", "一部負担金区分", "burden_class"},
                  {"PHA", "処方箋受付回数", "visit_days"},
                  {"PHA", "調剤年月", "service_month"},
                  {"PHA", "調剤年月日", "lines[1].counts"}};
  for (const auto& c : kColumns) {
    const auto told = ToldOf(ToUke(FullClaim(c.flavour), Regulations()).value(), *ParseFlavour(c.flavour));
    EXPECT_TRUE(told.contains({c.column, c.field})) << c.flavour << " " << c.column << " " << c.field;
  }
}

TEST(JsonFields, ListMembersAreCountedFromZeroAlsoWhereALineIsSeveralRecords) {
  const UkeClaim made = ToUke(FullClaim("PHA"), Regulations()).value();
  EXPECT_THAT(made.line_of_record, ElementsAre(0u, 0u, 1u));
  const auto told = ToldOf(made, Flavour::kPharmacy);
  for (const char* field : {"lines[0].points", "lines[1].points"})
    EXPECT_TRUE(told.contains({"薬剤調製料 点数", field})) << field;
  for (const char* field : {"public_expenses[0].payer", "public_expenses[1].payer"})
    EXPECT_TRUE(told.contains({"負担者番号", field})) << field;
}

TEST(JsonFields, MoneyIsToldByTheFieldOfItsFlavour) {
  const auto nursing = ToldOf(ToUke(FullClaim("NUR"), Regulations()).value(), Flavour::kNursing);
  EXPECT_TRUE(nursing.contains({"合計金額", "total_points"}));
  const auto dpc = ToldOf(ToUke(FullClaim("DPC"), Regulations()).value(), Flavour::kDpc);
  EXPECT_TRUE(dpc.contains({"合計金額", "meal_yen"}));
  EXPECT_TRUE(dpc.contains({"合計点数", "total_points"}));
}

TEST(JsonFields, AComplaintAboutTheClaimAsAWholeKeepsItsReason) {
  const UkeClaim made = ToUke(FullClaim("MED"), Regulations()).value();
  std::vector<uke::Complaint> complaints = {{.reason = "no insurer"}, {.line = 99, .reason = "at the trailer"}};
  TellByField(made, complaints);
  ASSERT_THAT(complaints, SizeIs(2));
  EXPECT_EQ(complaints[0].ToString("k.jsonl line 3"), "k.jsonl line 3: no insurer");
  EXPECT_EQ(complaints[1].ToString("k.jsonl line 3"), "k.jsonl line 3: at the trailer");
}

}  // namespace
}  // namespace furikae::rules
