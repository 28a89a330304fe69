// Rows on their way into the registry: however many there are, all of them come in or none does, and what does not come
// in leaves nothing behind.
#include "storage/registry_addition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <fstream>

#include "core/concat.h"
#include "storage/loading/loading.h"
#include "tests/storage/bare_database.h"
#include "tests/storage/disk.h"
#include "tests/storage/registry_rows.h"

namespace furikae::storage {
namespace {

using ::testing::HasSubstr;

constexpr int kGroup = static_cast<int>(kRegistryRowsPerGroup);

RegistryRow PersonRow(int person) {
  return ARow({.subject = Concat("subject ", person), .number = Concat(1000 + person)});
}

// How many files lie where tables wait to be taken in.
size_t FilesBeside(const std::string& data_dir) {
  const std::string scratch = data_dir + "/scratch";
  if (!std::filesystem::exists(scratch)) return 0;
  return static_cast<size_t>(std::distance(std::filesystem::recursive_directory_iterator(scratch), {}));
}

// A registry on a disk of its own.
struct Kept {
  BareDatabase disk{{"registry_person", "registry_card"}};
  Registry registry{disk.db(), disk["registry_person"], disk["registry_card"]};

  void AddOneByOne(int from, int to) {
    for (int person = from; person < to; ++person) ASSERT_TRUE(registry.Add(PersonRow(person)).ok());
    ASSERT_TRUE(registry.Flush().ok());
  }
  size_t rows() { return (*registry.index())->rows(); }
};

class RegistryAdditionTest : public ::testing::Test {
 protected:
  RegistryAddition Begun(int from, int to) {
    RegistryAddition addition = *RegistryAddition::Begin(kept_.registry);
    for (int person = from; person < to; ++person) addition.Append(prepared_.emplace_back(*Prepare(PersonRow(person))));
    return addition;
  }

  std::deque<PreparedRow> prepared_;  // rows stay where they are
  Kept kept_;
};

TEST_F(RegistryAdditionTest, IsOnDiskAsIfTheRowsWereAddedOneByOne) {
  Kept other;
  int next = 0;
  // Nothing, less than a group, exactly one, whole groups and a part; each behind the rows before it.
  for (const int count : {3, 0, kGroup, kGroup - 1, 2 * kGroup + 1500}) {
    ASSERT_TRUE(Begun(next, next + count).Finish().ok()) << count;
    other.AddOneByOne(next, next + count);
    next += count;
    EXPECT_EQ(kept_.rows(), static_cast<size_t>(next));
  }
  EXPECT_EQ(FilesBeside(kept_.disk.db()->GetName()), 0u);
  EXPECT_TRUE(kept_.registry.Verify().ok()) << kept_.registry.Verify();
  EXPECT_EQ(*kept_.registry.ContentSum(), *other.registry.ContentSum());
  for (const char* family : {"registry_person", "registry_card"}) {
    std::unique_ptr<rocksdb::Iterator> mine(kept_.disk.db()->NewIterator({}, kept_.disk[family]));
    std::unique_ptr<rocksdb::Iterator> theirs(other.disk.db()->NewIterator({}, other.disk[family]));
    for (mine->SeekToFirst(), theirs->SeekToFirst(); mine->Valid() && theirs->Valid(); mine->Next(), theirs->Next()) {
      ASSERT_EQ(mine->key(), theirs->key());
      ASSERT_EQ(mine->value(), theirs->value());
    }
    EXPECT_FALSE(mine->Valid() || theirs->Valid());
  }
}

TEST_F(RegistryAdditionTest, ManyRowsAreWrittenOnceAndNotMerged) {
  ASSERT_TRUE(Begun(0, 2 * kGroup).Finish().ok());
  for (const char* family : {"registry_person", "registry_card"}) {
    std::string in_memory, at_first_level;
    ASSERT_TRUE(kept_.disk.db()->GetProperty(kept_.disk[family], "rocksdb.num-entries-active-mem-table", &in_memory));
    ASSERT_TRUE(kept_.disk.db()->GetProperty(kept_.disk[family], "rocksdb.num-files-at-level0", &at_first_level));
    EXPECT_EQ(in_memory, "0") << family;
    EXPECT_EQ(at_first_level, "0") << family;
  }
}

TEST_F(RegistryAdditionTest, NothingIsSeenBeforeTheEndAndNothingStaysWithoutOne) {
  {
    const RegistryAddition addition = Begun(0, 3 * kGroup);
    EXPECT_EQ(kept_.rows(), 0u);
  }
  EXPECT_EQ(kept_.rows(), 0u);
  EXPECT_EQ(FilesBeside(kept_.disk.db()->GetName()), 0u);
  kept_.disk.Reopen();
  Registry again(kept_.disk.db(), kept_.disk["registry_person"], kept_.disk["registry_card"]);
  EXPECT_EQ((*again.index())->rows(), 0u);
}

TEST_F(RegistryAdditionTest, RowsAreThereAfterARestart) {
  ASSERT_TRUE(Begun(0, kGroup + 7).Finish().ok());
  kept_.disk.Reopen();
  Registry again(kept_.disk.db(), kept_.disk["registry_person"], kept_.disk["registry_card"]);
  EXPECT_EQ((*again.index())->rows(), kRegistryRowsPerGroup + 7);
  EXPECT_EQ(*again.Row(kGroup + 6), PersonRow(kGroup + 6));
  EXPECT_TRUE(again.Verify().ok()) << again.Verify();
}

TEST_F(RegistryAdditionTest, EndsWithoutAnythingWhenTheRegistryHasGrownMeanwhile) {
  int next = 100'000;
  for (const int count : {1, kGroup + 1}) {
    RegistryAddition first = Begun(next, next + count), second = Begun(next, next + count);
    ASSERT_TRUE(kept_.registry.Add(PersonRow(next + count)).ok());
    EXPECT_TRUE(absl::IsAborted(first.Finish())) << "collected, not yet written";
    ASSERT_TRUE(kept_.registry.Flush().ok());
    EXPECT_TRUE(absl::IsAborted(second.Finish()));
    next += count + 1;
  }
  EXPECT_EQ(kept_.rows(), 2u);
  EXPECT_TRUE(kept_.registry.Verify().ok());
}

// Loads of files: what a user meets.
class RegistryLoadTest : public StoreOnDisk {
 protected:
  static std::string File(int persons) {
    std::string file =
        "SubjectId,InsurerNumber,InsuredIdentificationNumber,Name,Birthdate,Sex1,QualificationDate,RegisteredAt\n";
    for (int person = 0; person < persons; ++person) {
      file += Concat("S", person, ",01130012,", 1000 + person,
                     ",山田 花子,1985-04-02,2,2020-04-01,2020-04-10T00:00:00+09:00\n");
    }
    return file;
  }
  absl::StatusOr<LoadReport> Load(int persons) {
    return LoadRegistryCsv(store_->registry(), "registry.csv", File(persons), false);
  }
  size_t Rows() { return (*store_->registry().index())->rows(); }
  std::string data_dir() { return std::filesystem::path(*store_->NewScratchDirectory()).parent_path().parent_path(); }
};

TEST_F(RegistryLoadTest, ALoadSurvivesALossOfPower) {
  for (const int persons : {5, kGroup + 5}) {
    ASSERT_TRUE(Load(persons).ok());
    LosePower();
    EXPECT_EQ(Rows(), static_cast<size_t>(persons));
    EXPECT_TRUE(store_->registry().Verify().ok()) << store_->registry().Verify();
  }
}

TEST_F(RegistryLoadTest, AFullDiskChangesNothingAndTheLoadCanBeRepeated) {
  ASSERT_TRUE(Load(3).ok());
  disk_.full = true;
  const absl::Status refused = Load(2 * kGroup).status();
  EXPECT_TRUE(absl::IsResourceExhausted(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), HasSubstr("writing registry rows"));
  EXPECT_EQ(Rows(), 3u);
  disk_.full = false;
  const auto report = Load(2 * kGroup);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->loaded, 2 * kGroup);
  EXPECT_EQ(Rows(), 2 * kRegistryRowsPerGroup);
  Reopen();
  EXPECT_EQ(Rows(), 2 * kRegistryRowsPerGroup);
  EXPECT_TRUE(store_->registry().Verify().ok()) << store_->registry().Verify();
}

TEST_F(RegistryLoadTest, WhatCannotBeTakenInStaysOutUntilTheNextStart) {
  ASSERT_TRUE(Load(3).ok());
  disk_.frozen = true;
  const absl::Status refused = Load(2 * kGroup).status();
  EXPECT_TRUE(absl::IsInternal(refused)) << refused;
  EXPECT_EQ(Rows(), 3u);
  disk_.frozen = false;
  EXPECT_EQ(Load(2 * kGroup).status(), refused) << "what the failure left is known only after a start";
  Reopen();
  EXPECT_EQ(Rows(), 3u);
  EXPECT_TRUE(Load(2 * kGroup).ok());
  EXPECT_EQ(Rows(), 2 * kRegistryRowsPerGroup);
  EXPECT_TRUE(store_->registry().Verify().ok()) << store_->registry().Verify();
}

TEST_F(RegistryLoadTest, AFileThatContradictsItselfAtItsEndLeavesNothing) {
  const std::string file =
      File(2 * kGroup) + "S1,01130012,1001,山田 太郎,1985-04-02,2,2020-04-01,2020-04-10T00:00:00+09:00\n";
  const absl::Status refused = LoadRegistryCsv(store_->registry(), "registry.csv", file, false).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
  EXPECT_EQ(Rows(), 0u);
}

TEST_F(RegistryLoadTest, WhereNoTableCanLieTheLoadSaysSo) {
  const std::string scratch = data_dir() + "/scratch";
  std::filesystem::remove_all(scratch);
  std::ofstream(scratch) << "not a directory";
  const absl::Status refused = Load(2 * kGroup).status();
  EXPECT_TRUE(absl::IsUnavailable(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), HasSubstr(scratch));
  EXPECT_EQ(Rows(), 0u);
  std::filesystem::remove(scratch);
  EXPECT_TRUE(Load(2 * kGroup).ok());
}

}  // namespace
}  // namespace furikae::storage
