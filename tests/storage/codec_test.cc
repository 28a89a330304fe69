// What is written is what is read; damaged bytes are reported, never taken for something else.
#include "storage/codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/merge_operators.h"
#include "tests/storage/sample_records.h"

namespace furikae::storage {
namespace {

using testing::HasSubstr;

Claim ThroughDisk(const Claim& claim) {
  std::string bytes;
  SerializeClaim(claim, bytes);
  auto parsed = ParseClaim(claim.key, bytes);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.value_or(Claim());
}

TEST(CodecTest, AFullClaimComesBackEqual) { EXPECT_EQ(ThroughDisk(SampleClaim({7, 12})), SampleClaim({7, 12})); }

TEST(CodecTest, AnEmptyClaimComesBackEqualAndIsSmall) {
  const Claim empty{.key = {1, 1}};
  EXPECT_EQ(ThroughDisk(empty), empty);
  std::string bytes;
  SerializeClaim(empty, bytes);
  EXPECT_EQ(bytes, "");
}

TEST(CodecTest, NothingOfTheClaimBeforeIsLeftInTheNext) {
  ThroughDisk(SampleClaim({1, 1}));
  const Claim plain{.key = {1, 2}, .flavour = Flavour::kMedical, .first_line = 3};
  EXPECT_EQ(ThroughDisk(plain), plain);
}

TEST(CodecTest, RulesDigestsOfAnyTextAreKept) {
  for (const char* digest : {"", "00ff", "00FF", "abc", "v1 draft", "0g"}) {
    const Claim claim{.key = {1, 1}, .rules_digest = digest};
    EXPECT_EQ(ThroughDisk(claim).rules_digest, digest);
  }
}

TEST(CodecTest, ExtremesOfDatesAndAmountsAreKept) {
  Claim claim{.key = {1, 1}, .state = ClaimState::kDecided};
  claim.decision.insurer_yen = {-1};
  claim.decision.total_points = std::numeric_limits<int64_t>::max();
  claim.decision.days = ServiceMonth::Of(2024, 10).AllDays();
  claim.decision.parts.resize(3);
  claim.decision.parts[0].disqualified = kOpenEnd;
  claim.decision.parts[1].disqualified = {0};
  claim.decision.parts[2].disqualified = {-1};
  claim.decision.identification = Identification{};  // present, with nothing in it
  EXPECT_EQ(ThroughDisk(claim), claim);
}

TEST(CodecTest, TextsThatAreNotUtf8AreKept) {
  Claim claim = SampleClaim({1, 1});
  claim.decision.parts[0].card.symbol = "\x83\x65\xff";
  EXPECT_EQ(ThroughDisk(claim), claim);
  Submission submission = SampleSubmission(1);
  submission.file = "receipts/\x83\x65.UKE";
  std::string bytes;
  SerializeSubmission(submission, bytes);
  EXPECT_EQ(ParseSubmission(1, bytes).value(), submission);
}

TEST(CodecTest, AnEventHoldsTheClaimWithItsKeyAndTheSubmissionWithoutItsBytes) {
  schema::Decided decided;
  ToMessage(SampleClaim({7, 12}), decided.mutable_claim());
  EXPECT_EQ(FromMessage(decided.claim()).value(), SampleClaim({7, 12}));
  schema::Submitted submitted;
  ToMessage(SampleSubmission(9), submitted.mutable_submission());
  Submission expected = SampleSubmission(9);
  expected.original.clear();
  EXPECT_EQ(FromMessage(submitted.submission()).value(), expected);
}

TEST(CodecTest, SubmissionPoolAndPeopleComeBackEqual) {
  std::string bytes;
  SerializeSubmission(SampleSubmission(3), bytes);
  EXPECT_EQ(ParseSubmission(3, bytes).value(), SampleSubmission(3));
  bytes.clear();
  SerializePool(SamplePool(), bytes);
  EXPECT_EQ(ParsePool(bytes).value(), SamplePool());
  const PeopleRow row{"id", Action::kDefer, "S1", {6139463}, "clerk", {1}};
  schema::PeopleRow message;
  ToMessage(row, &message);
  EXPECT_EQ(FromMessage(message).value(), row);
}

TEST(CodecTest, AccountsAreKeptToTheLetter) {
  LedgerEntry entry{.month = ServiceMonth::Of(2024, 10), .claim = ClaimKey{1, 1}, .number = 1, .kind = "BORNE"};
  for (const char* account :
       {"institution/1311234567", "institution/0111234567", "institution/0000000000", "institution/131123456",
        "institution/13112345678", "institution/131123456x", "institution/+311234567", "insurer/01130012",
        "insurer/00138016", "insurer/00000000", "insurer/138016", "insurer/-1138016", "clearing/1", "returns",
        "unallocated/2", "public", ""}) {
    entry.lines.push_back({account, {1}, {-2}});
  }
  std::string bytes;
  SerializeLedgerEntry(entry, bytes);
  LedgerEntry again{.month = entry.month, .claim = entry.claim, .number = 1};
  ASSERT_TRUE(ParseLedgerEntry(bytes, &again).ok());
  EXPECT_EQ(again, entry);
}

TEST(CodecTest, BytesCutAnywhereAreReportedOrReadAsAPrefixButNeverCrash) {
  std::string bytes;
  SerializeClaim(SampleClaim({1, 1}), bytes);
  int refused = 0;
  for (size_t length = 0; length < bytes.size(); ++length) {
    const auto parsed = ParseClaim({1, 1}, bytes.substr(0, length));
    if (!parsed.ok()) {
      ++refused;
      EXPECT_EQ(parsed.status().code(), absl::StatusCode::kDataLoss);
    } else {
      EXPECT_NE(*parsed, SampleClaim({1, 1})) << "after " << length << " bytes";
    }
  }
  EXPECT_GT(refused, static_cast<int>(bytes.size() / 2));
}

TEST(CodecTest, NumbersThatNoEnumeratorHasAreDamage) {
  schema::Claim message;
  ToMessage(SampleClaim({1, 1}), &message);
  const auto expect_damage = [](const schema::Claim& damaged, const char* what) {
    const auto parsed = FromMessage(damaged);
    ASSERT_EQ(parsed.status().code(), absl::StatusCode::kDataLoss) << what;
    EXPECT_THAT(std::string(parsed.status().message()), HasSubstr(what));
  };
  schema::Claim damaged = message;
  damaged.mutable_decision()->set_outcome(static_cast<schema::Outcome>(77));
  expect_damage(damaged, "an outcome");
  damaged = message;
  damaged.set_state(static_cast<schema::ClaimState>(3));
  expect_damage(damaged, "its state");
  damaged = message;
  damaged.mutable_decision()->mutable_parts(1)->set_agency(static_cast<schema::Agency>(9));
  expect_damage(damaged, "an agency");
  damaged = message;
  damaged.mutable_people(0)->set_action(static_cast<schema::Action>(99));
  expect_damage(damaged, "an action");
}

TEST(CodecTest, ErrorsNeverQuoteTheRecord) {
  std::string bytes = "subject S1 of 山田";
  EXPECT_THAT(std::string(ParseClaim({1, 1}, bytes).status().message()), testing::Not(HasSubstr("山田")));
}

TEST(MergeTest, SumsNeedTwentyFourBytesAndAddUp) {
  std::string result;
  const std::string a = EncodeSum({1, -2, 3}), b = EncodeSum({10, 20, -30});
  const rocksdb::Slice existing(a);
  ASSERT_TRUE(SumOperator().Merge("key", &existing, b, &result, nullptr));
  RollupSum sum;
  ASSERT_TRUE(DecodeSum(result, &sum));
  EXPECT_EQ(sum, (RollupSum{11, 18, -27}));
  EXPECT_FALSE(SumOperator().Merge("key", &existing, "short", &result, nullptr));
  const rocksdb::Slice damaged("damaged");
  EXPECT_FALSE(SumOperator().Merge("key", &damaged, b, &result, nullptr));
}

TEST(MergeTest, KeySetsUniteInAnyGrouping) {
  const std::string a = "AAAAAAAA", b = "BBBBBBBB", c = "CCCCCCCC";
  const auto unite = [](const std::string& left, const std::string& right) {
    std::string result;
    const rocksdb::Slice existing(left);
    EXPECT_TRUE(KeySetOperator().Merge("key", &existing, right, &result, nullptr));
    return result;
  };
  EXPECT_EQ(unite(unite(c, a), b), a + b + c);
  EXPECT_EQ(unite(c, unite(a, b)), a + b + c);
  EXPECT_EQ(unite(a + b, b), a + b);
  std::string result;
  EXPECT_TRUE(KeySetOperator().Merge("key", nullptr, a, &result, nullptr));
  EXPECT_EQ(result, a);
  EXPECT_FALSE(KeySetOperator().Merge("key", nullptr, "odd", &result, nullptr));
}

}  // namespace
}  // namespace furikae::storage
