// Unidentified receipts (decisions.md §5, §6): what they must say, who the patient is, what is left when nobody knows.
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tests/rules/decide_fixture.h"

namespace furikae::rules {
namespace {

constexpr char kAddress[] = "東京都千代田区神田1-2-3";

TEST(DecideUnidentified, BeforeTheClaimsOf202309GoesBack) {
  World world;
  world.claim_month = ServiceMonth::Of(2023, 8);
  Claim claim = UnidentifiedClaim();
  claim.month = "202307";
  EXPECT_EQ(Result(world.Decide(claim)), "RETURNED R02");
  world.claim_month = ServiceMonth::Of(2023, 9);
  claim.month = "202308";
  EXPECT_EQ(Result(world.Decide(claim)), "APPORTIONED");
}

TEST(DecideUnidentified, AMissingDeclarationGoesBack) {
  struct {
    const char* says;
    std::vector<std::string> remarks;
    std::string result;
  } cases[] = {
      {"no remark at all", {}, "RETURNED R03"},
      {"a remark without any item", {"経過観察"}, "RETURNED R03"},
      {"the marker alone", {"不詳"}, "APPORTIONED"},
      {"the card was forgotten", {"不詳・ヤマダハナコ・社保・保険証忘れ"}, "RETURNED R04"},
      {"in half width", {"不詳・ﾔﾏﾀﾞﾊﾅｺ・社保・ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ忘れ"}, "RETURNED R04"},
      {"nothing said, the card was forgotten: R03 is looked at first", {"保険証忘れ"}, "RETURNED R03"},
      {"持参薬 is no forgotten card", {"不詳・ヤマダハナコ・社保", "持参薬あり"}, "APPORTIONED"},
  };
  for (const auto& one : cases) {
    World world;
    Claim claim = UnidentifiedClaim();
    claim.remarks = one.remarks;
    EXPECT_EQ(Result(world.Decide(claim)), one.result) << one.says;
  }
}

TEST(DecideUnidentified, WhatIsMissingIsListed) {
  World world;
  Claim claim = UnidentifiedClaim();
  EXPECT_EQ(Flags(world.Decide(claim)), "");
  claim.remarks = {"不詳・ヤマダハナコ・国保"};
  const Decision d = world.Decide(claim);
  EXPECT_EQ(Flags(d), "DECLARATION_INCOMPLETE");
  EXPECT_FALSE(d.missing_items.empty());
}

// The tables say what a declaration must have, and by which words it is understood.

TEST(DecideUnidentified, WhatIsAskedForIsWhatTheTableSays) {
  Claim claim = UnidentifiedClaim();
  claim.remarks = {
      "不詳・ヤマダハナコ・国保・横浜市国民健康保険・住所：大阪府大阪市・連絡先：０３－１２３４－５６７８"};
  const auto missing = [&](const std::string& written, const std::string& instead) {
    World world;
    world.ChangeTables("completeness.json", written, instead);
    return absl::StrJoin(world.Decide(claim).missing_items, " ");
  };
  EXPECT_EQ(missing(R"("KOKUHO_SOCIETY", "OTHER", "UNKNOWN"]})", R"("KOKUHO_SOCIETY", "OTHER", "UNKNOWN"]})"),
            "患者への連絡を行った日");
  EXPECT_EQ(missing(R"("KOKUHO_SOCIETY", "OTHER", "UNKNOWN"]})", R"("KOKUHO", "OTHER", "UNKNOWN"]})"),
            "事業所名 患者への連絡を行った日");
  EXPECT_EQ(missing(R"("text": "患者への連絡を行った日")", R"("text": "最終の連絡日")"), "最終の連絡日");
  EXPECT_EQ(missing(R"({"id": "CONTACTED_ON",)", R"({"id": "CONTACTED_ON", "from": "2025-04",)"), "");
}

TEST(DecideUnidentified, WhatIsMoreThanNothingIsWhatTheTableSays) {
  Claim claim = UnidentifiedClaim();
  claim.remarks = {"住所：大阪府大阪市"};
  World world;
  EXPECT_EQ(Result(world.Decide(claim)), "APPORTIONED");
  world.ChangeTables("completeness.json", R"("then": {"item": "ADDRESS"})", R"("then": {"item": "CONTACTED_ON"})");
  EXPECT_EQ(Result(world.Decide(claim)), "RETURNED R03");
}

TEST(DecideUnidentified, RemarksAreReadByTheWordsOfTheirClaimMonth) {
  Claim claim = UnidentifiedClaim();
  claim.remarks = {"資格不明"};
  World world;
  EXPECT_EQ(Result(world.Decide(claim)), "RETURNED R03");
  world.ChangeTables("words.json", R"("when": {}, "then": {"word": "不詳",)",
                     R"("from": "2024-11", "when": {}, "then": {"word": "資格不明",)");
  EXPECT_EQ(Result(world.Decide(claim)), "RETURNED R03");
  world.claim_month = ServiceMonth::Of(2024, 11);
  EXPECT_EQ(Result(world.Decide(claim)), "APPORTIONED");
}

TEST(DecideUnidentified, NobodyFoundIsApportionedInThePoolOfTheDeclaredType) {
  struct {
    std::string type;
    Agency submitted_to, pool;
  } cases[] = {{"社保", Agency::kKokuho, Agency::kShaho},      {"国保", Agency::kShaho, Agency::kKokuho},
               {"国保組合", Agency::kShaho, Agency::kKokuho},  {"後期", Agency::kShaho, Agency::kKokuho},
               {"わからない", Agency::kShaho, Agency::kShaho}, {"わからない", Agency::kKokuho, Agency::kKokuho}};
  for (const auto& one : cases) {
    World world;
    Claim claim = UnidentifiedClaim();
    claim.agency = one.submitted_to;
    claim.remarks = {"不詳・ヤマダハナコ・" + one.type + "・住所：大阪府大阪市"};
    const Decision d = world.Decide(claim);
    EXPECT_EQ(Result(d), "APPORTIONED") << one.type;
    EXPECT_EQ(d.pool_agency, one.pool) << one.type;
    EXPECT_EQ(GradeName(d.identification.value().grade), "NONE") << one.type;
  }
}

// Identification, first rung.

World WithHanako(std::string address = kAddress, std::string telephone = "", std::string workplace = "") {
  World world;
  Person person = Hanako();
  person.address = std::move(address), person.telephone = std::move(telephone), person.workplace = std::move(workplace);
  world.Add(person, {.number = "9"});
  return world;
}

TEST(DecideIdentification, FourItemsAndOneAnchorAreCertain) {
  struct {
    const char* says;
    std::string address, telephone, workplace, row;
  } cases[] = {{"address", kAddress, "", "", "ADDRESS"},
               {"telephone", "", "03-1234-5678", "", "PHONE"},
               {"workplace", "", "", "(株)青空商事", "WORKPLACE"}};
  for (const auto& one : cases) {
    World world = WithHanako(one.address, one.telephone, one.workplace);
    const Decision d = world.Decide(UnidentifiedClaim());
    EXPECT_EQ(Result(d), "TRANSFERRED 04") << one.says;
    EXPECT_EQ(Parts(d), "01130012: 3 10 22 = 846") << one.says;
    EXPECT_EQ(Rows(d, "identification"), one.row) << one.says;
    EXPECT_EQ(GradeName(d.identification.value().grade), "CERTAIN") << one.says;
  }
}

TEST(DecideIdentification, TheDeclaredInsurerIsAnAnchor) {
  World world = WithHanako("");
  Claim claim = UnidentifiedClaim();
  claim.remarks = {"不詳・ヤマダハナコ・社保・保険者名：協会けんぽ東京支部・住所：大阪府大阪市"};
  EXPECT_EQ(Rows(world.Decide(claim), "identification"), "INSURER");
  claim.remarks = {"不詳・ヤマダハナコ・社保・保険者名：青空健保組合・住所：大阪府大阪市"};
  EXPECT_EQ(Rows(world.Decide(claim), "identification"), "NO_ANCHOR");
}

TEST(DecideIdentification, EverythingLessIsForAReviewer) {
  struct {
    const char* says;
    std::function<void(Claim&)> with;
    std::string address, grade;
  } cases[] = {
      {"no anchor", [](Claim&) {}, "", "PROBABLE"},
      {"another kanji", [](Claim& c) { c.name = "山田　華子"; }, kAddress, "POSSIBLE"},
      {"● in the name", [](Claim& c) { c.name = "山田　●子"; }, kAddress, "POSSIBLE"},
      {"another kana", [](Claim& c) { c.kana = "ヤマダカコ"; }, kAddress, "POSSIBLE"},
      {"another sex", [](Claim& c) { c.sex = "1"; }, kAddress, "POSSIBLE"},
      {"another birth date", [](Claim& c) { c.birth = "19850403"; }, kAddress, "NONE"},
  };
  for (const auto& one : cases) {
    World world = WithHanako(one.address);
    Claim claim = UnidentifiedClaim();
    one.with(claim);
    const Decision d = world.Decide(claim);
    EXPECT_EQ(GradeName(d.identification.value().grade), one.grade) << one.says;
    EXPECT_EQ(Result(d), one.grade == "NONE" ? "APPORTIONED" : "IN_REVIEW") << one.says;
    if (one.grade != "NONE") {
      EXPECT_EQ(OutcomeName(d.fallback_outcome), "APPORTIONED") << one.says;
    }
  }
}

TEST(DecideIdentification, TheDeclaredKanaStandsInForAMissingOne) {
  World world = WithHanako();
  Claim claim = UnidentifiedClaim();
  claim.kana = "";
  EXPECT_EQ(Result(world.Decide(claim)), "TRANSFERRED 04");
}

TEST(DecideIdentification, OneSinglePersonOrAReviewer) {
  World world = WithHanako();
  world.Add(Unlinked("S-namesake", "大阪府大阪市1-1"), {.number = "8"});
  EXPECT_EQ(Result(world.Decide(UnidentifiedClaim())), "TRANSFERRED 04") << "the address tells them apart";
  world.Add(Unlinked("S-third"), {.number = "7"});
  const Decision d = world.Decide(UnidentifiedClaim());
  EXPECT_EQ(Result(d), "IN_REVIEW") << "no address on file: nothing tells them apart";
  EXPECT_EQ(GradeName(d.identification.value().grade), "SEVERAL");
}

TEST(DecideIdentification, WhoElseCouldBeMeantAndWhatTellsThemApartIsWhatTheTablesSay) {
  const Person other_kanji{.subject = "S-other", .name = "山田 華子"};
  const Person no_sex{.subject = "S-other", .sex = Sex::kUnknown};
  const std::string kana = R"("when": {"kana_agrees": true, "birth_agrees": true, "sex_agrees": [true, null]})";
  const std::string kanji = R"("when": {"kanji_agrees": true, "birth_agrees": true, "sex_agrees": [true, null]})";
  const std::string address = R"("then": {"item": "ADDRESS"})";
  struct {
    const char* says;
    Person other;
    std::vector<std::pair<std::string, std::string>> changes;
    std::string before, after;
  } cases[] = {
      {"kana and birth date alone are no namesake",
       other_kanji,
       {{kana, R"("when": {"kana_agrees": null})"}},
       "SEVERAL",
       "CERTAIN"},
      {"a sex that nobody knows is another",
       no_sex,
       {{kana, R"("when": {"kana_agrees": true, "birth_agrees": true, "sex_agrees": true})"},
        {kanji, R"("when": {"kanji_agrees": true, "birth_agrees": true, "sex_agrees": true})"}},
       "SEVERAL",
       "CERTAIN"},
      {"the address tells nobody apart",
       Unlinked("S-other", "大阪府大阪市1-1"),
       {{address, R"("then": {"item": "PHONE"})"}},
       "CERTAIN",
       "SEVERAL"},
      {"kanji tells apart", other_kanji, {{address, R"("then": {"item": "KANJI"})"}}, "SEVERAL", "CERTAIN"},
  };
  for (const auto& one : cases) {
    World world = WithHanako();
    world.Add(one.other, {.number = "8"});
    EXPECT_EQ(GradeName(world.Decide(UnidentifiedClaim()).identification.value().grade), one.before) << one.says;
    std::string tables = EmbeddedRegulations().at("identification.json");
    for (const auto& change : one.changes) ASSERT_EQ(absl::StrReplaceAll({change}, &tables), 1) << one.says;
    world.UseTables("identification.json", tables);
    EXPECT_EQ(GradeName(world.Decide(UnidentifiedClaim()).identification.value().grade), one.after) << one.says;
  }
}

TEST(DecideIdentification, OnlyPersonsWithACoverageOnTheDaysCount) {
  World world = WithHanako();
  world.Add(Unlinked("S-gone"), {.number = "7", .until = "2024-09-01"});
  EXPECT_EQ(Result(world.Decide(UnidentifiedClaim())), "TRANSFERRED 04");
}

TEST(DecideIdentification, AtMostFiveCandidatesWithEvidenceAndWithoutNames) {
  World world;
  for (int i = 0; i < 7; ++i) world.Add(Unlinked("S-" + std::to_string(i)), {.number = "10" + std::to_string(i)});
  const Decision d = world.Decide(UnidentifiedClaim());
  ASSERT_EQ(d.identification.value().candidates.size(), 5u);
  EXPECT_EQ(d.identification->candidates[0].subject_id, "S-0");
  EXPECT_EQ(d.identification->candidates[0].fields[0], (std::pair<std::string, std::string>("name_kana", "exact")));
  EXPECT_EQ(d.identification->candidates[0].fields[4], (std::pair<std::string, std::string>("address", "missing")));
}

TEST(DecideIdentification, ThePersonsCoverageDecides) {
  struct {
    const char* says;
    std::vector<Cover> covers;
    std::string result;
  } cases[] = {
      {"one card on all days", {{.number = "9"}}, "TRANSFERRED 04"},
      {"two that follow one another",
       {{.number = "9", .until = "2024-09-16"}, {.insurer = kSociety, .from = "2024-09-16"}},
       "SPLIT 05"},
      {"two valid on one day",
       {{.number = "9", .until = "2024-09-16"}, {.insurer = kSociety, .from = "2024-09-10"}},
       "IN_REVIEW"},
      {"none on some day", {{.number = "9", .until = "2024-09-16"}}, "IN_REVIEW"},
  };
  for (const auto& one : cases) {
    World world;
    Person person = Hanako();
    person.address = kAddress;
    for (const Cover& cover : one.covers) world.Add(person, cover);
    EXPECT_EQ(Result(world.Decide(UnidentifiedClaim())), one.result) << one.says;
  }
}

TEST(DecideIdentification, AnUnidentifiedReceiptIgnoresSomeExclusions) {
  struct {
    const char* says;
    std::function<void(Claim&)> with;
    std::string transfer, split;
  } cases[] = {
      {"E1", [](Claim& c) { c.mf = "", c.points_per_visit = 4000; }, "TRANSFERRED 04", "SPLIT 05"},
      {"E3", [](Claim& c) { c.has_jd = false; }, "TRANSFERRED 04", "IN_REVIEW"},
      {"E4", [](Claim& c) { c.lines_only = {5}; }, "TRANSFERRED 04", "IN_REVIEW"},
      {"E7", [](Claim& c) { c.public_payer = "12130001"; }, "TRANSFERRED 04", "SPLIT 05"},
      {"U7", [](Claim& c) { c.change = [](uke::Receipt& r) { r.reduction = 1; }; }, "IN_REVIEW", "IN_REVIEW"},
      {"U9", [](Claim& c) { c.total_points = 847; }, "TRANSFERRED 04", "IN_REVIEW"},
  };
  for (const auto& one : cases) {
    Claim claim = UnidentifiedClaim();
    one.with(claim);
    EXPECT_EQ(Result(WithHanako().Decide(claim)), one.transfer) << one.says;
    World world;
    Person person = Hanako();
    person.address = kAddress;
    world.Add(person, {.number = "9", .until = "2024-09-16"});
    world.Add(person, {.insurer = kSociety, .from = "2024-09-16"});
    EXPECT_EQ(Result(world.Decide(claim)), one.split) << one.says;
  }
}

// Self-defence personnel are in no registry.

TEST(DecideSelfDefence, IsAskedAndNeverMatched) {
  World world = WithHanako();
  Claim claim = UnidentifiedClaim();
  claim.remarks = {"不詳・ヤマダハナコ・その他・事業所名：陸上自衛隊・住所：東京都千代田区神田１－２－３"};
  Decision d = world.Decide(claim);
  EXPECT_EQ(Result(d), "IN_REVIEW");
  EXPECT_TRUE(d.inquiry_needed);
  EXPECT_EQ(OutcomeName(d.fallback_outcome), "APPORTIONED");

  world.Said(Action::kConfirm, "", SelfDefence());
  d = world.Decide(claim);
  EXPECT_EQ(Result(d), "TRANSFERRED 04");
  EXPECT_EQ(d.parts.at(0).card.insurer, SelfDefence());
  world.Said(Action::kUndo);
  world.Said(Action::kDeny, "", SelfDefence());
  EXPECT_EQ(Result(world.Decide(claim)), "APPORTIONED");
}

TEST(DecideSelfDefence, IsToldByTheWordsOfTheWorkplace) {
  const struct {
    const char* workplace;
    bool asked;
  } kCases[] = {{"防衛研究所", true}, {"防衛大学校", true}, {"青葉駐屯地", true}, {"青葉防災株式会社", false}};
  for (const auto& c : kCases) {
    World world;
    Claim claim = UnidentifiedClaim();
    claim.remarks = {std::string("不詳・ヤマダハナコ・その他・事業所名：") + c.workplace +
                     "・住所：東京都千代田区神田１－２－３"};
    EXPECT_EQ(world.Decide(claim).inquiry_needed, c.asked) << c.workplace;
  }
}

TEST(DecideSelfDefence, LawCode07IsAskedToo) {
  World world;
  Claim claim;
  claim.insurer = SelfDefence().ToString();
  const Decision d = world.Decide(claim);
  EXPECT_EQ(Result(d), "IN_REVIEW");
  EXPECT_TRUE(d.inquiry_needed);
  EXPECT_EQ(d.fallback_reason, 5);
}

TEST(DecideSelfDefence, ALawCodeMoreInTheNamedSetIsAskedToo) {
  World world;
  Claim claim;
  claim.insurer = kMutual.ToString();
  EXPECT_EQ(Result(world.Decide(claim)), "RETURNED 03 R05");
  world.ChangeTables("sets.json", R"("values": [7],)", R"("values": [7, 33],)");
  const Decision d = world.Decide(claim);
  EXPECT_EQ(Result(d), "IN_REVIEW");
  EXPECT_TRUE(d.inquiry_needed);
}

// Disaster receipts.

TEST(DecideDisaster, WithoutInsurerARealNumberIsEvidence) {
  World world = WithHanako("");
  Claim claim;
  claim.insurer = "99999999", claim.number = "9";
  claim.remarks = {"住所：大阪府大阪市"};
  const Decision d = world.Decide(claim);
  EXPECT_EQ(Result(d), "TRANSFERRED 04");
  EXPECT_EQ(Rows(d, "identification"), "CARD");
  claim.number = "999999999";
  EXPECT_EQ(Result(world.Decide(claim)), "IN_REVIEW");
}

TEST(DecideDisaster, WithoutAnybodyFoundIsApportioned) {
  World world;
  Claim claim;
  claim.insurer = "99999999", claim.symbol = "", claim.number = "999999999";
  EXPECT_EQ(Result(world.Decide(claim)), "APPORTIONED") << "completeness is asked of 77777777 alone";
}

TEST(DecideDisaster, WithTheInsurerKnownIdentifiesWithinIt) {
  Claim claim;
  claim.symbol = "", claim.number = "999999999";
  World within;
  within.Add(Hanako(), {.number = "9"});
  EXPECT_EQ(Result(within.Decide(claim)), "TRANSFERRED 04");
  World other;
  other.Add(Hanako(), {.insurer = kSociety, .number = "9"});
  const Decision d = other.Decide(claim);
  EXPECT_EQ(Result(d), "BILLED_TO_CLAIMED 06");
  EXPECT_EQ(d.parts.at(0).card.number, "999999999") << "as on the receipt";
}

}  // namespace
}  // namespace furikae::rules
