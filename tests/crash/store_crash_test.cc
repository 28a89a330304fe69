// A process that is killed at any moment loses nothing that was acknowledged, leaves nothing half written, and doubles
// nothing: groups of a month's work, and loads of the registry.
//
// The writer is this program again, started anew with --gtest_filter for the one test that writes numbered pieces and
// names each on a pipe once it is durable. It is killed at a random moment; then the directory must tell the whole
// story.
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <thread>

#include "core/concat.h"
#include "storage/loading/loading.h"
#include "storage/store.h"
#include "tests/rounds.h"
#include "tests/storage/sample_records.h"
#include "tests/storage/temporary_directory.h"

namespace furikae::storage {
namespace {

constexpr int kRounds = Rounds(60), kLoadRounds = Rounds(16);
constexpr uint32_t kClaimsPerGroup = 5;
constexpr uint32_t kRowsPerLoad = 12'000;  // enough to be written as tables
constexpr const char* kDirectoryVariable = "FURIKAE_CRASH_DIRECTORY";
constexpr const char* kPipeVariable = "FURIKAE_CRASH_PIPE";
const RollupKey kCount{ServiceMonth::Of(2024, 10), "outcome", "SPLIT"};

// Small buffers, so that flushes and compactions are under way when the kill comes.
OpenOptions Options(const std::string& directory) { return {.data_dir = directory, .write_buffer_bytes = 128 << 10}; }

Group NumberedGroup(uint32_t number) {
  Group group;
  Submission submission = SampleSubmission(number);
  group.PutSubmission(submission);
  for (uint32_t n = 1; n <= kClaimsPerGroup; ++n) {
    const ClaimKey key{number, n};
    group.PutClaim(SampleClaim(key));
    group.PutReceipt(key, std::string(1000, static_cast<char>('A' + number % 26)));
    group.Post(SampleEntry(key));
    group.Append(DecidedEvent(key, std::to_string(number)));
    group.PutFingerprint(DigestOf(static_cast<uint8_t>(number)), key);
    group.Add(kCount, {1, 846, 5922});
  }
  return group;
}

// How many groups are wholly there; every kind of record must agree on it.
uint32_t WholeGroups(const Store& store) {
  std::map<uint32_t, uint32_t> claims, events;
  EXPECT_TRUE(store.CheckIntegrity().ok()) << store.CheckIntegrity();
  const absl::Status walked = store.ForEachClaim({}, true, [&](const Claim& claim, std::string_view receipt) {
    EXPECT_EQ(claim, SampleClaim(claim.key));
    EXPECT_EQ(receipt, std::string(1000, static_cast<char>('A' + claim.key.submission % 26)));
    ++claims[claim.key.submission];
    return absl::OkStatus();
  });
  EXPECT_TRUE(walked.ok()) << walked;
  EXPECT_TRUE(store
                  .ForEachEvent([&](const Event& event) {
                    ++events[event.claim.submission];
                    return absl::OkStatus();
                  })
                  .ok());
  const uint32_t groups = static_cast<uint32_t>(claims.size());
  EXPECT_EQ(claims, events);
  uint32_t expected = 1, submissions = 0, entries = 0;
  for (const auto& [number, count] : claims) {
    EXPECT_EQ(number, expected++);
    EXPECT_EQ(count, kClaimsPerGroup);
  }
  EXPECT_TRUE(store.ForEachSubmission([&](const Submission&) { return ++submissions, absl::OkStatus(); }).ok());
  EXPECT_TRUE(store.ForEachLedgerEntry([&](const LedgerEntry&) { return ++entries, absl::OkStatus(); }).ok());
  RollupSum sum;
  EXPECT_TRUE(store
                  .ForEachRollup([&](const RollupKey&, const RollupSum& stored) {
                    sum = stored;
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(submissions, groups);
  EXPECT_EQ(entries, groups * kClaimsPerGroup);
  EXPECT_EQ(sum.count, int64_t{groups} * kClaimsPerGroup);
  return groups;
}

std::string RegistryFile(uint32_t number) {
  std::string file =
      "SubjectId,InsurerNumber,InsuredIdentificationNumber,Name,Birthdate,Sex1,QualificationDate,RegisteredAt\n";
  for (uint32_t person = number * kRowsPerLoad; person < (number + 1) * kRowsPerLoad; ++person) {
    file += Concat("S", person, ",01130012,", person, ",山田 花子,1985-04-02,2,2020-04-01,2020-04-10T00:00:00+09:00\n");
  }
  return file;
}

// How many loads are wholly there.
uint32_t WholeLoads(const Store& store) {
  const auto index = store.registry().index();
  EXPECT_TRUE(index.ok()) << index.status();
  if (!index.ok()) return 0;
  EXPECT_EQ((*index)->rows() % kRowsPerLoad, 0u) << "part of a load";
  EXPECT_EQ((*index)->rows(), (*index)->persons()) << "a row is there twice";
  return static_cast<uint32_t>((*index)->rows() / kRowsPerLoad);
}

// A child's part: writes one piece after the other and names each; runs only when started by a test below.
void WriteUntilKilled(uint32_t (*whole)(const Store&), const std::function<absl::Status(Store&, uint32_t)>& write_one) {
  const char* directory = getenv(kDirectoryVariable);
  const char* pipe_text = getenv(kPipeVariable);
  if (directory == nullptr || pipe_text == nullptr) GTEST_SKIP() << "is started by KilledAtAnyMoment";
  auto store = Store::Open(Options(directory));
  ASSERT_TRUE(store.ok()) << store.status();
  for (uint32_t number = whole(**store) + 1;; ++number) {
    ASSERT_TRUE(write_one(**store, number).ok());
    ASSERT_EQ(write(atoi(pipe_text), &number, sizeof(number)), static_cast<ssize_t>(sizeof(number)));
  }
}

TEST(StoreCrashTest, DISABLED_CommitNumberedGroupsUntilKilled) {
  WriteUntilKilled(WholeGroups, [](Store& store, uint32_t number) { return store.Commit(NumberedGroup(number)); });
}

TEST(StoreCrashTest, DISABLED_LoadNumberedFilesUntilKilled) {
  WriteUntilKilled(WholeLoads, [](Store& store, uint32_t number) {
    return LoadRegistryCsv(store.registry(), "registry.csv", RegistryFile(number), /*strict=*/true).status();
  });
}

// Starts the child, kills it after `life` (counted from the first piece written when `writing`), returns the last piece
// that it said is durable; 0 when none.
uint32_t RunAndKill(const char* writer, const std::string& directory, std::chrono::microseconds life, bool writing) {
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) return ADD_FAILURE() << "no pipe", 0;
  const std::string pipe_text = std::to_string(pipe_ends[1]);
  setenv(kDirectoryVariable, directory.c_str(), 1);
  setenv(kPipeVariable, pipe_text.c_str(), 1);
  const pid_t child = fork();
  if (child == 0) {
    execl("/proc/self/exe", "store_crash_child", "--gtest_also_run_disabled_tests", "--gtest_brief=1",
          Concat("--gtest_filter=StoreCrashTest.DISABLED_", writer).c_str(), nullptr);
    _exit(127);
  }
  close(pipe_ends[1]);
  uint32_t acknowledged = 0, number = 0;
  if (writing && read(pipe_ends[0], &number, sizeof(number)) == static_cast<ssize_t>(sizeof(number))) {
    acknowledged = number;
  }
  std::this_thread::sleep_for(life);
  kill(child, SIGKILL);
  while (read(pipe_ends[0], &number, sizeof(number)) == static_cast<ssize_t>(sizeof(number))) acknowledged = number;
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself, with status " << status;
  return acknowledged;
}

// `writer` is the child's test, `whole` counts what is wholly there.
void KillAtAnyMoment(const char* writer, uint32_t (*whole)(const Store&), int rounds) {
  const uint32_t seed = std::random_device()();
  testing::Test::RecordProperty("seed", std::to_string(seed));
  printf("seed %u\n", seed);
  std::mt19937 random(seed);
  uint32_t before = 0;
  int rounds_with_writes = 0;
  auto directory = std::make_unique<TemporaryDirectory>();
  for (int round = 0; round < rounds; ++round) {
    if (round % 4 == 0) {  // a fresh start: also the creation is killed
      directory = std::make_unique<TemporaryDirectory>();
      before = 0;
    }
    const std::chrono::microseconds life(random() % 250000);
    // Two rounds of three are killed while pieces are written, the third one possibly while opening.
    const uint32_t acknowledged = RunAndKill(writer, directory->path(), life, /*writing=*/round % 3 != 0);
    auto store = Store::Open(Options(directory->path()));
    ASSERT_TRUE(store.ok()) << store.status() << " seed " << seed << " round " << round;
    EXPECT_FALSE(std::filesystem::exists(directory->File("scratch"))) << "what was not finished stays";
    const absl::Status verified = (*store)->registry().Verify();
    EXPECT_TRUE(verified.ok()) << verified << " seed " << seed << " round " << round;
    const uint32_t pieces = whole(**store);
    EXPECT_GE(pieces, acknowledged) << "seed " << seed << " round " << round;
    EXPECT_GE(pieces, before) << "seed " << seed << " round " << round;
    // At most one piece was under way beyond the last one acknowledged.
    if (acknowledged > 0) {
      EXPECT_LE(pieces, acknowledged + 1) << "seed " << seed << " round " << round;
    }
    if (acknowledged > before) ++rounds_with_writes;
    before = pieces;
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(rounds_with_writes, 0) << "no round came to write: the machine is too slow for this test's times";
  printf("%d of %d rounds were killed while writing\n", rounds_with_writes, rounds);
}

TEST(StoreCrashTest, KilledAtAnyMomentEveryAcknowledgedGroupIsThereWhollyAndOnce) {
  KillAtAnyMoment("CommitNumberedGroupsUntilKilled", WholeGroups, kRounds);
}

TEST(StoreCrashTest, KilledAtAnyMomentEveryAcknowledgedLoadIsThereWhollyAndOnce) {
  KillAtAnyMoment("LoadNumberedFilesUntilKilled", WholeLoads, kLoadRounds);
}

}  // namespace
}  // namespace furikae::storage
