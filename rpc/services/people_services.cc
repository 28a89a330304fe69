// ReviewService and InquiryService: what people decide about single claims, one action at a time.
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rpc/claim_view.h"
#include "rpc/proto/furikae/v1/services.grpc.pb.h"
#include "rpc/reactors.h"
#include "rpc/services/run_moment.h"
#include "rpc/services/services.h"

namespace furikae::rpc {
namespace {

constexpr int kDefaultPage = 100;
constexpr int kLargestPage = 1000;

absl::StatusOr<PeopleRow> ReadAction(const v1::PersonAction& request, Action action, const rules::RunMoment& run) {
  PeopleRow row;
  row.claim_id = request.claim_id();
  row.action = action;
  row.subject_id = request.subject_id();
  row.actor = request.actor();
  row.at = run.now;
  if (row.actor.empty())
    return absl::InvalidArgumentError("actor is missing; say who decides, for example --actor reviewer-12");
  if (action == Action::kAccept && row.subject_id.empty()) {
    return absl::InvalidArgumentError("subject_id is missing; name the candidate that is accepted");
  }
  if (request.insurer().empty()) return row;
  const auto insurer = InsurerNumber::Parse(request.insurer());
  if (!insurer)
    return absl::InvalidArgumentError(
        absl::StrCat("insurer \"", request.insurer(), "\" is no insurer number; write up to 8 digits"));
  row.insurer = *insurer;
  return row;
}

absl::Status Act(Backend& backend, const v1::PersonAction& request, Action action, v1::ClaimView& response) {
  ASSIGN_OR_RETURN(const rules::RunMoment run, ParseRunMoment(request.run().month(), request.run().now()));
  ASSIGN_OR_RETURN(const PeopleRow row, ReadAction(request, action, run));
  MutexLock lock(&backend.working);
  ASSIGN_OR_RETURN(const storage::ClaimKey key, backend.store->ParseClaimId(row.claim_id));
  const bool has_moment = !request.run().now().empty();
  RETURN_IF_ERROR(backend.engine.Act(row, run, has_moment ? rules::Again{} : rules::Again::ActOfItsOwn()));
  ASSIGN_OR_RETURN(const storage::Claim claim, backend.store->GetClaim(key));
  return FillClaimView(*backend.store, claim, response);
}

grpc::ServerUnaryReactor* Acting(Backend& backend, grpc::CallbackServerContext* context,
                                 const v1::PersonAction* request, Action action, v1::ClaimView* response) {
  return Answer(context, backend.workers, [=, &backend] { return Act(backend, *request, action, *response); });
}

absl::Status FillReview(const storage::Store& store, const storage::Claim& claim, v1::Review& review) {
  RETURN_IF_ERROR(FillClaimView(store, claim, *review.mutable_claim()));
  if (!claim.decision.identification) return absl::OkStatus();
  for (const Candidate& candidate : claim.decision.identification->candidates) {
    v1::Candidate* row = review.add_candidates();
    row->set_subject_id(candidate.subject_id);
    for (const auto& [field, evidence] : candidate.fields) (*row->mutable_evidence())[field] = evidence;
  }
  return absl::OkStatus();
}

using IsOpen = std::function<bool(const storage::Claim&)>;
bool ReviewIsOpen(const storage::Claim& claim) { return claim.review_open; }
bool InquiryIsOpen(const storage::Claim& claim) { return claim.inquiry_open; }

absl::Status ListOpen(const storage::Store& store, const v1::ListReviewsRequest& request, const IsOpen& is_open,
                      v1::ListReviewsResponse& response) {
  if (request.page_size() < 0 || request.page_size() > kLargestPage) {
    return absl::InvalidArgumentError(absl::StrCat("page_size must be 0 to ", kLargestPage));
  }
  storage::ClaimKey from;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(from, store.ParseClaimId(request.page_token()));
  }
  const int size = request.page_size() == 0 ? kDefaultPage : request.page_size();
  return store.ForEachClaim(from, false, [&](const storage::Claim& claim, std::string_view) -> absl::Status {
    if (!is_open(claim)) return absl::OkStatus();
    if (response.reviews_size() < size) return FillReview(store, claim, *response.add_reviews());
    ASSIGN_OR_RETURN(*response.mutable_next_page_token(), store.ClaimId(claim.key));
    return absl::CancelledError("page is full");
  });
}

class ReviewService final : public v1::ReviewService::CallbackService {
 public:
  explicit ReviewService(Backend& backend) : backend_(backend) {}

  grpc::ServerUnaryReactor* ListReviews(grpc::CallbackServerContext* context, const v1::ListReviewsRequest* request,
                                        v1::ListReviewsResponse* response) override {
    return Answer(context, backend_.readers,
                  [=, this] { return ListOpen(*backend_.store, *request, ReviewIsOpen, *response); });
  }
  grpc::ServerUnaryReactor* GetReview(grpc::CallbackServerContext* context, const v1::GetClaimRequest* request,
                                      v1::Review* response) override {
    return Answer(context, backend_.readers, [=, this]() -> absl::Status {
      ASSIGN_OR_RETURN(const storage::ClaimKey key, backend_.store->ParseClaimId(request->claim_id()));
      ASSIGN_OR_RETURN(const storage::Claim claim, backend_.store->GetClaim(key));
      return FillReview(*backend_.store, claim, *response);
    });
  }
  grpc::ServerUnaryReactor* AcceptCandidate(grpc::CallbackServerContext* context, const v1::PersonAction* request,
                                            v1::ClaimView* response) override {
    return Acting(backend_, context, request, Action::kAccept, response);
  }
  grpc::ServerUnaryReactor* RejectCandidates(grpc::CallbackServerContext* context, const v1::PersonAction* request,
                                             v1::ClaimView* response) override {
    return Acting(backend_, context, request, Action::kReject, response);
  }
  grpc::ServerUnaryReactor* DeferReview(grpc::CallbackServerContext* context, const v1::PersonAction* request,
                                        v1::ClaimView* response) override {
    return Acting(backend_, context, request, Action::kDefer, response);
  }
  grpc::ServerUnaryReactor* UndoAction(grpc::CallbackServerContext* context, const v1::PersonAction* request,
                                       v1::ClaimView* response) override {
    return Acting(backend_, context, request, Action::kUndo, response);
  }

 private:
  Backend& backend_;
};

class InquiryService final : public v1::InquiryService::CallbackService {
 public:
  explicit InquiryService(Backend& backend) : backend_(backend) {}

  grpc::ServerUnaryReactor* ListInquiries(grpc::CallbackServerContext* context, const v1::ListReviewsRequest* request,
                                          v1::ListReviewsResponse* response) override {
    return Answer(context, backend_.readers,
                  [=, this] { return ListOpen(*backend_.store, *request, InquiryIsOpen, *response); });
  }
  grpc::ServerUnaryReactor* OpenInquiry(grpc::CallbackServerContext* context, const v1::PersonAction* request,
                                        v1::ClaimView* response) override {
    return Acting(backend_, context, request, Action::kInquire, response);
  }
  grpc::ServerUnaryReactor* ConfirmInquiry(grpc::CallbackServerContext* context, const v1::PersonAction* request,
                                           v1::ClaimView* response) override {
    return Acting(backend_, context, request, Action::kConfirm, response);
  }
  grpc::ServerUnaryReactor* DenyInquiry(grpc::CallbackServerContext* context, const v1::PersonAction* request,
                                        v1::ClaimView* response) override {
    return Acting(backend_, context, request, Action::kDeny, response);
  }

 private:
  Backend& backend_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeReviewService(Backend& backend) { return std::make_unique<ReviewService>(backend); }
std::unique_ptr<grpc::Service> MakeInquiryService(Backend& backend) {
  return std::make_unique<InquiryService>(backend);
}

}  // namespace furikae::rpc
