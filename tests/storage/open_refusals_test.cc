// A data directory that must not be opened is refused, with a message that names the cause and says what to do.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "storage/database.h"
#include "storage/keys.h"
#include "storage/store.h"
#include "tests/storage/sample_records.h"
#include "tests/storage/temporary_directory.h"

namespace furikae::storage {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// The largest file with this ending; the data of the tests lies in it.
std::string LargestFile(const std::string& directory, const std::string& ending) {
  std::string found;
  uintmax_t largest = 0;
  for (const auto& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(ending) && entry.file_size() >= largest) {
      largest = entry.file_size();
      found = name;
    }
  }
  return found;
}

// The schema version of this program, or one some steps from it.
std::string SchemaVersion(int from_ours = 0) { return std::to_string(kSchemaVersion + from_ours); }

class OpenRefusalsTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Store>> Open() { return Store::Open({.data_dir = directory_.path()}); }

  void ExpectRefusal(absl::StatusCode code, const testing::Matcher<std::string>& message) {
    const auto opened = Open();
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.status().code(), code) << opened.status();
    EXPECT_THAT(std::string(opened.status().message()), message);
  }

  // A store with claims and events, all of it in SST files rather than in the log.
  void Fill() {
    auto store = Open();
    ASSERT_TRUE(store.ok()) << store.status();
    std::minstd_rand random(20241101);  // receipts that do not compress away
    for (uint32_t g = 0; g < 20; ++g) {
      Group group;
      for (uint32_t n = 1; n <= 50; ++n) {
        const ClaimKey key{g + 1, n};
        std::string receipt(1400, ' ');
        std::generate(receipt.begin(), receipt.end(), [&] { return static_cast<char>(random() >> 8); });
        group.PutReceipt(key, receipt);
        group.PutClaim(SampleClaim(key));
        group.Append(DecidedEvent(key, "payload"));
      }
      ASSERT_TRUE((*store)->Commit(std::move(group)).ok());
    }
    store->reset();
    auto database = OpenDatabase({.data_dir = directory_.path()});
    ASSERT_TRUE(database.ok()) << database.status();
    for (rocksdb::ColumnFamilyHandle* handle : database->handles) {
      ASSERT_TRUE(database->db->Flush(rocksdb::FlushOptions(), handle).ok());
    }
  }

  void SetMeta(std::string_view key, const std::string& value) {
    auto database = OpenDatabase({.data_dir = directory_.path()});
    ASSERT_TRUE(database.ok()) << database.status();
    rocksdb::WriteOptions durable;
    durable.sync = true;
    ASSERT_TRUE(database->db->Put(durable, database->Handle(ColumnFamily::kMeta), std::string(key), value).ok());
  }

  TemporaryDirectory directory_;
};

TEST_F(OpenRefusalsTest, ANewerSchemaNamesBothVersions) {
  ASSERT_TRUE(Open().ok());
  SetMeta(keys::kSchemaVersionKey, SchemaVersion(1));
  ExpectRefusal(absl::StatusCode::kFailedPrecondition,
                AllOf(HasSubstr("schema version " + SchemaVersion(1)), HasSubstr("reads version " + SchemaVersion()),
                      HasSubstr("newer furikae")));
}

TEST_F(OpenRefusalsTest, AnOlderSchemaSaysWhatToDo) {
  ASSERT_TRUE(Open().ok());
  SetMeta(keys::kSchemaVersionKey, SchemaVersion(-1));
  ExpectRefusal(absl::StatusCode::kFailedPrecondition,
                AllOf(HasSubstr("schema version " + SchemaVersion(-1)), HasSubstr("reads version " + SchemaVersion()),
                      HasSubstr("into a new directory")));
}

TEST_F(OpenRefusalsTest, ANewerSchemaWithAFamilyWeDoNotKnowIsLeftUntouched) {
  ASSERT_TRUE(Open().ok());
  {
    auto database = OpenDatabase({.data_dir = directory_.path()});
    ASSERT_TRUE(database.ok());
    rocksdb::ColumnFamilyHandle* handle = nullptr;
    ASSERT_TRUE(database->db->CreateColumnFamily({}, "of_the_future", &handle).ok());
    ASSERT_TRUE(database->db->DestroyColumnFamilyHandle(handle).ok());
    ASSERT_TRUE(database->db->Put({}, database->Handle(ColumnFamily::kMeta), "schema_version", SchemaVersion(2)).ok());
  }
  ExpectRefusal(absl::StatusCode::kFailedPrecondition,
                AllOf(HasSubstr("schema version " + SchemaVersion(2)), HasSubstr("reads version " + SchemaVersion()),
                      HasSubstr("newer furikae")));
}

TEST_F(OpenRefusalsTest, AnUnreadableSchemaVersionIsDamage) {
  ASSERT_TRUE(Open().ok());
  SetMeta(keys::kSchemaVersionKey, "one");
  ExpectRefusal(absl::StatusCode::kDataLoss, HasSubstr("schema version"));
}

// Takes the lock as RocksDB does. For children: no thread and no RocksDB is touched after the fork.
bool TakeLock(const std::string& path) {
  const int file = open((path + "/LOCK").c_str(), O_RDWR);
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return file >= 0 && fcntl(file, F_SETLK, &lock) == 0;
}

TEST_F(OpenRefusalsTest, ASecondProcessIsToldWhoHoldsTheDirectory) {
  ASSERT_TRUE(Open().ok());
  int to_child[2], from_child[2];
  ASSERT_EQ(pipe(to_child), 0);
  ASSERT_EQ(pipe(from_child), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    char byte = TakeLock(directory_.path()) ? 'y' : 'n';
    const bool told = write(from_child[1], &byte, 1) == 1 && read(to_child[0], &byte, 1) == 1;
    _exit(told ? 0 : 1);
  }
  char byte = 0;
  ASSERT_EQ(read(from_child[0], &byte, 1), 1);
  ASSERT_EQ(byte, 'y');
  ExpectRefusal(
      absl::StatusCode::kUnavailable,
      AllOf(HasSubstr(directory_.path()), HasSubstr("process " + std::to_string(child)), HasSubstr("--server")));
  ASSERT_EQ(write(to_child[1], "x", 1), 1);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(Open().ok());
}

TEST_F(OpenRefusalsTest, AnOpenStoreIsHeldAgainstOtherProcessesAlsoAfterASecondOpeningHere) {
  auto first = Open();
  ASSERT_TRUE(first.ok());
  ExpectRefusal(absl::StatusCode::kUnavailable, HasSubstr("this process"));
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) _exit(TakeLock(directory_.path()) ? 1 : 0);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << "the refused opening has dropped the lock of the store that is open";
}

TEST_F(OpenRefusalsTest, AFlippedByteInATableIsFoundAndNamed) {
  Fill();
  const std::string name = LargestFile(directory_.path(), ".sst");
  ASSERT_NE(name, "");
  std::string bytes = ReadFile(directory_.File(name));
  bytes[bytes.size() / 3] ^= 0x10;
  WriteFile(directory_.File(name), bytes);
  auto store = Open();
  const absl::Status status = store.ok() ? (*store)->CheckIntegrity() : store.status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), AllOf(HasSubstr(name), HasSubstr("backup")));
  if (!store.ok()) return;
  // Who reads the damaged part meanwhile gets an error, not other data.
  const absl::Status walked =
      (*store)->ForEachClaim({}, true, [](const Claim&, std::string_view) { return absl::OkStatus(); });
  EXPECT_EQ(walked.code(), absl::StatusCode::kDataLoss) << walked;
}

TEST_F(OpenRefusalsTest, ATableThatIsGoneOrCutIsNamed) {
  Fill();
  const std::string name = LargestFile(directory_.path(), ".sst");
  const std::string bytes = ReadFile(directory_.File(name));
  WriteFile(directory_.File(name), bytes.substr(0, bytes.size() / 2));
  ExpectRefusal(absl::StatusCode::kDataLoss, AllOf(HasSubstr(name), HasSubstr("backup")));
  fs::remove(directory_.File(name));
  ExpectRefusal(absl::StatusCode::kDataLoss, AllOf(HasSubstr(name), HasSubstr("backup")));
}

TEST_F(OpenRefusalsTest, ADamagedManifestIsNamed) {
  Fill();
  std::string current = ReadFile(directory_.File("CURRENT"));
  current.pop_back();
  const std::string bytes = ReadFile(directory_.File(current));
  for (const std::string& damaged :
       {bytes.substr(0, 20), bytes.substr(0, 7), std::string(), std::string(200, '\xff')}) {
    WriteFile(directory_.File(current), damaged);
    ExpectRefusal(absl::StatusCode::kDataLoss, AllOf(HasSubstr(current), HasSubstr("backup")));
  }
  fs::remove(directory_.File(current));
  ExpectRefusal(absl::StatusCode::kDataLoss, AllOf(HasSubstr(current), HasSubstr("backup")));
}

TEST_F(OpenRefusalsTest, ADamagedCurrentIsNamed) {
  Fill();
  for (const char* damaged : {"", "MANIFEST-", "MANIFEST-000005", "nonsense\n"}) {
    WriteFile(directory_.File("CURRENT"), damaged);
    ExpectRefusal(absl::StatusCode::kDataLoss, AllOf(HasSubstr("CURRENT"), HasSubstr("backup")));
  }
  fs::remove(directory_.File("CURRENT"));
  ExpectRefusal(absl::StatusCode::kDataLoss, AllOf(HasSubstr("CURRENT is missing"), HasSubstr("backup")));
}

TEST_F(OpenRefusalsTest, AnotherProgramsFilesAreLeftAlone) {
  WriteFile(directory_.File("holiday.jpg"), "...");
  ExpectRefusal(absl::StatusCode::kFailedPrecondition,
                AllOf(HasSubstr(directory_.path()), HasSubstr("holiday.jpg"), HasSubstr("--data-dir")));
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_.path()), fs::directory_iterator()), 1);
}

TEST_F(OpenRefusalsTest, AnotherProgramsRocksDbIsLeftAlone) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, directory_.path(), &opened).ok());
  ASSERT_TRUE(opened->Put({}, "their", "data").ok());
  delete opened;
  ExpectRefusal(absl::StatusCode::kFailedPrecondition, HasSubstr("another program"));
  std::vector<std::string> names;
  ASSERT_TRUE(rocksdb::DB::ListColumnFamilies(options, directory_.path(), &names).ok());
  EXPECT_THAT(names, testing::ElementsAre("default"));
}

TEST_F(OpenRefusalsTest, APathThatIsNoDirectory) {
  WriteFile(directory_.File("file"), "");
  for (const char* name : {"file", "file/below"}) {
    const auto opened = Store::Open({.data_dir = directory_.File(name)});
    EXPECT_EQ(opened.status().code(), absl::StatusCode::kFailedPrecondition) << opened.status();
    EXPECT_THAT(std::string(opened.status().message()), HasSubstr("not a directory"));
  }
  EXPECT_EQ(Store::Open({.data_dir = ""}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(OpenRefusalsTest, AMissingDirectoryIsMadeOnlyWhenAskedFor) {
  const std::string path = directory_.File("a/b");
  const auto refused = Store::Open({.data_dir = path, .create_if_missing = false});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr(path));
  EXPECT_FALSE(fs::exists(path));
  EXPECT_TRUE(Store::Open({.data_dir = path}).ok());
}

TEST_F(OpenRefusalsTest, ADirectoryWithoutPermission) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read and write everything";
  fs::permissions(directory_.path(), fs::perms::owner_read | fs::perms::owner_exec);
  ExpectRefusal(absl::StatusCode::kPermissionDenied, HasSubstr(directory_.path()));
  fs::permissions(directory_.path(), fs::perms::owner_all);
}

TEST_F(OpenRefusalsTest, ACreationThatWasInterruptedIsFinished) {
  // As after a kill between the first files and CURRENT, and between the families.
  WriteFile(directory_.File("LOCK"), "");
  WriteFile(directory_.File("IDENTITY"), "x");
  fs::create_directory(directory_.File("lost+found"));
  EXPECT_TRUE(Open().ok()) << Open().status();
  TemporaryDirectory other;
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, other.path(), &opened).ok());
  delete opened;
  EXPECT_TRUE(Store::Open({.data_dir = other.path()}).ok());
}

TEST_F(OpenRefusalsTest, AnEventThatWasChangedIsFound) {
  Fill();
  {
    auto database = OpenDatabase({.data_dir = directory_.path()});
    ASSERT_TRUE(database.ok());
    rocksdb::ColumnFamilyHandle* events = database->Handle(ColumnFamily::kEvents);
    std::string bytes;
    ASSERT_TRUE(database->db->Get({}, events, keys::OfEvent(321), &bytes).ok());
    bytes.replace(bytes.find("payload"), 7, "paylord");
    ASSERT_TRUE(database->db->Put({}, events, keys::OfEvent(321), bytes).ok());
  }
  const absl::Status status = (*Open())->CheckIntegrity();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("event 321"));
}

TEST_F(OpenRefusalsTest, EventsThatWereTakenOutAreFound) {
  for (const uint64_t gone : {uint64_t{1}, uint64_t{500}, uint64_t{1000}}) {
    TemporaryDirectory directory;
    {
      auto store = Store::Open({.data_dir = directory.path()});
      Group group;
      for (uint32_t n = 1; n <= 1000; ++n) group.Append(DecidedEvent({1, n}, "payload"));
      ASSERT_TRUE((*store)->Commit(std::move(group)).ok());
    }
    {
      auto database = OpenDatabase({.data_dir = directory.path()});
      ASSERT_TRUE(database->db->Delete({}, database->Handle(ColumnFamily::kEvents), keys::OfEvent(gone)).ok());
    }
    const absl::Status status = (*Store::Open({.data_dir = directory.path()}))->CheckIntegrity();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(std::string(status.message()), HasSubstr("event " + std::to_string(gone) + " of the log is missing"));
  }
}

}  // namespace
}  // namespace furikae::storage
