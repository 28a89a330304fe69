// rules/engine.h — the month's work over a store: take in files, decide, let people answer, close, verify. What the services call.
//
//   Engine engine(store, rulebook);
//   engine.Submit("receipts/a.UKE", bytes, {.month = m, .now = now});
//   engine.Decide({.month = m, .now = now}, progress);   engine.Close(…);
//
// Every step is idempotent: doing it again, also after a crash in its middle, changes nothing. Each decided group is one atomic,
// synced write of claims, events, ledger entries and rollups. One Engine works on a store at a time. Source: decisions.md §1–§9.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/decision.h"
#include "core/masters.h"
#include "rules/table.h"
#include "storage/records.h"
#include "storage/store.h"

namespace furikae::rules {

struct RunMoment {
  ServiceMonth month;  // the claim month that is open
  Moment now;
};

struct SubmitReport {
  storage::Digest digest{};
  std::string file;
  bool already_known = false;     // the same bytes were submitted before: nothing changed
  bool refused_whole = false;
  int64_t accepted = 0, refused = 0;
  std::vector<std::string> complaints;  // file, line, column, field name and reason each
  std::vector<std::string> claim_ids;   // of accepted receipts; only when asked for
};

// Counts and yen per outcome.
struct OutcomeSum { int64_t receipts = 0; Yen yen; };
struct DecideReport {
  int64_t decided = 0;     // newly or anew (PENDING taken up again, people acted)
  int64_t unchanged = 0;
  std::map<Outcome, OutcomeSum> outcomes;  // of all claims of the month
};
struct CloseReport {
  bool already_closed = false;
  int64_t claims = 0, pools = 0;
  Yen apportioned, unallocated;
  std::vector<std::string> notes;
};
struct VerifyReport {
  int64_t claims = 0, events = 0, entries = 0, pools = 0, registry_rows = 0;
  std::vector<std::string> differences;  // empty = all agrees; the first of each kind is named
};
using Progress = std::function<void(std::string_view step, int64_t done, int64_t total)>;

class Engine {
 public:
  Engine(storage::Store& store, const Rulebook& rulebook);

  absl::StatusOr<SubmitReport> Submit(std::string_view file, std::string_view bytes, const RunMoment& run, bool want_claim_ids = false);
  // JSON lines (furikae.v1.Claim), each already turned into the records of a UKE receipt by the caller.
  struct JsonClaim { std::string line; std::string head; std::string receipt; };
  absl::StatusOr<SubmitReport> SubmitJson(std::string_view file, const std::vector<JsonClaim>& claims, const RunMoment& run);
  absl::StatusOr<DecideReport> Decide(const RunMoment& run, const Progress& progress);
  // What people decided: applied at the next Decide (or at once for a closed claim: late identification, undo).
  absl::Status Act(const PeopleRow& action, const RunMoment& run);
  absl::StatusOr<CloseReport> Close(const RunMoment& run, const Progress& progress);
  absl::StatusOr<VerifyReport> Verify(const Progress& progress);

 private:
  storage::Store& store_;
  const Rulebook& rulebook_;
};

}  // namespace furikae::rules
