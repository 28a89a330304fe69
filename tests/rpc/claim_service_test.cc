// ClaimService: uploads, decisions, pages and filters, as a client sees them.
#include <gmock/gmock.h>

#include <functional>
#include <set>

#include "rpc/reactors.h"
#include "tests/rpc/services_fixture.h"

namespace furikae::rpc {
namespace {

using grpc::StatusCode;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kUnknownClaim[] = "1311234567-1-202410-0123456789abcdef-000001";

class ClaimServices : public Services {
 protected:
  // Files of these many receipts each, decided.
  void Given(const std::vector<int>& files) {
    for (size_t i = 0; i < files.size(); ++i) {
      v1::SubmitResponse response;
      const grpc::Status status = Submit("receipts/" + std::to_string(i) + ".UKE",
                                         ReceiptFile(files[i], std::to_string(1000001 + i)), response);
      ASSERT_TRUE(status.ok()) << status.error_message();
      ASSERT_EQ(response.accepted(), files[i]);
      ids_.insert(response.claim_ids().begin(), response.claim_ids().end());
    }
    std::vector<v1::DecideProgress> messages;
    ASSERT_TRUE(Decide(messages).ok());
  }
  std::vector<std::string> Listed(const std::string& filter, int page_size = 1000) {
    std::vector<std::string> ids;
    v1::ListClaimsRequest request;
    request.set_filter(filter);
    request.set_page_size(page_size);
    do {
      v1::ListClaimsResponse response;
      const grpc::Status status = List(request, response);
      if (!status.ok()) return {status.error_message()};
      EXPECT_LE(response.claims_size(), page_size);
      for (const v1::ClaimView& claim : response.claims()) ids.push_back(claim.claim_id());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return ids;
  }
  std::set<std::string> ids_;
};

// ---- uploads

TEST_F(ClaimServices, AFileInManyPiecesIsOneSubmission) {
  v1::SubmitResponse response;
  ASSERT_TRUE(Submit("receipts/a.UKE", ReceiptFile(20), response).ok());
  EXPECT_EQ(response.accepted(), 20);
  EXPECT_EQ(response.submission().size(), 16u);
  EXPECT_FALSE(response.already_known());
  ASSERT_EQ(response.claim_ids_size(), 20);
  EXPECT_EQ(response.claim_ids(0), "1311234567-1-202410-" + response.submission() + "-000001");
  v1::SubmitResponse again;
  ASSERT_TRUE(Submit("receipts/other-name.UKE", ReceiptFile(20), again).ok());
  EXPECT_TRUE(again.already_known());
  EXPECT_EQ(again.accepted(), 20);
  EXPECT_EQ(again.claim_ids_size(), 20);
}

TEST_F(ClaimServices, AnUploadThatEndsBeforeItsLastPieceIsRefused) {
  v1::SubmitResponse response;
  const grpc::Status status = Submit("receipts/a.UKE", ReceiptFile(20), response, Options(), /*cut=*/true);
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "the upload ended before its last chunk; send the file again");
  EXPECT_THAT(Listed(""), IsEmpty());
}

TEST_F(ClaimServices, AnUploadWithoutAnyPieceIsRefused) {
  grpc::ClientContext context;
  v1::SubmitResponse response;
  auto stream = claims().SubmitFile(&context, &response);
  stream->WritesDone();
  EXPECT_EQ(stream->Finish().error_code(), StatusCode::INVALID_ARGUMENT);
}

// A file sent without its last chunk. `size` is what is told of it; 0: nothing.
class HeldBack {
 public:
  HeldBack(v1::ClaimService::Stub& claims, const std::string& path, const std::string& bytes, v1::UploadOptions options,
           int64_t size)
      : stream_(claims.SubmitFile(&context_, &response)) {
    options.set_size(size);
    v1::FileChunk chunk;
    chunk.set_path(path);
    *chunk.mutable_options() = options;
    chunk.set_data(bytes);
    stream_->Write(chunk);
  }
  void SendLast() {
    v1::FileChunk last;
    last.set_last(true);
    stream_->Write(last);
  }
  bool TakenIn() {
    stream_->WaitForInitialMetadata();
    return context_.GetServerInitialMetadata().count(kTakenIn) > 0;
  }
  void Cancel() { context_.TryCancel(); }
  grpc::Status Finish() { return stream_->Finish(); }

  v1::SubmitResponse response;

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientWriter<v1::FileChunk>> stream_;
};

TEST_F(ClaimServices, FilesAreTakenInInTheOrderOfTheirLastChunks) {
  const std::string first = ReceiptFile(3), second = ReceiptFile(2, "1311111");
  HeldBack b(claims(), "receipts/b.UKE", second, Options(), static_cast<int64_t>(second.size()));
  HeldBack a(claims(), "receipts/a.UKE", first, Options(), static_cast<int64_t>(first.size()));
  a.SendLast();
  EXPECT_TRUE(a.TakenIn());
  b.SendLast();
  EXPECT_TRUE(b.TakenIn());
  ASSERT_TRUE(b.Finish().ok());
  ASSERT_TRUE(a.Finish().ok());
  EXPECT_EQ(a.response.accepted(), 3);
  EXPECT_EQ(b.response.accepted(), 2);
  const std::vector<std::string> listed = Listed("");  // in the order of arrival
  ASSERT_EQ(listed.size(), 5u);
  EXPECT_EQ(listed[2], a.response.claim_ids(2));
  EXPECT_EQ(listed[3], b.response.claim_ids(0));
}

TEST_F(ClaimServices, AFileThatIsRefusedWasNotTakenIn) {
  const std::string file = ReceiptFile(3);
  HeldBack sent(claims(), "receipts/a.UKE", file, Options("2024-13"), static_cast<int64_t>(file.size()));
  sent.SendLast();
  EXPECT_FALSE(sent.TakenIn());
  EXPECT_EQ(sent.Finish().error_code(), StatusCode::INVALID_ARGUMENT);
}

TEST_F(ClaimServices, AFileOfAnotherSizeThanToldIsRefused) {
  const std::string file = ReceiptFile(3);
  const auto size = static_cast<int64_t>(file.size());
  for (const int64_t told : {size - 1, size + 1}) {
    HeldBack sent(claims(), "receipts/a.UKE", file, Options(), told);
    sent.SendLast();
    EXPECT_FALSE(sent.TakenIn());
    const grpc::Status status = sent.Finish();
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(status.error_message(), HasSubstr("receipts/a.UKE was announced with " + std::to_string(told)));
  }
  EXPECT_TRUE(Listed("").empty());
}

TEST_F(ClaimServices, AnUploadThatIsCancelledChangesNothing) {
  const std::string file = ReceiptFile(300);
  for (int round = 0; round < 20; ++round) {  // where the size is told, the file may be being read, or have been
    HeldBack sent(claims(), "receipts/a.UKE", file, Options(), round % 2 == 0 ? 0 : static_cast<int64_t>(file.size()));
    sent.Cancel();
    EXPECT_EQ(sent.Finish().error_code(), StatusCode::CANCELLED);
  }
  EXPECT_THAT(Listed(""), IsEmpty());
}

TEST_F(ClaimServices, AWrongMonthOrMomentIsNamed) {
  struct Case {
    const char *month, *now, *says;
  };
  const std::vector<Case> cases = {
      {"", "", "month \"\" is no month; write it as 2024-10"},
      {"2024-13", "", "month \"2024-13\" is no month; write it as 2024-10"},
      {"2024-10", "yesterday", "now \"yesterday\" is no moment; write it as 2024-10-31T23:59:59+09:00"},
  };
  for (const Case& c : cases) {
    v1::SubmitResponse submitted;
    v1::LoadResponse loaded;
    std::vector<v1::DecideProgress> messages;
    for (const grpc::Status& status :
         {Submit("receipts/a.UKE", ReceiptFile(1), submitted, Options(c.month, c.now)),
          Load("insurers.csv", "", loaded, false, Options(c.month, c.now)), Decide(messages, c.month, c.now)}) {
      EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
      EXPECT_EQ(status.error_message(), c.says);
    }
    EXPECT_THAT(messages, IsEmpty());
  }
}

// ---- JSON claims

constexpr char kJsonClaim[] =
    R"({"institution":"1311234567","agency":1,"flavour":"MED","claimMonth":"2024-10","serviceMonth":"2024-09","type":"1112",)"
    R"("patient":{"name":"山田　花子","nameKana":"ヤマダハナコ","sex":2,"birthDate":"1985-04-02"},)"
    R"("qualification":{"insurer":"01130012","symbol":"64","number":"1234567"},"totalPoints":"282","visitDays":[5],)"
    R"("lines":[{"kind":"SI","classCode":"11","code":"111000110","points":"282","counts":{"5":1}}],"windowBurdenClass":"00"})";

// The line with one text in the place of another.
std::string JsonClaimWith(const std::string& instead, const std::string& of) {
  std::string line = kJsonClaim;
  return line.replace(line.find(of), of.size(), instead);
}

TEST_F(ClaimServices, BadJsonLinesAreToldByLineAndFieldWithoutThePatient) {
  const std::string lines[] = {kJsonClaim,
                               "",
                               R"({"patient":{"name":"山田" oops)",
                               R"({"colour":"山田"})",
                               JsonClaimWith("1985-14-02", "1985-04-02"),
                               JsonClaimWith(R"("sex":"山田")", R"("sex":2)"),
                               JsonClaimWith("2024-11", "2024-10"),
                               JsonClaimWith("2024-09", "2024-10") + "\r"};
  std::string file = "\xEF\xBB\xBF";  // as some editors begin a file of UTF-8
  for (const std::string& line : lines) file += line + "\n";
  v1::SubmitResponse response;
  const grpc::Status status = Submit("receipts/claims.jsonl", file, response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.accepted(), 2);
  EXPECT_EQ(response.refused(), 5);
  EXPECT_THAT(response.complaints(),
              ElementsAre("receipts/claims.jsonl line 3: syntax error of JSON at character 25 (byte 29 of the line)",
                          "receipts/claims.jsonl line 4: member 1 is an unknown field",
                          "receipts/claims.jsonl line 5: patient.birth_date: expected a date such as 2024-10-05",
                          "receipts/claims.jsonl line 6: patient.sex: expected a whole number",
                          "receipts/claims.jsonl line 7: claim_month: 2024-11 is later than the claim month 2024-10"));
  EXPECT_THAT(response.notes(), ElementsAre("receipts/claims.jsonl line 8: claim_month: 2024-09 is earlier than the "
                                            "claim month 2024-10 (late or claimed again)"));
  for (const std::string& complaint : response.complaints()) {
    EXPECT_THAT(complaint, AllOf(Not(HasSubstr("山田")), Not(HasSubstr("1985"))));
  }
  ASSERT_EQ(response.claim_ids_size(), 2);
  EXPECT_THAT(Listed(""), ElementsAre(response.claim_ids(0), response.claim_ids(1)));
}

TEST_F(ClaimServices, OfVeryManyBadJsonLinesTheFirstAreListedAndAllCounted) {
  std::string file;
  for (int i = 0; i < 10'003; ++i) file += "oops\n";
  file += kJsonClaim;
  v1::SubmitResponse response;
  const grpc::Status status = Submit("claims.jsonl", file, response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.accepted(), 1);
  EXPECT_EQ(response.refused(), 10'003);
  ASSERT_EQ(response.complaints_size(), 10'000);
  EXPECT_THAT(response.complaints(9'999), HasSubstr("claims.jsonl line 10000: "));
  EXPECT_THAT(response.notes(), ElementsAre("claims.jsonl: 3 more refused lines are not listed"));
}

// 16 MiB is the most that a client sends at once; the ids of these claims are more.
TEST_F(ClaimServices, AnAnswerMayBeLargerThanAnyRequest) {
  constexpr int kReceipts = 400'000;
  v1::SubmitResponse response;
  const grpc::Status status = Submit("receipts/large.UKE", ReceiptFile(kReceipts), response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.claim_ids_size(), kReceipts);
  EXPECT_GT(response.ByteSizeLong(), size_t{16} << 20);
}

// ---- deciding

TEST_F(ClaimServices, DecidingTellsItsProgressThenItsReport) {
  v1::SubmitResponse response;
  ASSERT_TRUE(Submit("receipts/a.UKE", ReceiptFile(3), response).ok());
  std::vector<v1::DecideProgress> messages;
  const grpc::Status status = Decide(messages);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_GE(messages.size(), 2u);
  for (size_t i = 0; i + 1 < messages.size(); ++i) {
    EXPECT_TRUE(messages[i].has_progress());
    EXPECT_FALSE(messages[i].has_report());
    EXPECT_EQ(messages[i].progress().step(), "decide");
  }
  const v1::DecideReport& report = messages.back().report();
  EXPECT_EQ(report.decided(), 3);
  ASSERT_EQ(report.outcomes_size(), 1);
  EXPECT_EQ(report.outcomes(0).outcome(), "RETURNED");
  EXPECT_EQ(report.outcomes(0).receipts(), 3);
  EXPECT_EQ(report.outcomes(0).yen(), 3 * 282 * 7);
  std::vector<v1::DecideProgress> again;
  ASSERT_TRUE(Decide(again).ok());
  EXPECT_EQ(again.back().report().decided(), 0);
}

// ---- one claim

TEST_F(ClaimServices, AnUnknownClaimIsNotFoundAndNoClaimIdIsInvalid) {
  for (const auto& [id, code] : std::map<std::string, StatusCode>{{kUnknownClaim, StatusCode::NOT_FOUND},
                                                                  {"x", StatusCode::INVALID_ARGUMENT},
                                                                  {"", StatusCode::INVALID_ARGUMENT}}) {
    v1::GetClaimRequest request;
    request.set_claim_id(id);
    grpc::ClientContext get_context, explain_context, review_context, accept_context;
    v1::ClaimView view;
    v1::ExplainClaimResponse text;
    v1::Review review;
    v1::PersonAction action;
    action.set_claim_id(id);
    action.set_subject_id("S-1");
    action.set_actor("reviewer-12");
    action.mutable_run()->set_month("2024-10");
    EXPECT_EQ(claims().GetClaim(&get_context, request, &view).error_code(), code);
    v1::ExplainClaimRequest explain;
    explain.set_claim_id(id);
    EXPECT_EQ(claims().ExplainClaim(&explain_context, explain, &text).error_code(), code);
    EXPECT_EQ(Stub<v1::ReviewService>()->GetReview(&review_context, request, &review).error_code(), code);
    EXPECT_EQ(Stub<v1::ReviewService>()->AcceptCandidate(&accept_context, action, &view).error_code(), code);
  }
}

TEST_F(ClaimServices, AClaimIsReceivedThenDecided) {
  v1::SubmitResponse response;
  ASSERT_TRUE(Submit("receipts/a.UKE", ReceiptFile(1), response).ok());
  v1::GetClaimRequest request;
  request.set_claim_id(response.claim_ids(0));
  {
    grpc::ClientContext context;
    v1::ClaimView view;
    ASSERT_TRUE(claims().GetClaim(&context, request, &view).ok());
    EXPECT_EQ(view.state(), "RECEIVED");
    EXPECT_FALSE(view.has_decision());
  }
  std::vector<v1::DecideProgress> messages;
  ASSERT_TRUE(Decide(messages).ok());
  grpc::ClientContext context;
  v1::ClaimView view;
  ASSERT_TRUE(claims().GetClaim(&context, request, &view).ok());
  EXPECT_EQ(view.state(), "DECIDED");
  EXPECT_EQ(view.decision().fields().at("outcome").string_value(), "RETURNED");
  EXPECT_EQ(view.decision().fields().at("claim_id").string_value(), response.claim_ids(0));
}

TEST_F(ClaimServices, AnExplanationIsALetterInALanguageAndJson) {
  Given({1});
  using Wish = std::function<void(v1::ExplainClaimRequest&)>;
  const auto explain = [this](const Wish& wish, v1::ExplainClaimResponse& told) {
    v1::ExplainClaimRequest request;
    request.set_claim_id(*ids_.begin());
    wish(request);
    grpc::ClientContext context;
    return claims().ExplainClaim(&context, request, &told);
  };
  v1::ExplainClaimResponse english, japanese, asked, wrong;
  ASSERT_TRUE(explain([](auto&) {}, english).ok());
  EXPECT_THAT(english.text(), AllOf(HasSubstr("Result: RETURNED"), Not(HasSubstr("Rows that"))));
  EXPECT_THAT(english.json(), AllOf(HasSubstr("{\"claim_id\":\"" + *ids_.begin() + "\","),
                                    HasSubstr("\"lost_rows\":null,\"changes\":null}")));
  ASSERT_TRUE(explain([](auto& request) { request.set_lang("ja"); }, japanese).ok());
  EXPECT_THAT(japanese.text(), HasSubstr("結果: 返戻"));
  EXPECT_EQ(japanese.json(), english.json());
  const auto everything = [](auto& request) {
    request.set_near_rows(true);
    request.set_what_would_change(true);
  };
  ASSERT_TRUE(explain(everything, asked).ok());
  EXPECT_EQ(asked.text().substr(0, english.text().size()), english.text());
  EXPECT_THAT(asked.text(), AllOf(HasSubstr("\nRows that one fact alone"), HasSubstr("\nWhat would change it")));
  const grpc::Status refused = explain([](auto& request) { request.set_lang("fr"); }, wrong);
  EXPECT_EQ(refused.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(refused.error_message(), HasSubstr("write en for English or ja for Japanese"));
}

// ---- pages and filters

TEST_F(ClaimServices, PagesWalkAllClaimsExactlyOnce) {
  Given({7, 1, 5});
  const std::vector<std::string> all = Listed("");
  EXPECT_THAT(all, SizeIs(13));
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()), ids_);
  for (int size : {1, 2, 5, 12, 13, 14}) EXPECT_EQ(Listed("", size), all) << size;
  EXPECT_EQ(Listed("institution=1311000003", 2).size(), 5u);
}

TEST_F(ClaimServices, APageIsOneHundredUnlessSaidOtherwise) {
  Given({130});
  v1::ListClaimsResponse response;
  ASSERT_TRUE(List({}, response).ok());
  EXPECT_EQ(response.claims_size(), 100);
  EXPECT_NE(response.next_page_token(), "");
}

TEST_F(ClaimServices, AFilterKeepsWhatAllItsTermsSay) {
  Given({2, 1});
  const std::map<std::string, size_t> filters = {
      {"outcome=RETURNED", 3},
      {"outcome=SPLIT", 0},
      {"origin=INVALID_NUMBER", 3},
      {"institution=1311000001", 2},
      {"month=2024-10", 3},
      {"month=2024-09", 0},
      {"service_month=2024-09", 3},
      {"state=DECIDED", 3},
      {"state=CLOSED", 0},
      {"flag=RATE_DIFFERS", 0},
      {"  outcome=RETURNED   institution=1311000002 ", 1},
  };
  for (const auto& [filter, claims] : filters) EXPECT_THAT(Listed(filter), SizeIs(claims)) << filter;
}

TEST_F(ClaimServices, AWrongFilterTermIsNamed) {
  for (const char* term : {"colour=red", "outcome", "outcome=", "outcome=LOST", "month=October", "institution=12",
                           "state=decided", "flag=NICE", "="}) {
    v1::ListClaimsRequest request;
    request.set_filter(std::string("outcome=RETURNED ") + term);
    v1::ListClaimsResponse response;
    const grpc::Status status = List(request, response);
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT) << term;
    EXPECT_THAT(status.error_message(), HasSubstr("filter term \"" + std::string(term) + "\" is not understood"));
  }
}

TEST_F(ClaimServices, AWrongPageIsRefused) {
  for (const auto& [size, token] :
       std::vector<std::pair<int, std::string>>{{-1, ""}, {1001, ""}, {0, "x"}, {0, "1."}, {0, ".1"}, {0, "1.-1"}}) {
    v1::ListClaimsRequest request;
    request.set_page_size(size);
    request.set_page_token(token);
    v1::ListClaimsResponse response;
    EXPECT_EQ(List(request, response).error_code(), StatusCode::INVALID_ARGUMENT) << size << " " << token;
  }
}

}  // namespace
}  // namespace furikae::rpc
