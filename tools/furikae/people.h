// tools/furikae/people.h — what the verbs `review` and `inquiry` share: an action on one claim, and lists of open work.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {

struct PersonOptions {
  RunOptions run;
  std::string claim_id, subject_id, insurer, actor;
  v1::PersonAction Message() const;
};

// Calls one RPC that acts on a claim, and prints what became of the claim.
using ActionCall = std::function<grpc::Status(Session&, grpc::ClientContext&, const v1::PersonAction&, v1::ClaimView&)>;
absl::StatusOr<int> Act(const Globals& globals, const PersonOptions& options, const ActionCall& call);

// Calls one RPC that lists open work, page by page, and prints it.
using ListCall = std::function<grpc::Status(Session&, grpc::ClientContext&, const v1::ListReviewsRequest&,
                                            v1::ListReviewsResponse&)>;
absl::StatusOr<int> ListOpen(const Globals& globals, const ListCall& call);

absl::Status PrintReview(const Globals& globals, const v1::Review& review);

// A subcommand that acts on one claim.
struct ActionVerb {
  std::string name, what, example;
  bool takes_subject = false, takes_insurer = false;
};
void AddActionVerb(Program& program, CLI::App& parent, const ActionVerb& verb, ActionCall call);

}  // namespace furikae::tools
