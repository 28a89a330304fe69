#include "rules/engine.h"

#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "rules/closing.h"
#include "rules/deciding.h"
#include "rules/intake.h"
#include "rules/people.h"
#include "rules/reference.h"
#include "rules/verify.h"

namespace furikae::rules {

Engine::Engine(storage::Store& store, const Rulebook& rulebook) : store_(store), rulebook_(rulebook) {}

absl::StatusOr<TableLoadReport> Engine::LoadTable(storage::TableKind kind, std::string_view file,
                                                  std::string_view bytes, bool strict, const RunMoment& run) {
  return LoadReference(store_, rulebook_, {kind, file, bytes, strict}, run);
}

absl::StatusOr<SubmitReport> Engine::Submit(std::string_view file, std::string_view bytes, const RunMoment& run,
                                            bool want_claim_ids) {
  ASSIGN_OR_RETURN(SubmitReport report, TakeIn(Prepare({file, bytes, bytes}, run), want_claim_ids));
  RETURN_IF_ERROR(Sync());
  return report;
}

absl::StatusOr<SubmitReport> Engine::TakeIn(const PreparedFile& file, bool want_claim_ids) {
  return rules::TakeIn(store_, file, want_claim_ids);
}

absl::Status Engine::Sync() { return store_.Sync(); }

absl::StatusOr<SubmitReport> Engine::SubmitJson(std::string_view file, const std::vector<JsonClaim>& claims,
                                                const RunMoment& run, bool want_claim_ids) {
  // GO of moved receipts: zeros, so that nothing has to add up.
  constexpr std::string_view kTrailer = "GO,0,0,99\r\n";
  SubmitReport all;
  all.file = file;
  all.already_known = !claims.empty();
  for (const JsonClaim& claim : claims) {
    const std::string records = Concat(claim.head, claim.receipt, kTrailer);
    ASSIGN_OR_RETURN(SubmitReport one, TakeIn(Prepare({file, claim.line, records, claim.paper}, run), want_claim_ids));
    all.digest = one.digest;
    all.already_known = all.already_known && one.already_known;
    all.accepted += one.accepted;
    all.refused += one.refused_whole ? 1 : one.refused;
    for (std::string& complaint : one.complaints) all.complaints.push_back(std::move(complaint));
    for (std::string& id : one.claim_ids) all.claim_ids.push_back(std::move(id));
  }
  RETURN_IF_ERROR(Sync());
  all.refused_whole = !claims.empty() && all.accepted == 0;
  return all;
}

absl::StatusOr<DecideReport> Engine::Decide(const RunMoment& run, const Progress& progress) {
  return DecideMonth(store_, rulebook_, run, progress);
}

absl::Status Engine::Act(const PeopleRow& action, const RunMoment& run, Again again) {
  return ActOnClaim(store_, rulebook_, action, run, again);
}

absl::StatusOr<CloseReport> Engine::Close(const RunMoment& run, const Progress& progress) {
  return CloseMonth(store_, rulebook_, run, progress);
}

absl::StatusOr<VerifyReport> Engine::Verify(const Progress& progress) { return VerifyStore(store_, progress); }

}  // namespace furikae::rules
