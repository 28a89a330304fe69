#include "tools/furikae/people.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "core/status.h"
#include "rpc/status.h"
#include "tools/furikae/console.h"

namespace furikae::tools {

v1::PersonAction PersonOptions::Message() const {
  v1::PersonAction message;
  message.set_claim_id(claim_id);
  message.set_subject_id(subject_id);
  message.set_insurer(insurer);
  message.set_actor(actor);
  *message.mutable_run() = run.Message();
  return message;
}

absl::StatusOr<int> Act(const Globals& globals, const PersonOptions& options, const ActionCall& call) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  grpc::ClientContext context;
  v1::ClaimView claim;
  RETURN_IF_ERROR(rpc::FromGrpc(call(*session, context, options.Message(), claim)));
  RETURN_IF_ERROR(PrintJson(claim));
  return kExitDone;
}

absl::Status PrintReview(const Globals& globals, const v1::Review& review) {
  if (globals.json) return PrintJson(review);
  absl::FPrintF(stdout, "%s%s%s\n", review.claim().claim_id(), review.claim().deferred() ? " deferred" : "",
                review.claim().inquiry_open() ? " inquiry open" : "");
  for (const v1::Candidate& candidate : review.candidates()) {
    std::vector<std::string> evidence;
    for (const auto& [field, level] : candidate.evidence()) evidence.push_back(absl::StrCat(field, " ", level));
    std::sort(evidence.begin(), evidence.end());
    absl::FPrintF(stdout, "  %s: %s\n", candidate.subject_id(), absl::StrJoin(evidence, ", "));
  }
  return absl::OkStatus();
}

absl::StatusOr<int> ListOpen(const Globals& globals, const ListCall& call) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  v1::ListReviewsRequest request;
  do {
    grpc::ClientContext context;
    v1::ListReviewsResponse response;
    RETURN_IF_ERROR(rpc::FromGrpc(call(*session, context, request, response)));
    for (const v1::Review& review : response.reviews()) RETURN_IF_ERROR(PrintReview(globals, review));
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return kExitDone;
}

void AddActionVerb(Program& program, CLI::App& parent, const ActionVerb& action, ActionCall call) {
  auto options = std::make_shared<PersonOptions>();
  CLI::App* verb = program.Add(parent, action.name, action.what, action.example);
  verb->add_option("claim_id", options->claim_id)->required();
  if (action.takes_subject)
    verb->add_option("--subject", options->subject_id, "SubjectId of the person")->required(!action.takes_insurer);
  if (action.takes_insurer) verb->add_option("--insurer", options->insurer, "insurer number, 8 digits");
  verb->add_option("--actor", options->actor, "who decides, as your agency names its staff")->required();
  options->run.AddTo(verb);
  verb->get_option("--now")->description(
      "when it is decided; said with the same moment again it changes nothing (default: the month's last second, "
      "+09:00)");
  verb->callback([&program, options, call = std::move(call)] {
    program.work = [&program, options, call] { return Act(program.globals, *options, call); };
  });
}

}  // namespace furikae::tools
