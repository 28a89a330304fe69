// Rule sets compared over the wire: what moves, in the order of arrival, and then what it comes to.
#include <gmock/gmock.h>

#include "absl/strings/str_replace.h"
#include "core/uke/cp932.h"
#include "rpc/proto/furikae/v1/rules.grpc.pb.h"
#include "rules/table.h"
#include "tests/rpc/services_fixture.h"

namespace furikae::rpc {
namespace {

using grpc::StatusCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::RuleSet Files(const std::map<std::string, std::string>& files) {
  v1::RuleSet set;
  for (const auto& [name, text] : files) (*set.mutable_files())[name] = text;
  return set;
}
v1::RuleSet Kept(const std::string& digest) {
  v1::RuleSet set;
  set.set_kept(digest);
  return set;
}

class RulesServices : public Services {
 protected:
  grpc::Status Diff(const v1::RuleSet& before, const v1::RuleSet& after, const std::string& month = "2024-10") {
    moved_.clear();
    pools_.clear();
    summary_.reset();
    v1::DiffRulesRequest request;
    *request.mutable_before() = before;
    *request.mutable_after() = after;
    request.mutable_run()->set_month(month);
    grpc::ClientContext context;
    const auto stub = Stub<v1::RulesService>();
    auto stream = stub->DiffRules(&context, request);
    for (v1::DiffRulesResponse message; stream->Read(&message);) {
      if (message.has_moved()) moved_.push_back(message.moved());
      if (message.has_moved_pool()) pools_.push_back(message.moved_pool());
      if (message.has_summary()) summary_ = message.summary();
    }
    return stream->Finish();
  }
  // Three receipts, decided. Their insurer is known to no master: all are returned, R01.
  std::vector<std::string> Given(const std::string& bytes = ReceiptFile(3)) {
    v1::SubmitResponse response;
    EXPECT_TRUE(Submit("a.UKE", bytes, response).ok());
    std::vector<v1::DecideProgress> messages;
    EXPECT_TRUE(Decide(messages).ok());
    return {response.claim_ids().begin(), response.claim_ids().end()};
  }

  std::vector<v1::MovedReceipt> moved_;
  std::vector<v1::MovedPool> pools_;
  std::optional<v1::RuleDiffSummary> summary_;
};

TEST_F(RulesServices, TellsWhatMovesAndWhatItComesTo) {
  const std::vector<std::string> ids = Given();
  std::map<std::string, std::string> files = rules::EmbeddedRegulations();
  ASSERT_EQ(absl::StrReplaceAll({{R"("outcome": "RETURNED", "class": 3, "reason": 5})",
                                  R"("outcome": "BILLED_TO_CLAIMED", "class": 3})"}},
                                &files["policy.json"]),
            1);
  ASSERT_GT(absl::StrReplaceAll({{R"("origin": "INVALID_NUMBER")", R"("origin": "UNMATCHED")"}}, &files["origin.json"]),
            0);
  // By digest and by files: the built-in set decided them.
  for (const v1::RuleSet& before :
       {Files(rules::EmbeddedRegulations()), Kept(backend_->rulebook.digest().substr(0, 8))}) {
    const grpc::Status status = Diff(before, Files(files));
    ASSERT_TRUE(status.ok()) << status.error_message();
    ASSERT_THAT(moved_, SizeIs(3));
    for (size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(moved_[i].claim_id(), ids[i]);
    EXPECT_EQ(moved_[0].institution(), "1311234567");
    EXPECT_EQ(moved_[0].service_month(), "2024-09");
    EXPECT_EQ(moved_[0].before().outcome(), "RETURNED");
    EXPECT_EQ(moved_[0].before().return_reason(), "R01");
    EXPECT_THAT(moved_[0].rows(), testing::Not(IsEmpty()));
    ASSERT_TRUE(summary_);
    EXPECT_EQ(summary_->receipts(), 3);
    EXPECT_EQ(summary_->moved(), 3);
    int64_t sum = 0;
    for (const v1::YenMoved& yen : summary_->yen()) sum += yen.debit() - yen.credit();
    EXPECT_EQ(sum, 0);
  }
}

// Nobody has been paid, so nobody can bear them; the other set sends them back.
TEST_F(RulesServices, TellsWhatThePoolsOfTheReceiptsComeTo) {
  const std::string declaration = *uke::ToCp932(
      "CO,12,1,810000001,不詳・ヤマダハナコ・社保・協会けんぽ・青空商事・東京都千代田区神田１－２－３・"
      "０３－１２３４－５６７８・令和６年９月３０日");
  Given(absl::StrReplaceAll(ReceiptFile(3), {{"01130012", "77777777"}, {"SI,", declaration + "\r\nSI,"}}));
  std::map<std::string, std::string> files = rules::EmbeddedRegulations();
  ASSERT_EQ(absl::StrReplaceAll({{R"({"in": "insurer_unknown"}}, "then": {"outcome": "APPORTIONED"})",
                                  R"({"in": "insurer_unknown"}}, "then": {"outcome": "RETURNED", "reason": 5})"}},
                                &files["routing.json"]),
            1);
  const grpc::Status status = Diff(Files(rules::EmbeddedRegulations()), Files(files));
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_THAT(moved_, SizeIs(3));
  ASSERT_THAT(pools_, SizeIs(1));
  EXPECT_EQ(pools_[0].pool(), "pool/1311234567/1/2024-09");
  EXPECT_EQ(pools_[0].before().receipts(), 3);
  EXPECT_EQ(pools_[0].before().yen(), 3 * 1974);
  EXPECT_EQ(pools_[0].before().rung(), "UNALLOCATED");
  EXPECT_EQ(pools_[0].after().receipts(), 0);
  ASSERT_THAT(pools_[0].shares(), SizeIs(1));
  EXPECT_EQ(pools_[0].shares(0).account(), "unallocated/1");
  EXPECT_EQ(pools_[0].shares(0).before(), 3 * 1974);
  EXPECT_EQ(pools_[0].shares(0).after(), 0);
  ASSERT_TRUE(summary_);
  EXPECT_EQ(summary_->pools(), 1);
  EXPECT_EQ(summary_->pools_moved(), 1);
  ASSERT_THAT(summary_->yen(), SizeIs(2));
  EXPECT_EQ(summary_->yen(0).account(), "returns");
  EXPECT_EQ(summary_->yen(0).debit(), 3 * 1974);
  EXPECT_EQ(summary_->yen(1).account(), "unallocated/1");
  EXPECT_EQ(summary_->yen(1).credit(), 3 * 1974);
}

TEST_F(RulesServices, TheSameSetMovesNothing) {
  Given();
  ASSERT_TRUE(Diff(Files(rules::EmbeddedRegulations()), Kept(backend_->rulebook.digest())).ok());
  EXPECT_THAT(moved_, IsEmpty());
  ASSERT_TRUE(summary_);
  EXPECT_EQ(summary_->receipts(), 3);
}

TEST_F(RulesServices, ARuleSetThatCannotBeReadIsRefusedInTheLoadersWords) {
  const v1::RuleSet good = Files(rules::EmbeddedRegulations());
  std::map<std::string, std::string> files = rules::EmbeddedRegulations();
  files["policy.json"] = "[{\"table\": 1}]";
  v1::RuleSet both = good;
  both.set_kept("00");
  const struct {
    v1::RuleSet before, after;
    StatusCode code;
    std::string says;
  } cases[] = {
      {good, Files(files), StatusCode::INVALID_ARGUMENT, "the second rule set: policy.json"},
      {Files({}), good, StatusCode::INVALID_ARGUMENT, "the first rule set: a rule set is either files or"},
      {both, good, StatusCode::INVALID_ARGUMENT, "a rule set is either files or"},
      {good, Kept("00ff"), StatusCode::NOT_FOUND, "the second rule set: there is no rule set 00ff"},
  };
  for (const auto& one : cases) {
    const grpc::Status status = Diff(one.before, one.after);
    EXPECT_EQ(status.error_code(), one.code) << one.says;
    EXPECT_THAT(status.error_message(), HasSubstr(one.says));
  }
  EXPECT_EQ(Diff(good, good, "October").error_code(), StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace furikae::rpc
