// Bitemporal coverage as the index sees it: versions, moments, family cards, and that the order of arrival does not
// matter.
#include "storage/registry_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "core/text/name_keys.h"
#include "storage/id_table.h"
#include "storage/registry_row_layout.h"
#include "tests/storage/registry_rows.h"

namespace furikae::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const CardKey kCard = KeyOf(InsurerNumber{1130012}, "12", "345");

// What tells two coverages apart in these tests, without row and person numbers.
std::string Told(const Coverage& c) {
  return c.card.insurer.ToString() + " " + c.qualified.ToString() + " " +
         (c.disqualified == kOpenEnd ? "open" : c.disqualified.ToString()) + " branch " +
         (c.branch == 0 ? "blank" : BranchText(c.branch));
}
std::vector<std::string> Told(const Coverages& coverages) {
  std::vector<std::string> told;
  for (const Coverage& c : coverages) told.push_back(Told(c));
  return told;
}

MemoryRegistry RegistryOf(const std::vector<RegistryRow>& rows) {
  MemoryRegistry registry;
  for (const RegistryRow& row : rows) EXPECT_TRUE(registry.Add(row).ok());
  return registry;
}

TEST(RegistryIndex, ARowComesBackAsItWas) {
  RegistryRow row = ARow();
  row.card.branch = "07";
  row.family = Family::kFamily;
  row.disqualified = Day("2024-10-16");
  row.loss_reason = LossReason::kOther;
  row.issued = Day("2020-04-02");
  row.contribution_per_cent = 30;
  row.telephone = "03-1234-5678";
  const MemoryRegistry registry = RegistryOf({row});
  const Coverages found = registry.index().CardHolders(kCard, kEndOfTime);
  ASSERT_THAT(found, SizeIs(1));
  const Coverage& c = found[0];
  EXPECT_EQ(c.card, KeyOf(row.card));
  EXPECT_EQ(BranchText(c.branch), "07");
  EXPECT_EQ(c.qualified, row.qualified);
  EXPECT_EQ(c.disqualified, row.disqualified);
  EXPECT_EQ(c.issued, row.issued);
  EXPECT_EQ(c.loss_reason, row.loss_reason);
  EXPECT_EQ(c.family, row.family);
  EXPECT_EQ(c.sex, row.sex);
  EXPECT_EQ(c.birth, row.birth);
  EXPECT_EQ(c.contribution_per_cent, 30);
  EXPECT_EQ(c.kana_key, text::HashKey(text::KanaKey(row.name_kana)));
  EXPECT_EQ(c.kanji_key, text::HashKey(text::KanjiKey(row.name)));
  EXPECT_EQ(c.address_key, text::HashKey(text::AddressKey(row.address)));
  EXPECT_EQ(c.workplace_key, text::HashKey(text::WorkplaceKey(row.workplace)));
  EXPECT_EQ(c.phone_key, 12345678u);
  EXPECT_EQ(registry.Row(c.row)->subject_id, row.subject_id);
}

TEST(RegistryIndex, SaysHowManyRowsItCanHold) {
  EXPECT_TRUE(RegistryIndex::CheckRoom(268'435'455).ok());
  const absl::Status full = RegistryIndex::CheckRoom(268'435'456);
  EXPECT_TRUE(absl::IsResourceExhausted(full)) << full;
  RegistryIndex index;
  EXPECT_EQ(index.Add(268'435'455, ARow({})).status().code(), full.code());
  EXPECT_EQ(index.rows(), 0u);
}

TEST(RegistryIndex, BlankFieldsStayBlankAndFarDatesHold) {
  RegistryRow row = ARow();
  row.birth = Day("1868-01-25");
  row.disqualified = Day("9999-12-31");
  row.telephone = row.workplace = row.address = row.name_kana = "";
  const Coverages found = RegistryOf({row}).index().CardHolders(kCard, kEndOfTime);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].birth, row.birth);
  EXPECT_EQ(found[0].disqualified, row.disqualified);
  EXPECT_EQ(found[0].issued, Date{0});
  EXPECT_EQ(found[0].phone_key, 0u);
  EXPECT_EQ(found[0].kana_key, 0u);
  EXPECT_EQ(found[0].workplace_key, 0u);
}

TEST(RegistryIndex, ALaterVersionEndsACoverageAndAnEarlierMomentSeesItOpen) {
  const MemoryRegistry registry =
      RegistryOf({ARow({.registered = "2020-04-01"}), ARow({.until = "2024-10-16", .registered = "2024-11-05"})});
  const auto at = [&](const char* day) { return Told(registry.index().CardHolders(kCard, At(day))); };
  EXPECT_THAT(at("2020-03-31"), IsEmpty());
  EXPECT_THAT(at("2020-04-01"), ElementsAre("01130012 2020-04-01 open branch blank"));
  EXPECT_THAT(at("2024-11-04"), ElementsAre("01130012 2020-04-01 open branch blank"));
  EXPECT_THAT(at("2024-11-05"), ElementsAre("01130012 2020-04-01 2024-10-16 branch blank"));
  EXPECT_EQ(registry.index().persons(), 1u);
}

TEST(RegistryIndex, ASuspendedCoverageDoesNotExistUntilReleased) {
  const MemoryRegistry registry =
      RegistryOf({ARow({.registered = "2020-04-01"}), ARow({.registered = "2022-01-01", .suspended = true}),
                  ARow({.registered = "2023-01-01"})});
  const auto at = [&](const char* day) { return registry.index().CardHolders(kCard, At(day)); };
  EXPECT_THAT(at("2021-12-31"), SizeIs(1));
  EXPECT_THAT(at("2022-06-01"), IsEmpty());
  EXPECT_THAT(at("2023-01-01"), SizeIs(1));
}

TEST(RegistryIndex, AWithdrawnQualificationDateGivesWayToTheRightOne) {
  const MemoryRegistry registry =
      RegistryOf({ARow({.from = "2020-04-01", .registered = "2020-04-05"}),
                  ARow({.from = "2020-04-01", .registered = "2020-05-05", .withdrawn = true}),
                  ARow({.from = "2020-05-01", .registered = "2020-05-05"})});
  EXPECT_THAT(Told(registry.index().CardHolders(kCard, At("2020-04-30"))),
              ElementsAre("01130012 2020-04-01 open branch blank"));
  EXPECT_THAT(Told(registry.index().CardHolders(kCard, kEndOfTime)),
              ElementsAre("01130012 2020-05-01 open branch blank"));
}

TEST(RegistryIndex, ABranchAddedLaterIsAVersionOfTheSameCoverage) {
  const MemoryRegistry registry = RegistryOf(
      {ARow({.registered = "2020-04-01"}), ARow({.until = "2024-10-16", .branch = "01", .registered = "2024-11-05"})});
  EXPECT_THAT(Told(registry.index().CardHolders(kCard, At("2021-01-01"))),
              ElementsAre("01130012 2020-04-01 open branch blank"));
  EXPECT_THAT(Told(registry.index().CardHolders(kCard, kEndOfTime)),
              ElementsAre("01130012 2020-04-01 2024-10-16 branch 01"));
}

TEST(RegistryIndex, AFamilyCardHasSeveralHolders) {
  const MemoryRegistry registry = RegistryOf({ARow({.subject = "mother", .branch = "01"}),
                                              ARow({.subject = "child", .birth = "2015-05-05", .branch = "02"}),
                                              ARow({.subject = "other", .number = "999"})});
  const Coverages holders = registry.index().CardHolders(kCard, kEndOfTime);
  EXPECT_THAT(Told(holders), ElementsAre("01130012 2020-04-01 open branch 01", "01130012 2020-04-01 open branch 02"));
  EXPECT_NE(holders[0].person, holders[1].person);
  EXPECT_EQ(registry.index().persons(), 3u);
}

TEST(RegistryIndex, APersonHasAllTheirCardsInTheOrderOfQualification) {
  const MemoryRegistry registry =
      RegistryOf({ARow({.insurer = 6139463, .from = "2024-10-16"}), ARow({.until = "2024-10-16"}),
                  ARow({.subject = "somebody else", .number = "777"})});
  const Coverages old_card = registry.index().CardHolders(kCard, kEndOfTime);
  ASSERT_THAT(old_card, SizeIs(1));
  EXPECT_THAT(Told(registry.index().CoveragesOf(old_card[0].person, kEndOfTime)),
              ElementsAre("01130012 2020-04-01 2024-10-16 branch blank", "06139463 2024-10-16 open branch blank"));
}

TEST(RegistryIndex, APersonIsFoundBySubject) {
  const MemoryRegistry registry =
      RegistryOf({ARow({.subject = "a"}), ARow({.subject = "b"}), ARow({.subject = "b", .number = "9"})});
  const auto person = registry.index().PersonOf("b");
  ASSERT_TRUE(person.has_value());
  EXPECT_THAT(registry.index().CoveragesOf(*person, kEndOfTime), SizeIs(2));
  EXPECT_EQ(registry.index().CoveragesOf(*person, kEndOfTime)[1].person, *person);
  EXPECT_EQ(registry.index().PersonOf("c"), std::nullopt);
}

TEST(RegistryIndex, ANumberOfZerosOrBlanksMatchesNothing) {
  const MemoryRegistry registry = RegistryOf({ARow({.number = "000"}), ARow({.subject = "b", .number = ""})});
  EXPECT_THAT(registry.index().CardHolders(KeyOf(InsurerNumber{1130012}, "12", "0000"), kEndOfTime), IsEmpty());
  EXPECT_THAT(registry.index().CoveragesOf(0, kEndOfTime), SizeIs(1));
}

TEST(RegistryIndex, FindsByNameAndBirthDateOnceForEveryCoverage) {
  const MemoryRegistry registry =
      RegistryOf({ARow({.until = "2024-10-16"}), ARow({.insurer = 6139463, .from = "2024-10-16"}),
                  ARow({.subject = "namesake", .insurer = 6139463, .number = "88"}),
                  ARow({.subject = "twin year", .birth = "1986-04-02", .number = "89"})});
  const uint64_t kana = text::HashKey(text::KanaKey("ヤマダ ハナコ"));
  const uint64_t kanji = text::HashKey(text::KanjiKey("山田 花子"));
  EXPECT_THAT(registry.index().ByKanaAndBirth(kana, Day("1985-04-02"), kEndOfTime), SizeIs(3));
  EXPECT_THAT(registry.index().ByKanjiAndBirth(kanji, Day("1985-04-02"), kEndOfTime), SizeIs(3));
  EXPECT_THAT(registry.index().ByKanaAndBirth(kana, Day("1986-04-02"), kEndOfTime), SizeIs(1));
  EXPECT_THAT(registry.index().ByKanaAndBirth(kana, Day("1985-04-03"), kEndOfTime), IsEmpty());
  EXPECT_THAT(registry.index().ByKanaAndBirth(0, Day("1985-04-02"), kEndOfTime), IsEmpty());
}

TEST(RegistryIndex, ANameThatCameWithALaterVersionIsFoundToo) {
  RegistryRow married = ARow({.registered = "2023-01-01"});
  married.name = "鈴木 花子";
  const MemoryRegistry registry = RegistryOf({ARow({.registered = "2020-04-01"}), married});
  const auto found = [&](const char* name, const char* day) {
    return registry.index().ByKanjiAndBirth(text::HashKey(text::KanjiKey(name)), Day("1985-04-02"), At(day)).size();
  };
  EXPECT_EQ(found("鈴木 花子", "2023-01-01"), 1u);
  EXPECT_EQ(found("鈴木 花子", "2022-12-31"), 0u);
  EXPECT_EQ(found("山田 花子", "2022-12-31"), 1u);
  EXPECT_EQ(found("山田 花子", "2023-01-01"), 0u) << "the deciding version has another name";
}

TEST(RegistryIndex, TheSameVersionAgainIsIgnoredAndADifferentOneRefused) {
  RegistryIndex index;
  EXPECT_EQ(*index.Add(0, ARow()), true);
  EXPECT_EQ(*index.Add(1, ARow()), false);
  const auto refused = index.Add(1, ARow({.until = "2024-10-16"}));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.status().message()), ::testing::HasSubstr("row 1 and registry row 0"));
  EXPECT_EQ(index.rows(), 1u);
  EXPECT_THAT(Told(index.CardHolders(kCard, kEndOfTime)), ElementsAre("01130012 2020-04-01 open branch blank"));
}

TEST(RegistryIndex, VersionsAreComparedInFullWhereTheTextsAreAtHand) {
  MemoryRegistry registry = RegistryOf({ARow()});
  EXPECT_TRUE(registry.Add(ARow()).ok());
  RegistryRow other_spelling = ARow();
  other_spelling.name = "山田　花子";  // the same key, other text
  EXPECT_EQ(registry.Add(other_spelling).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(registry.index().rows(), 1u);
}

TEST(RegistryIndex, RowsThatTheLayoutCannotHoldAreRefusedByColumn) {
  RegistryIndex index;
  RegistryRow row = ARow({.branch = "2000"});
  EXPECT_THAT(std::string(index.Add(0, row).status().message()), ::testing::HasSubstr("InsuredBranchNumber"));
  row = ARow();
  row.contribution_per_cent = 101;
  EXPECT_EQ(index.Add(0, row).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(index.rows(), 0u);
}

TEST(RegistryIndex, IdsRiseAndGapsStayEmpty) {
  RegistryIndex index;
  ASSERT_EQ(*index.Add(5, ARow()), true);
  EXPECT_EQ(index.Add(3, ARow({.subject = "b"})).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(index.rows(), 1u);
  EXPECT_THAT(index.CoveragesOf(2, kEndOfTime), IsEmpty());
  EXPECT_THAT(index.CoveragesOf(5, kEndOfTime), SizeIs(1));
  EXPECT_THAT(index.CoveragesOf(6, kEndOfTime), IsEmpty());
  EXPECT_EQ(index.Add(IdTable::kIdLimit, ARow({.subject = "c"})).status().code(), absl::StatusCode::kResourceExhausted);
}

// Many persons with versions, moves and family cards; every question asked gives the same answers in the same order.
TEST(RegistryIndex, AnswersDoNotDependOnTheOrderOfArrival) {
  constexpr uint32_t kSeed = 20241031;
  std::mt19937 random(kSeed);
  std::vector<RegistryRow> rows;
  for (int person = 0; person < 300; ++person) {
    const std::string subject = "subject " + std::to_string(person);
    const std::string number = std::to_string(1 + person / 3);  // three share a card
    const std::string birth = "19" + std::to_string(60 + person % 7) + "-01-01";
    rows.push_back(ARow({.subject = subject, .birth = birth, .number = number, .registered = "2020-04-01"}));
    if (person % 2 == 0) {
      rows.push_back(ARow({.subject = subject,
                           .birth = birth,
                           .number = number,
                           .until = "2023-01-01",
                           .registered = "2023-01-10",
                           .suspended = person % 8 == 0}));
      rows.push_back(ARow({.subject = subject,
                           .birth = birth,
                           .insurer = 6139463,
                           .number = number,
                           .from = "2023-01-01",
                           .registered = "2023-01-20"}));
    }
  }
  const auto answers = [&](const std::vector<RegistryRow>& order) {
    const MemoryRegistry registry = RegistryOf(order);
    std::vector<std::string> all;
    const auto note = [&](const Coverages& found) {
      all.push_back("--");
      for (const Coverage& c : found) {
        all.push_back(registry.Row(c.row)->subject_id + " " + registry.Row(c.person)->subject_id + " " + Told(c));
      }
    };
    const uint64_t kana = text::HashKey(text::KanaKey("ヤマダ ハナコ"));
    for (const char* day : {"2020-04-01", "2023-01-15", "2024-10-31"}) {
      for (int card = 1; card <= 100; ++card) {
        const Coverages holders =
            registry.index().CardHolders(KeyOf(InsurerNumber{1130012}, "12", std::to_string(card)), At(day));
        note(holders);
        for (const Coverage& c : holders) note(registry.index().CoveragesOf(c.person, At(day)));
      }
      for (int year = 1960; year < 1967; ++year) {
        note(registry.index().ByKanaAndBirth(kana, *Date::Of(year, 1, 1), At(day)));
      }
    }
    return all;
  };
  const std::vector<std::string> expected = answers(rows);
  EXPECT_GT(expected.size(), 1000u);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(rows.begin(), rows.end(), random);
    EXPECT_EQ(answers(rows), expected) << "seed " << kSeed << " round " << round;
  }
}

TEST(RegistryIndex, RowsFromDiskGiveTheSameIndexAsRowsOneByOne) {
  std::vector<IndexRow> encoded;
  RegistryIndex one_by_one, from_disk;
  for (int i = 0; i < 1000; ++i) {
    const RegistryRow row = ARow({.subject = std::to_string(i / 2),
                                  .number = std::to_string(1 + i / 4),
                                  .from = i % 2 ? "2021-01-01" : "2020-01-01"});
    encoded.push_back(*EncodeIndexRow(row));
    ASSERT_EQ(*one_by_one.Add(i, row), true);
  }
  from_disk.Reserve(encoded.size());
  ASSERT_TRUE(from_disk.AddChecked(0, absl::MakeConstSpan(encoded).first(600)).ok());
  ASSERT_TRUE(from_disk.AddChecked(600, absl::MakeConstSpan(encoded).subspan(600)).ok());
  EXPECT_EQ(from_disk.rows(), 1000u);
  EXPECT_EQ(from_disk.persons(), one_by_one.persons());
  for (RowId row = 0; row < 1000; ++row) {
    EXPECT_EQ(Told(from_disk.CoveragesOf(row, kEndOfTime)), Told(one_by_one.CoveragesOf(row, kEndOfTime)));
    EXPECT_TRUE(from_disk.Held(row)->SameContent(encoded[row]));
  }
  EXPECT_EQ(from_disk.Held(1000), std::nullopt);
}

TEST(RegistryIndex, ReadersRunBesideAWriter) {
  RegistryIndex index;
  ASSERT_TRUE(index.Add(0, ARow()).ok());
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done) {
      ASSERT_THAT(index.CardHolders(kCard, kEndOfTime), SizeIs(1));
    }
  });
  for (int i = 1; i < 5'000; ++i) {
    ASSERT_TRUE(index.Add(i, ARow({.subject = std::to_string(i), .number = std::to_string(1000 + i)})).ok());
  }
  done = true;
  reader.join();
  EXPECT_EQ(index.rows(), 5'000u);
}

}  // namespace
}  // namespace furikae::storage
