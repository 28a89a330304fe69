#include "rules/engine.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "rules/closing.h"
#include "rules/deciding.h"
#include "rules/intake.h"
#include "rules/json_fields.h"
#include "rules/people.h"
#include "rules/reference.h"
#include "rules/verify.h"

namespace furikae::rules {
namespace {

void Move(std::vector<std::string>&& from, std::vector<std::string>& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

// What became of one line, to what became of the lines before it.
void Add(SubmitReport&& line, SubmitReport& all) {
  all.digest = line.digest;
  all.already_known = all.already_known && line.already_known;
  all.accepted += line.accepted;
  all.refused += line.refused_whole ? 1 : line.refused;
  Move(std::move(line.complaints), all.complaints);
  Move(std::move(line.notes), all.notes);
  Move(std::move(line.claim_ids), all.claim_ids);
}

}  // namespace

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
  all.already_known = std::any_of(claims.begin(), claims.end(), [](const JsonClaim& claim) { return claim.uke.ok(); });
  for (const JsonClaim& claim : claims) {
    const std::string place = Concat(file, " line ", claim.number);
    if (!claim.uke.ok()) {
      all.refused += 1 + claim.further_refused;
      all.complaints.push_back(Concat(place, ": ", claim.uke.status().message()));
      if (claim.further_refused > 0)
        all.notes.push_back(Concat(file, ": ", claim.further_refused, " more refused lines are not listed"));
      continue;
    }
    const std::string records = Concat(claim.uke->head, claim.uke->receipt, kTrailer);
    PreparedFile prepared = Prepare({file, claim.line, records, claim.paper}, run);
    prepared.place = place;
    TellByField(*claim.uke, prepared.parsed->complaints);
    ASSIGN_OR_RETURN(SubmitReport one, TakeIn(prepared, want_claim_ids));
    Add(std::move(one), all);
  }
  RETURN_IF_ERROR(Sync());
  all.refused_whole = !claims.empty() && all.accepted == 0;
  return all;
}

absl::StatusOr<DecideReport> Engine::Decide(const RunMoment& run, const Progress& progress) {
  return DecideMonth(store_, rulebook_, run, progress);
}

absl::Status Engine::Act(const PeopleRow& action, const RunMoment& run, Again again) {
  return ActOnClaim(store_, rulebook_, action, run, again).status();
}

absl::StatusOr<CloseReport> Engine::Close(const RunMoment& run, const Progress& progress) {
  return CloseMonth(store_, rulebook_, run, progress);
}

absl::StatusOr<VerifyReport> Engine::Verify(const Progress& progress) { return VerifyStore(store_, progress); }

}  // namespace furikae::rules
