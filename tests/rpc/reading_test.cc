// Calls that only read: they answer while something long is at work, and they see whole tables beside a load.
#include <gmock/gmock.h>

#include <chrono>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "tests/rpc/services_fixture.h"

namespace furikae::rpc {
namespace {

class Reading : public Services {
 protected:
  void SetUp() override {
    Services::SetUp();
    v1::SubmitResponse response;
    ASSERT_TRUE(Submit("receipts/a.UKE", ReceiptFile(3), response).ok());
    std::vector<v1::DecideProgress> messages;
    ASSERT_TRUE(Decide(messages).ok());
    claim_.set_claim_id(response.claim_ids(0));
    explain_.set_claim_id(response.claim_ids(0));
    explain_.set_all_rows(true);
    explain_.set_what_would_change(true);
    explain_.add_what_if("paper=true");
  }

  v1::GetClaimRequest claim_;
  v1::ExplainClaimRequest explain_;  // everything that can be asked of it
};

// Makes a call that has to be answered soon.
class Soon {
 public:
  Soon() { context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20)); }
  operator grpc::ClientContext*() { return &context_; }

 private:
  grpc::ClientContext context_;
};

TEST_F(Reading, AnswersWhileALongJobIsAtWork) {
  const auto reviews = Stub<v1::ReviewService>();
  const auto inquiries = Stub<v1::InquiryService>();
  const auto admin = Stub<v1::AdminService>();
  v1::ClaimView claim;
  v1::ListClaimsResponse claims_listed;
  v1::ExplainClaimResponse told;
  v1::ListReviewsResponse listed;
  v1::Review review;
  v1::Version version;
  const std::vector<std::pair<const char*, std::function<grpc::Status()>>> calls = {
      {"GetClaim", [&] { return claims().GetClaim(Soon(), claim_, &claim); }},
      {"ListClaims", [&] { return claims().ListClaims(Soon(), {}, &claims_listed); }},
      {"ExplainClaim", [&] { return claims().ExplainClaim(Soon(), explain_, &told); }},
      {"ListReviews", [&] { return reviews->ListReviews(Soon(), {}, &listed); }},
      {"GetReview", [&] { return reviews->GetReview(Soon(), claim_, &review); }},
      {"ListInquiries", [&] { return inquiries->ListInquiries(Soon(), {}, &listed); }},
      {"GetVersion", [&] { return admin->GetVersion(Soon(), {}, &version); }}};

  std::vector<std::thread> waiting;
  {
    MutexLock at_work(&backend_->working);
    for (int i = 0; i < 6; ++i) {  // more than there are threads for
      waiting.emplace_back([this] {
        std::vector<v1::DecideProgress> messages;
        EXPECT_TRUE(Decide(messages).ok());
      });
    }
    for (const auto& [name, call] : calls) {
      const grpc::Status status = call();
      EXPECT_TRUE(status.ok()) << name << ": " << status.error_message();
    }
  }
  for (std::thread& thread : waiting) thread.join();
  EXPECT_EQ(claims_listed.claims_size(), 3);
  EXPECT_THAT(told.text(), testing::HasSubstr("If submitted on paper (paper) were true"));
}

// A race would be seen by the thread sanitizer, if by nothing else.
TEST_F(Reading, SeesWholeTablesBesideALoad) {
  std::thread loading([this] {
    for (int i = 1; i <= 20; ++i) {
      const std::string day = std::to_string(i < 10 ? 10 + i : i);
      v1::LoadResponse response;
      const grpc::Status insurers =
          Load("insurers.csv",
               "InsurerNumber,Name,Kind,ReviewAgency,ValidFrom\n01130012,支部" + day + ",協会けんぽ,1,2000-04-01\n",
               response);
      EXPECT_TRUE(insurers.ok() && response.refused() == 0) << insurers.error_message();
      const grpc::Status registry =
          Load("registry.csv",
               "SubjectId,InsurerNumber,InsuredCardSymbol,InsuredIdentificationNumber,Name,NameKana,Birthdate,Sex1,"
               "QualificationDate,RegisteredAt\nS" +
                   day + ",01130012,64," + day +
                   ",山田 花子,ヤマダハナコ,1985-04-02,2,2020-04-01,"
                   "2024-09-01T00:00:00+09:00\n",
               response, /*to_registry=*/true);
      EXPECT_TRUE(registry.ok() && response.refused() == 0) << registry.error_message();
    }
  });
  for (int i = 0; i < 40; ++i) {
    v1::ExplainClaimResponse told;
    const grpc::Status status = claims().ExplainClaim(Soon(), explain_, &told);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  loading.join();
}

}  // namespace
}  // namespace furikae::rpc
