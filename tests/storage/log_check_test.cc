// A write-ahead log with a damaged byte is refused; one whose last record was cut, as a kill or a loss of power leaves
// it, is replayed up to there. Never is a store opened that is silently shorter than what was acknowledged.
#include "storage/log_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "storage/crc32c.h"
#include "storage/store.h"
#include "tests/storage/sample_records.h"
#include "tests/storage/temporary_directory.h"

namespace furikae::storage {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

constexpr uint32_t kGroups = 60;
constexpr size_t kHeaderBytes = 7;

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

bool IsGood(std::string_view log) {
  LogWalk walk;
  for (size_t at = 0; at < log.size(); at += kLogBlockBytes) {
    if (walk.FindDamage(log.substr(at, kLogBlockBytes), at + kLogBlockBytes >= log.size())) return false;
  }
  return true;
}

struct Fragment {
  size_t begin = 0, end = 0;
};

// Where the fragments of an undamaged log lie.
std::vector<Fragment> FragmentsOf(const std::string& log) {
  std::vector<Fragment> fragments;
  for (size_t at = 0; at + kHeaderBytes <= log.size();) {
    const size_t room = kLogBlockBytes - at % kLogBlockBytes;
    if (room < kHeaderBytes) {
      at += room;
      continue;
    }
    const size_t length = static_cast<uint8_t>(log[at + 4]) | static_cast<uint8_t>(log[at + 5]) << 8;
    fragments.push_back({at, at + kHeaderBytes + length});
    at = fragments.back().end;
  }
  return fragments;
}

// A store whose groups lie in one log of several blocks, some groups in fragments; the last group is a short one.
class LogCheckTest : public testing::Test {
 protected:
  void SetUp() override {
    auto store = Open();
    ASSERT_TRUE(store.ok()) << store.status();
    std::minstd_rand random(20241101);  // receipts that do not compress away
    for (uint32_t g = 1; g <= kGroups; ++g) {
      Group group;
      std::string receipt(g == kGroups ? 10 : 100 + 97 * g, ' ');
      std::generate(receipt.begin(), receipt.end(), [&] { return static_cast<char>(random() >> 8); });
      group.PutReceipt({g, 1}, receipt);
      group.Append({.kind = EventKind::kDecided, .claim = {g, 1}});
      ASSERT_TRUE((*store)->Commit(std::move(group)).ok());
    }
    store->reset();
    for (const auto& entry : fs::directory_iterator(directory_.path())) {
      if (entry.path().extension() == ".log") log_name_ = entry.path().filename().string();
    }
    log_ = ReadFile(directory_.File(log_name_));
    ASSERT_GT(log_.size(), 3 * kLogBlockBytes);
    fs::copy(directory_.path(), copy_.path());
  }

  absl::StatusOr<std::unique_ptr<Store>> Open() { return Store::Open({.data_dir = directory_.path()}); }

  // As the directory was, but with this log.
  void PutLog(const std::string& log) {
    fs::remove_all(directory_.path());
    fs::copy(copy_.path(), directory_.path());
    WriteFile(directory_.File(log_name_), log);
  }

  void ExpectGroups(uint32_t groups, const std::string& what) {
    const auto store = Open();
    ASSERT_TRUE(store.ok()) << what << ": " << store.status();
    EXPECT_TRUE((*store)->CheckIntegrity().ok()) << what;
    uint32_t events = 0;
    EXPECT_TRUE((*store)->ForEachEvent([&](const Event&) { return ++events, absl::OkStatus(); }).ok());
    EXPECT_EQ(events, groups) << what;
  }

  void ExpectRefusal(const std::string& what) {
    const auto store = Open();
    ASSERT_FALSE(store.ok()) << what << " went unnoticed";
    EXPECT_EQ(store.status().code(), absl::StatusCode::kDataLoss) << what;
    EXPECT_THAT(std::string(store.status().message()),
                AllOf(HasSubstr("damaged write-ahead log"), HasSubstr(log_name_), HasSubstr("backup")));
  }

  TemporaryDirectory directory_, copy_;
  std::string log_name_, log_;
};

TEST(Crc32cTest, IsTheOneOfTheStandards) {
  EXPECT_EQ(Crc32c(""), 0u);
  EXPECT_EQ(Crc32c("123456789"), 0xe3069283u);              // the check value of the catalogues
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8a9136aau);    // RFC 3720, B.4
  EXPECT_EQ(Crc32c(std::string(32, '\xff')), 0x62a8ab43u);  // RFC 3720, B.4
  EXPECT_EQ(Crc32c("456789", Crc32c("123")), 0xe3069283u);
}

TEST_F(LogCheckTest, AnUndamagedLogIsGood) {
  EXPECT_TRUE(IsGood(log_));
  EXPECT_TRUE(IsGood(""));
  ExpectGroups(kGroups, "untouched");
}

TEST_F(LogCheckTest, EveryFlippedBitOfAHeaderIsFound) {
  for (const Fragment& fragment : FragmentsOf(log_)) {
    for (size_t bit = 0; bit < 8 * kHeaderBytes; ++bit) {
      std::string log = log_;
      log[fragment.begin + bit / 8] ^= static_cast<char>(1 << bit % 8);
      EXPECT_FALSE(IsGood(log)) << "bit " << bit << " of the header at byte " << fragment.begin;
    }
  }
}

TEST_F(LogCheckTest, FlippedBytesOfWhatTheHeadersDescribeAreFound) {
  for (const Fragment& fragment : FragmentsOf(log_)) {
    for (size_t at = fragment.begin + kHeaderBytes; at < fragment.end; at += 1 + (fragment.end - at) / 20) {
      std::string log = log_;
      log[at] ^= static_cast<char>(1 + at % 255);
      EXPECT_FALSE(IsGood(log)) << "byte " << at;
    }
  }
}

TEST_F(LogCheckTest, ABurstOfDamageIsFoundWhereverSomethingWholeComesAfterIt) {
  const std::vector<Fragment> fragments = FragmentsOf(log_);
  for (size_t i = 0; i + 1 < fragments.size(); ++i) {
    for (const char filling : {'\0', '\xff', '\x03'}) {
      std::string log = log_;
      std::fill_n(log.begin() + static_cast<std::ptrdiff_t>(fragments[i].begin), 16, filling);
      EXPECT_FALSE(IsGood(log)) << "16 bytes from " << fragments[i].begin;
    }
  }
}

TEST_F(LogCheckTest, ALogIsGoodWhereverItWasCut) {
  for (size_t length = 0; length < log_.size(); length += 1 + (log_.size() - length) / 2000) {
    EXPECT_TRUE(IsGood(log_.substr(0, length))) << "the first " << length << " bytes";
  }
}

TEST_F(LogCheckTest, ZerosAreNoDamageOnlyWhereNothingComesAfterThem) {
  for (const Fragment& fragment : FragmentsOf(log_)) {
    const std::string cut = log_.substr(0, fragment.begin), zeros(kLogBlockBytes + 100, '\0');
    EXPECT_TRUE(IsGood(cut + zeros)) << "from byte " << fragment.begin;
    EXPECT_FALSE(IsGood(cut + zeros + "x")) << "from byte " << fragment.begin;
  }
}

TEST_F(LogCheckTest, AStoreWithADamagedLogIsRefusedAndLeftAsItIs) {
  const std::vector<Fragment> fragments = FragmentsOf(log_);
  for (size_t i = 0; i < fragments.size(); ++i) {
    // Of the header: the checksum, the length (both bytes), the type; then what it describes.
    const size_t bytes[] = {0, 4, 5, 6, kHeaderBytes + 3};
    const size_t at = fragments[i].begin + bytes[i % std::size(bytes)];
    for (const int flip : {0x01, 0x04, 0x80}) {
      std::string log = log_;
      log[at] ^= static_cast<char>(flip);
      WriteFile(directory_.File(log_name_), log);
      ExpectRefusal("byte " + std::to_string(at) + " flipped by " + std::to_string(flip));
    }
  }
  WriteFile(directory_.File(log_name_), log_);
  ExpectGroups(kGroups, "mended again");
}

TEST_F(LogCheckTest, AStoreWhoseLastRecordWasCutOpensWithoutIt) {
  const Fragment last = FragmentsOf(log_).back();
  ASSERT_EQ(last.end, log_.size());
  for (size_t length = last.begin; length < last.end; length += length < last.begin + kHeaderBytes ? 1 : 11) {
    PutLog(log_.substr(0, length));
    ExpectGroups(kGroups - 1, std::to_string(last.end - length) + " bytes cut off");
  }
  PutLog(log_.substr(0, last.begin) + std::string(last.end - last.begin, '\0'));
  ExpectGroups(kGroups - 1, "zeros for the last record");
}

}  // namespace
}  // namespace furikae::storage
