// `verify` names the row of the registry that was changed on the disk, or else the load that the row is of.
#include <functional>

#include "core/concat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rules/verify.h"
#include "storage/keys.h"
#include "storage/reference_codec.h"
#include "storage/registry_person_row.h"
#include "tests/rules/month_fixture.h"

namespace furikae::rules {
namespace {

using storage::ColumnFamily;
using storage::Database;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::string KeyOf(uint32_t row) {
  std::string key;
  storage::keys::Append32(row, key);
  return key;
}

// Three loads: rows 0 and 1, row 2, rows 3 and 4.
class VerifyRegistry : public Month {
 protected:
  void SetUp() override {
    Month::SetUp();
    Lapsed();
    Covered({{Other("S-2"), {.number = "200"}}});
    Covered({{Other("S-3"), {.number = "300"}}, {Other("S-4"), {.number = "400"}}});
    ASSERT_THAT(Differences(), IsEmpty());
  }
  static Person Other(const std::string& subject) {
    Person person = Hanako();
    person.subject = subject;
    return person;
  }
  static RegistryRow NewRow(const std::string& subject) { return RowOf(Other(subject), {.number = "900"}); }

  // The rows as whoever reads and writes them with our own code has them.
  std::vector<RegistryRow> Rows() {
    std::vector<RegistryRow> rows;
    EXPECT_TRUE(store_->registry()
                    .ForEachRow([&](storage::RowId, const RegistryRow& row) {
                      rows.push_back(row);
                      return absl::OkStatus();
                    })
                    .ok());
    return rows;
  }
  // Puts these rows in the place of those that are there, with checksums and flat rows that agree.
  void Rewrite(const std::vector<RegistryRow>& rows) {
    ChangeOnDisk([&](const Database& database) {
      for (const ColumnFamily family : {ColumnFamily::kRegistryPerson, ColumnFamily::kRegistryCard}) {
        const std::unique_ptr<rocksdb::Iterator> there(database.db->NewIterator({}, database.Handle(family)));
        for (there->SeekToFirst(); there->Valid(); there->Next())
          ASSERT_TRUE(database.db->Delete({}, database.Handle(family), there->key()).ok());
      }
      storage::Registry registry(database.db.get(), database.Handle(ColumnFamily::kRegistryPerson),
                                 database.Handle(ColumnFamily::kRegistryCard));
      for (const RegistryRow& row : rows) ASSERT_TRUE(registry.Add(row).ok());
      ASSERT_TRUE(registry.Flush().ok());
    });
  }
};

TEST_F(VerifyRegistry, NamesAChangedRow) {
  ChangeOnDisk([](const Database& database) {
    const auto person = database.Handle(ColumnFamily::kRegistryPerson);
    std::string value;
    ASSERT_TRUE(database.db->Get({}, person, KeyOf(2), &value).ok());
    RegistryRow row = *storage::ParseRegistryRow(storage::PersonBytes(value));
    row.post_number = "9999999";
    value = value.substr(0, 4) + storage::SerializeRow(row);
    ASSERT_TRUE(database.db->Put({}, person, KeyOf(2), value).ok());
  });
  EXPECT_THAT(Differences(),
              ElementsAre(AllOf(StartsWith("loads: event "), HasSubstr("there now as registry row 2; ")),
                          StartsWith("registry: registry row 2: its bytes in registry_person are not those")));
}

TEST_F(VerifyRegistry, NamesARowThatIsGone) {
  ChangeOnDisk([](const Database& database) {
    ASSERT_TRUE(database.db->Delete({}, database.Handle(ColumnFamily::kRegistryPerson), KeyOf(3)).ok());
  });
  EXPECT_THAT(Differences(), ElementsAre(HasSubstr("there now as registry rows 3 to 4; "),
                                         StartsWith("registry: registry row 3: is missing in registry_person")));
}

TEST_F(VerifyRegistry, NamesARowThatNoFileBrought) {
  ASSERT_TRUE(store_->registry().Add(NewRow("S-5")).ok());
  ASSERT_TRUE(store_->registry().Flush().ok());
  EXPECT_THAT(Differences(), ElementsAre(StartsWith("loads: no load tells of registry row 5; ")));
}

// From here on whoever changes the registry knows its format, and leaves everything in it in agreement.

TEST_F(VerifyRegistry, NamesTheLoadOfARowChangedWithItsChecksum) {
  std::vector<RegistryRow> rows = Rows();
  rows[2].post_number = "9999999";
  Rewrite(rows);
  EXPECT_THAT(Differences(), ElementsAre(HasSubstr("there now as registry row 2; ")));
}

TEST_F(VerifyRegistry, NamesTheFirstLoadBehindARowTakenOut) {
  std::vector<RegistryRow> rows = Rows();
  rows.erase(rows.begin() + 2);
  Rewrite(rows);
  EXPECT_THAT(Differences(), ElementsAre(AllOf(HasSubstr("there now as registry row 2; "), HasSubstr("(and 1 more)"))));
}

TEST_F(VerifyRegistry, SaysThatTheLastRowsAreGone) {
  std::vector<RegistryRow> rows = Rows();
  rows.pop_back();
  Rewrite(rows);
  EXPECT_THAT(Differences(), ElementsAre(AllOf(HasSubstr("there now as registry rows 3 to 4; "),
                                               HasSubstr("; there is no row 4 any more"))));
}

TEST_F(VerifyRegistry, NamesTheLoadThatARowWasPutInto) {
  std::vector<RegistryRow> rows = Rows();
  rows.insert(rows.begin() + 1, NewRow("S-5"));
  Rewrite(rows);
  EXPECT_THAT(Differences(), ElementsAre(AllOf(HasSubstr("there now as registry rows 0 to 1; "), HasSubstr("more)"))));
}

TEST_F(VerifyRegistry, SaysNothingOfAPerson) {
  std::vector<RegistryRow> rows = Rows();
  rows[2].post_number = "9999999";
  rows.push_back(NewRow("S-5"));
  Rewrite(rows);
  const std::vector<std::string> differences = Differences();
  EXPECT_THAT(differences, Not(IsEmpty()));
  for (const std::string& difference : differences) {
    for (const std::string& secret : {rows[2].subject_id, rows[2].name, rows[2].card.number, rows[2].post_number}) {
      EXPECT_THAT(difference, Not(HasSubstr(secret)));
    }
  }
}

// A load that was cut short leaves rows of which nobody tells; loaded again, it tells of them, whatever came between.
TEST_F(VerifyRegistry, ALoadCutShortIsToldWhenItIsRepeated) {
  ASSERT_TRUE(store_->registry().Add(RowOf(Other("S-5"), {.number = "500"})).ok());
  ASSERT_TRUE(store_->registry().Flush().ok());
  Covered({{Other("S-6"), {.number = "600"}}});
  EXPECT_THAT(Differences(), ElementsAre(StartsWith("loads: no load tells of registry row 5; ")));
  Covered({{Other("S-5"), {.number = "500"}}, {Other("S-7"), {.number = "700"}}});
  EXPECT_THAT(Differences(), IsEmpty());

  std::vector<RegistryRow> rows = Rows();
  rows[5].post_number = "9999999";
  Rewrite(rows);
  EXPECT_THAT(Differences(), ElementsAre(HasSubstr("there now as registry rows 5, 7; ")));
}

// What was changed does not pass as told because a later file holds rows that were there.
TEST_F(VerifyRegistry, ALaterLoadDoesNotHideAChange) {
  std::vector<RegistryRow> rows = Rows();
  rows[2].post_number = "9999999";
  Rewrite(rows);
  Covered({{Other("S-3"), {.number = "300"}}, {Other("S-8"), {.number = "800"}}});
  EXPECT_THAT(Differences(), ElementsAre(HasSubstr("there now as registry row 2; ")));
}

}  // namespace
}  // namespace furikae::rules
