#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rpc/claim_view.h"
#include "rpc/json_claims.h"
#include "rpc/proto/furikae/v1/services.grpc.pb.h"
#include "rpc/reactors.h"
#include "rpc/services/run_moment.h"
#include "rpc/services/services.h"
#include "rules/explain_json.h"
#include "rules/explain_letter.h"
#include "rules/intake.h"

namespace furikae::rpc {
namespace {

constexpr int kDefaultPage = 100;
constexpr int kLargestPage = 1000;

bool IsJsonLines(const std::string& path) { return absl::EndsWithIgnoreCase(path, ".jsonl"); }

// A file of receipts on its way in: what needs no order is done when it is made, the rest by TakeIn.
class Submission {
 public:
  Submission(Backend& backend, const UploadedFile& file)
      : backend_(backend), file_(file), run_(ParseRunMoment(file.options.month(), file.options.now())) {
    if (!run_.ok()) return;
    if (IsJsonLines(file.path)) {
      claims_ = ReadJsonClaims(file.bytes, backend.rulebook);
    } else {
      prepared_ = rules::Prepare({file.path, file.bytes, file.bytes}, *run_);
    }
  }

  // Durable once the engine is synced.
  absl::StatusOr<rules::SubmitReport> TakeIn() const {
    RETURN_IF_ERROR(run_.status());
    const bool want_claim_ids = file_.options.want_claim_ids();
    MutexLock lock(&backend_.working);
    if (prepared_) return backend_.engine.TakeIn(*prepared_, want_claim_ids);
    return backend_.engine.SubmitJson(file_.path, claims_, *run_, want_claim_ids);
  }

 private:
  Backend& backend_;
  const UploadedFile& file_;
  const absl::StatusOr<rules::RunMoment> run_;
  std::optional<rules::PreparedFile> prepared_;  // nullopt: JSON lines
  std::vector<rules::Engine::JsonClaim> claims_;
};

void Fill(const rules::SubmitReport& report, v1::SubmitResponse& response) {
  response.set_submission(storage::DigestPrefix(report.digest));
  response.set_already_known(report.already_known);
  response.set_refused_whole(report.refused_whole);
  response.set_accepted(report.accepted);
  response.set_refused(report.refused);
  for (const std::string& complaint : report.complaints) response.add_complaints(complaint);
  for (const std::string& note : report.notes) response.add_notes(note);
  for (const std::string& id : report.claim_ids) response.add_claim_ids(id);
}

void Fill(const rules::DecideReport& report, v1::DecideReport& message) {
  message.set_decided(report.decided);
  message.set_unchanged(report.unchanged);
  for (const auto& [outcome, sum] : report.outcomes) {
    v1::OutcomeSum* row = message.add_outcomes();
    row->set_outcome(std::string(OutcomeName(outcome)));
    row->set_receipts(sum.receipts);
    row->set_yen(sum.yen.value);
  }
}

absl::StatusOr<rules::ExplainQuestions> QuestionsOf(const v1::ExplainClaimRequest& request) {
  rules::ExplainQuestions questions;
  questions.lost_rows = request.near_rows() || request.all_rows();
  questions.changes = request.what_would_change();
  rules::Assumptions& assumptions = questions.assumptions;
  if (!request.as_of().empty()) {
    ASSIGN_OR_RETURN(assumptions.as_of, ParseMoment("as_of", request.as_of()));
  }
  for (const std::string& text : request.what_if()) RETURN_IF_ERROR(assumptions.Add(text));
  return questions;
}

// A page token is the key of the first claim of the next page.
std::string PageToken(storage::ClaimKey key) { return absl::StrCat(key.submission, ".", key.receipt); }

absl::StatusOr<storage::ClaimKey> ParsePageToken(const std::string& token) {
  storage::ClaimKey key;
  const size_t dot = token.find('.');
  if (token.empty()) return key;
  if (dot == std::string::npos || !absl::SimpleAtoi(token.substr(0, dot), &key.submission) ||
      !absl::SimpleAtoi(token.substr(dot + 1), &key.receipt)) {
    return absl::InvalidArgumentError("page_token is not one that ListClaims gave");
  }
  return key;
}

// A page of the claims that a filter keeps, from a key on.
struct Page {
  const storage::Store& store;
  const ClaimFilter& filter;
  size_t size;
  v1::ListClaimsResponse& response;
  storage::Submission submission{};

  absl::Status operator()(const storage::Claim& claim, std::string_view) {
    if (submission.sequence != claim.key.submission) {
      ASSIGN_OR_RETURN(submission, store.GetSubmission(claim.key.submission));
    }
    if (!filter.Keeps(claim, submission)) return absl::OkStatus();
    if (static_cast<size_t>(response.claims_size()) == size) {
      response.set_next_page_token(PageToken(claim.key));
      return absl::CancelledError("page is full");
    }
    return FillClaimView(store, claim, *response.add_claims());
  }
};

absl::Status List(const Backend& backend, const v1::ListClaimsRequest& request, v1::ListClaimsResponse& response) {
  if (request.page_size() < 0 || request.page_size() > kLargestPage) {
    return absl::InvalidArgumentError(absl::StrCat("page_size must be 0 to ", kLargestPage));
  }
  ASSIGN_OR_RETURN(const ClaimFilter filter, ParseClaimFilter(request.filter()));
  ASSIGN_OR_RETURN(const storage::ClaimKey from, ParsePageToken(request.page_token()));
  const size_t size = request.page_size() == 0 ? kDefaultPage : static_cast<size_t>(request.page_size());
  Page page{*backend.store, filter, size, response};
  return backend.store->ForEachClaim(
      from, false, [&page](const storage::Claim& claim, std::string_view bytes) { return page(claim, bytes); });
}

class ClaimService final : public v1::ClaimService::CallbackService {
 public:
  explicit ClaimService(Backend& backend) : backend_(backend) {}

  grpc::ServerReadReactor<v1::FileChunk>* SubmitFile(grpc::CallbackServerContext* context,
                                                     v1::SubmitResponse* response) override {
    return new Upload<v1::SubmitResponse>(context, backend_.workers, response, [this](const UploadedFile& file) {
      return [this, submission = std::make_shared<const Submission>(backend_, file)](
                 Upload<v1::SubmitResponse>& upload, v1::SubmitResponse& answer) -> absl::Status {
        ASSIGN_OR_RETURN(const rules::SubmitReport report, submission->TakeIn());
        upload.TellTakenIn();
        RETURN_IF_ERROR(backend_.engine.Sync());
        Fill(report, answer);
        return absl::OkStatus();
      };
    });
  }

  grpc::ServerWriteReactor<v1::DecideProgress>* DecideClaims(grpc::CallbackServerContext*,
                                                             const v1::RunMoment* request) override {
    return new Stream<v1::DecideProgress>(
        backend_.workers, [this, request = *request](Stream<v1::DecideProgress>& out) -> absl::Status {
          ASSIGN_OR_RETURN(const rules::RunMoment run, ParseRunMoment(request.month(), request.now()));
          MutexLock lock(&backend_.working);
          ASSIGN_OR_RETURN(const rules::DecideReport report, backend_.engine.Decide(run, ProgressTo(out)));
          v1::DecideProgress last;
          Fill(report, *last.mutable_report());
          return out.Send(std::move(last));
        });
  }

  grpc::ServerUnaryReactor* GetClaim(grpc::CallbackServerContext* context, const v1::GetClaimRequest* request,
                                     v1::ClaimView* response) override {
    return Answer(context, backend_.readers, [=, this]() -> absl::Status {
      ASSIGN_OR_RETURN(const storage::ClaimKey key, backend_.store->ParseClaimId(request->claim_id()));
      ASSIGN_OR_RETURN(const storage::Claim claim, backend_.store->GetClaim(key));
      return FillClaimView(*backend_.store, claim, *response);
    });
  }

  grpc::ServerUnaryReactor* ListClaims(grpc::CallbackServerContext* context, const v1::ListClaimsRequest* request,
                                       v1::ListClaimsResponse* response) override {
    return Answer(context, backend_.readers, [=, this] { return List(backend_, *request, *response); });
  }

  grpc::ServerUnaryReactor* ExplainClaim(grpc::CallbackServerContext* context, const v1::ExplainClaimRequest* request,
                                         v1::ExplainClaimResponse* response) override {
    return Answer(context, backend_.readers, [=, this]() -> absl::Status {
      ASSIGN_OR_RETURN(const storage::ClaimKey key, backend_.store->ParseClaimId(request->claim_id()));
      ASSIGN_OR_RETURN(const rules::Language language, rules::ParseLanguage(request->lang()));
      ASSIGN_OR_RETURN(const rules::ExplainQuestions questions, QuestionsOf(*request));
      ReaderMutexLock lock(&backend_.tables);  // pools are explained by the masters, what would be by the registry too
      ASSIGN_OR_RETURN(const rules::Explanation why,
                       rules::Explain(*backend_.store, backend_.rulebook, key, questions));
      response->set_text(rules::Letter(why, rules::PhrasesOf(language), {.every_lost_row = request->all_rows()}));
      response->set_json(rules::ExplanationJson(why));
      return absl::OkStatus();
    });
  }

 private:
  Backend& backend_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeClaimService(Backend& backend) { return std::make_unique<ClaimService>(backend); }

}  // namespace furikae::rpc
