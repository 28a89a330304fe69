// furikae review — the few claims that a person has to decide.
#include <memory>

#include "core/status.h"
#include "rpc/status.h"
#include "tools/furikae/people.h"

namespace furikae::tools {
namespace {

using Stub = v1::ReviewService::Stub;
using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const v1::PersonAction&, v1::ClaimView*);

ActionCall Calling(Method method) {
  return [method](Session& session, grpc::ClientContext& context, const v1::PersonAction& request,
                  v1::ClaimView& response) {
    return (v1::ReviewService::NewStub(session.channel()).get()->*method)(&context, request, &response);
  };
}

absl::StatusOr<int> Show(const Globals& globals, const std::string& claim_id) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  v1::GetClaimRequest request;
  request.set_claim_id(claim_id);
  grpc::ClientContext context;
  v1::Review review;
  RETURN_IF_ERROR(rpc::FromGrpc(v1::ReviewService::NewStub(session->channel())->GetReview(&context, request, &review)));
  RETURN_IF_ERROR(PrintReview(globals, review));
  return kExitDone;
}

}  // namespace

void AddReview(Program& program) {
  CLI::App* verb = program.Add("review", "claims that a person has to decide", "furikae review list --data-dir data");
  verb->require_subcommand(1);
  CLI::App* list =
      program.Add(*verb, "list", "open reviews with their candidates", "furikae review list --data-dir data");
  list->callback([&program] {
    program.work = [&program] {
      return ListOpen(program.globals, [](Session& session, grpc::ClientContext& context,
                                          const v1::ListReviewsRequest& request, v1::ListReviewsResponse& response) {
        return v1::ReviewService::NewStub(session.channel())->ListReviews(&context, request, &response);
      });
    };
  });
  const std::string id = "1311234567-1-202410-0123456789abcdef-000001";
  auto claim_id = std::make_shared<std::string>();
  CLI::App* show = program.Add(*verb, "show", "one review with the evidence for each candidate",
                               "furikae review show --data-dir data " + id);
  show->add_option("claim_id", *claim_id)->required();
  show->callback(
      [&program, claim_id] { program.work = [&program, claim_id] { return Show(program.globals, *claim_id); }; });

  const std::string common = " --data-dir data --month 2024-10 --actor reviewer-12 " + id;
  AddActionVerb(
      program, *verb,
      {"accept", "the patient is this candidate", "furikae review accept --subject S-000123" + common, true, false},
      Calling(&Stub::AcceptCandidate));
  AddActionVerb(program, *verb,
                {"reject", "none of the candidates is the patient", "furikae review reject" + common, false, false},
                Calling(&Stub::RejectCandidates));
  AddActionVerb(program, *verb,
                {"defer", "leave it open when the month is closed", "furikae review defer" + common, false, false},
                Calling(&Stub::DeferReview));
  AddActionVerb(program, *verb,
                {"undo", "take back the latest action on the claim", "furikae review undo" + common, false, false},
                Calling(&Stub::UndoAction));
}

}  // namespace furikae::tools
