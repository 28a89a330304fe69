// The registry on disk: what was flushed is there after a restart, what was not is not, and damage is named.
#include "storage/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "storage/prepared_row.h"
#include "storage/reference_codec.h"
#include "storage/registry_card_block.h"
#include "storage/registry_person_row.h"
#include "tests/storage/bare_database.h"
#include "tests/storage/registry_rows.h"

namespace furikae::storage {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

RegistryRow PersonRow(int person, const std::string& until = "") {
  return ARow({.subject = "subject " + std::to_string(person),
               .number = std::to_string(1000 + person),
               .until = until,
               .registered = until.empty() ? "2020-04-10" : until});
}
ContentSum128 HashOf(std::string_view bytes) {
  ContentSum128 hash{};
  AddToSum(hash, bytes);
  return hash;
}
CardKey CardOf(int person) { return KeyOf(PersonRow(person).card); }

class RegistryTest : public ::testing::Test {
 protected:
  void Restart() {
    registry.reset();
    disk.Reopen();
    registry = std::make_unique<Registry>(disk.db(), disk["registry_person"], disk["registry_card"]);
  }
  void AddPersons(int from, int to) {
    for (int person = from; person < to; ++person) ASSERT_EQ(*registry->Add(PersonRow(person)), true);
  }
  size_t Holders(int person, Moment now = kEndOfTime) {
    return (*registry->index())->CardHolders(CardOf(person), now).size();
  }
  // Changes a stored value behind the registry's back.
  void Damage(const char* family, const std::string& key, const std::function<void(std::string&)>& change) {
    std::string value;
    ASSERT_TRUE(disk.db()->Get({}, disk[family], key, &value).ok());
    change(value);
    ASSERT_TRUE(disk.db()->Put({}, disk[family], key, value).ok());
  }
  // The change of a stored row; `mends` gives it a checksum that agrees with the change.
  static std::function<void(std::string&)> Changing(RowId row, void (*change)(RegistryRow&), bool mends) {
    return [=](std::string& value) {
      RegistryRow changed = *ParseRegistryRow(PersonBytes(value));
      change(changed);
      const std::string bytes = SerializeRow(changed);
      value = (mends ? EncodePersonCheck(row, HashOf(bytes)) : value.substr(0, 4)) + bytes;
    };
  }
  static std::string Key(uint32_t row) { return {'\0', '\0', static_cast<char>(row >> 8), static_cast<char>(row)}; }

  BareDatabase disk{{"registry_person", "registry_card"}};
  std::unique_ptr<Registry> registry =
      std::make_unique<Registry>(disk.db(), disk["registry_person"], disk["registry_card"]);
};

TEST_F(RegistryTest, IsEmptyAtFirst) {
  EXPECT_EQ((*registry->index())->rows(), 0u);
  EXPECT_TRUE(registry->Verify().ok());
  EXPECT_EQ(*registry->ContentSum(), (std::pair<uint64_t, uint64_t>{0, 0}));
  EXPECT_TRUE(absl::IsNotFound(registry->Row(0).status()));
}

TEST_F(RegistryTest, FlushedRowsAreThereInFullAfterARestart) {
  AddPersons(0, 3000);
  ASSERT_TRUE(registry->Flush().ok());
  EXPECT_EQ(*registry->Add(PersonRow(7, "2024-10-16")), true);
  ASSERT_TRUE(registry->Flush().ok());
  const auto sum = *registry->ContentSum();
  Restart();
  EXPECT_EQ((*registry->index())->rows(), 3001u);
  EXPECT_EQ((*registry->index())->persons(), 3000u);
  EXPECT_EQ(*registry->ContentSum(), sum);
  EXPECT_TRUE(registry->Verify().ok()) << registry->Verify();
  for (int person : {0, 1, 1023, 1024, 2047, 2999}) {
    const Coverages found = (*registry->index())->CardHolders(CardOf(person), kEndOfTime);
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(*registry->Row(found[0].row), PersonRow(person));
  }
  const Coverages ended = (*registry->index())->CardHolders(CardOf(7), kEndOfTime);
  ASSERT_THAT(ended, SizeIs(1));
  EXPECT_EQ(ended[0].disqualified, Day("2024-10-16"));
  EXPECT_EQ((*registry->index())->CardHolders(CardOf(7), At("2024-01-01"))[0].disqualified, kOpenEnd);
}

TEST_F(RegistryTest, RowsShowOnlyOnceTheyAreDurable) {
  AddPersons(0, 1);
  EXPECT_EQ(Holders(0), 0u);
  ASSERT_TRUE(registry->Flush().ok());
  EXPECT_EQ(Holders(0), 1u);
}

TEST_F(RegistryTest, ACrashBeforeFlushLosesWholeGroupsAndLoadingAgainGivesTheSameState) {
  AddPersons(0, 12'345);  // beyond one group of 10,000
  Restart();
  const size_t kept = (*registry->index())->rows();
  EXPECT_EQ(kept, 10'000u);
  EXPECT_TRUE(registry->Verify().ok());
  size_t added = 0;
  for (int person = 0; person < 12'345; ++person) added += *registry->Add(PersonRow(person));
  ASSERT_TRUE(registry->Flush().ok());
  EXPECT_EQ(kept + added, 12'345u);
  Restart();
  EXPECT_EQ((*registry->index())->rows(), 12'345u);
  EXPECT_TRUE(registry->Verify().ok());
}

TEST_F(RegistryTest, TheSameRowTwiceIsOnce) {
  for (bool flush_between : {false, true}) {
    const RegistryRow row = PersonRow(flush_between);
    EXPECT_EQ(*registry->Add(row), true);
    if (flush_between) {
      ASSERT_TRUE(registry->Flush().ok());
    }
    EXPECT_EQ(*registry->Add(row), false);
    EXPECT_TRUE((*registry->SameMoment(*Prepare(row)))->identical);
  }
  ASSERT_TRUE(registry->Flush().ok());
  EXPECT_EQ((*registry->index())->rows(), 2u);
}

TEST_F(RegistryTest, ADifferentVersionOfTheSameMomentIsRefusedNamingBoth) {
  AddPersons(0, 5);
  for (bool flushed : {false, true}) {
    if (flushed) {
      ASSERT_TRUE(registry->Flush().ok());
    }
    RegistryRow other = PersonRow(3);
    other.name = "山田　花子";  // equal key, different text
    const absl::Status refused = registry->Add(other).status();
    EXPECT_TRUE(absl::IsFailedPrecondition(refused));
    EXPECT_THAT(std::string(refused.message()), HasSubstr("row 5 and registry row 3"));
    const auto there = *registry->SameMoment(*Prepare(other));
    ASSERT_TRUE(there);
    EXPECT_EQ(there->row, RowId{3});
    EXPECT_FALSE(there->identical);
  }
  EXPECT_EQ((*registry->index())->rows(), 5u);
}

TEST_F(RegistryTest, TheContentSumDoesNotDependOnTheOrder) {
  BareDatabase other_disk({"registry_person", "registry_card"});
  Registry other(other_disk.db(), other_disk["registry_person"], other_disk["registry_card"]);
  for (int person = 0; person < 50; ++person) {
    ASSERT_TRUE(registry->Add(PersonRow(person)).ok());
    ASSERT_TRUE(other.Add(PersonRow(49 - person)).ok());
  }
  ASSERT_TRUE(registry->Flush().ok());
  ASSERT_TRUE(other.Flush().ok());
  EXPECT_EQ(*registry->ContentSum(), *other.ContentSum());
  ASSERT_TRUE(other.Add(PersonRow(50)).ok());
  ASSERT_TRUE(other.Flush().ok());
  EXPECT_NE(*registry->ContentSum(), *other.ContentSum());
}

TEST_F(RegistryTest, VerifyNamesTheFirstDifference) {
  AddPersons(0, 2000);
  ASSERT_TRUE(registry->Flush().ok());
  struct Case {
    const char* what;
    const char* family;
    std::string key;
    std::function<void(std::string&)> change;
    const char* expected;
  };
  const auto later_end = [](RegistryRow& row) { row.disqualified = Day("2024-10-16"); };
  const auto other_post_number = [](RegistryRow& row) { row.post_number = "1050011"; };
  std::string stored_6;
  ASSERT_TRUE(disk.db()->Get({}, disk["registry_person"], Key(6), &stored_6).ok());
  const std::vector<Case> cases = {
      {"a bit of a flat row", "registry_card", Key(0), [](std::string& v) { v[1 + 76 * 17 + 60] ^= 1; },
       "registry row 17: its flat row in registry_card differs"},
      {"a block cut off", "registry_card", Key(1024), [](std::string& v) { v.resize(v.size() - 76); },
       "registry row 1999: is missing in registry_card"},
      {"a block cut within a row", "registry_card", Key(1024), [](std::string& v) { v.pop_back(); },
       "a block of registry_card is cut off"},
      {"a date of a full row", "registry_person", Key(5), Changing(5, later_end, false),
       "registry row 5: its bytes in registry_person are not those that were written"},
      {"a text that no flat row holds", "registry_person", Key(5), Changing(5, other_post_number, false),
       "registry row 5: its bytes in registry_person are not those that were written"},
      {"the row of another number", "registry_person", Key(5), [&](std::string& v) { v = stored_6; },
       "registry row 5: its bytes in registry_person are not those that were written"},
      {"a row cut within its checksum", "registry_person", Key(5), [](std::string& v) { v.resize(3); },
       "registry row 5: its bytes in registry_person are not those that were written"},
      {"a full row with its checksum", "registry_person", Key(5), Changing(5, later_end, true),
       "registry row 5: its flat row in registry_card differs"},
      {"bytes that are no row, with their checksum", "registry_person", Key(5),
       [](std::string& v) { v = EncodePersonCheck(5, HashOf("\xff\xff\xff")) + "\xff\xff\xff"; },
       "stored registry row is damaged"},
  };
  for (const Case& c : cases) {
    std::string before;
    ASSERT_TRUE(disk.db()->Get({}, disk[c.family], c.key, &before).ok());
    Damage(c.family, c.key, c.change);
    const absl::Status found = registry->Verify();
    EXPECT_TRUE(absl::IsDataLoss(found)) << c.what << ": " << found;
    EXPECT_THAT(std::string(found.message()), HasSubstr(c.expected)) << c.what;
    Damage(c.family, c.key, [&](std::string& v) { v = before; });
    EXPECT_TRUE(registry->Verify().ok()) << c.what;
  }
}

TEST_F(RegistryTest, ARowOfWhichAnyBitHasChangedIsNotRead) {
  AddPersons(0, 3);
  ASSERT_TRUE(registry->Flush().ok());
  std::string stored;
  ASSERT_TRUE(disk.db()->Get({}, disk["registry_person"], Key(1), &stored).ok());
  for (size_t bit = 0; bit < stored.size() * 8; ++bit) {
    Damage("registry_person", Key(1), [&](std::string& v) { v[bit / 8] ^= static_cast<char>(1 << bit % 8); });
    const absl::Status refused = registry->Row(1).status();
    ASSERT_TRUE(absl::IsDataLoss(refused)) << "bit " << bit;
    EXPECT_THAT(std::string(refused.message()), HasSubstr("registry row 1: "));
    EXPECT_TRUE(absl::IsDataLoss(registry->SameMoment(*Prepare(PersonRow(1))).status())) << "bit " << bit;
    Damage("registry_person", Key(1), [&](std::string& v) { v = stored; });
  }
  EXPECT_EQ(*registry->Row(1), PersonRow(1));
}

TEST_F(RegistryTest, TheContentSumOfRangesAddsUp) {
  AddPersons(0, 10);
  ASSERT_TRUE(registry->Flush().ok());
  const ContentSum128 whole = *registry->ContentSum(), low = *registry->ContentSum(0, 4),
                      high = *registry->ContentSum(4, 12);
  EXPECT_EQ(whole, (ContentSum128{low.first + high.first, low.second + high.second}));
  EXPECT_EQ(*registry->ContentSum(3, 4), Prepare(PersonRow(3))->hash);
  EXPECT_EQ(*registry->ContentSum(4, 4), ContentSum128{});
  EXPECT_EQ(*registry->ContentSum(10), ContentSum128{}) << "no rows are there";
}

TEST_F(RegistryTest, VerifySeesRowsThatOneFamilyLacks) {
  AddPersons(0, 3);
  ASSERT_TRUE(registry->Flush().ok());
  ASSERT_TRUE(disk.db()->Delete({}, disk["registry_person"], Key(2)).ok());
  EXPECT_THAT(std::string(registry->Verify().message()),
              HasSubstr("row 2: is in registry_card but not in registry_person"));
  ASSERT_TRUE(disk.db()->Delete({}, disk["registry_person"], Key(0)).ok());
  EXPECT_THAT(std::string(registry->Verify().message()), HasSubstr("row 0: is missing in registry_person"));
}

TEST_F(RegistryTest, VerifySeesThatTheIndexInMemoryFellBehind) {
  AddPersons(0, 3);
  ASSERT_TRUE(registry->Flush().ok());
  Registry second(disk.db(), disk["registry_person"], disk["registry_card"]);
  ASSERT_TRUE(second.Add(PersonRow(9)).ok());
  ASSERT_TRUE(second.Flush().ok());
  EXPECT_THAT(std::string(registry->Verify().message()), HasSubstr("row 3: its row in the index in memory differs"));
}

TEST_F(RegistryTest, ABlockOfANewerProgramIsNotRead) {
  AddPersons(0, 3);
  ASSERT_TRUE(registry->Flush().ok());
  Damage("registry_card", Key(0), [](std::string& v) { v[0] = kCardBlockVersion + 1; });
  Restart();
  EXPECT_TRUE(absl::IsFailedPrecondition(registry->index().status()));
}

TEST_F(RegistryTest, EveryRowIsVisitedInTheOrderOfArrival) {
  AddPersons(0, 20);
  ASSERT_TRUE(registry->Flush().ok());
  RowId next = 0;
  ASSERT_TRUE(registry
                  ->ForEachRow([&](RowId id, const RegistryRow& row) {
                    EXPECT_EQ(id, next);
                    EXPECT_EQ(row, PersonRow(static_cast<int>(next++)));
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(next, 20u);
}

}  // namespace
}  // namespace furikae::storage
