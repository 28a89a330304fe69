// rules/engine.h — the month's work over a store: take in files, decide, let people answer, close, verify. What the
// services call.
//
//   Engine engine(store, rulebook);
//   engine.LoadTable(storage::TableKind::kRegistry, "registry.csv", bytes, /*strict=*/false, {.month = m, .now = now});
//   engine.Submit("receipts/a.UKE", bytes, {.month = m, .now = now});
//   engine.Decide({.month = m, .now = now}, progress);   engine.Close(…);
//
// Every step is idempotent: doing it again, also after a crash in its middle, changes nothing. Each decided group is
// one atomic write of claims, events, ledger entries and rollups, and durable before the step reports. One Engine works
// on a store at a time; its methods, but for Sync, are not to be called at the same time. A claim month that is closed,
// or lies before one that is, takes in nothing more: FailedPrecondition says so. Source: decisions.md §1–§9.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/decision.h"
#include "core/masters.h"
#include "rules/json_claim.h"
#include "rules/table.h"
#include "storage/loading/loading.h"
#include "storage/records.h"
#include "storage/store.h"

namespace furikae::rules {

struct RunMoment {
  ServiceMonth month;  // the claim month that is open
  Moment now;
};

struct SubmitReport {
  storage::Digest digest{};  // of the file; of the last line for JSON lines
  std::string file;
  bool already_known = false;  // the same bytes were submitted before: nothing changed
  bool refused_whole = false;
  int64_t accepted = 0, refused = 0;
  std::vector<std::string> complaints;  // why the file, then why receipts are refused: file, line, field, reason each
  std::vector<std::string> notes;       // what else is worth knowing and refuses nothing, told alike
  std::vector<std::string> claim_ids;   // of accepted receipts; only when asked for
};

// Counts and yen per outcome.
struct OutcomeSum {
  int64_t receipts = 0;
  Yen yen;
};
struct DecideReport {
  bool already_closed = false;  // the month is closed: nothing is decided, the sums are those of its close
  int64_t decided = 0;          // newly or anew (PENDING taken up again, people acted)
  int64_t unchanged = 0;
  std::map<Outcome, OutcomeSum> outcomes;  // of all claims of the month
};
struct CloseReport {
  bool already_closed = false;
  int64_t claims = 0, pools = 0;
  Yen apportioned, unallocated;
  std::vector<std::string> notes;  // weights left out of a pool, and why; reviews that stay open
};
struct VerifyReport {
  int64_t claims = 0, events = 0, entries = 0, pools = 0, registry_rows = 0;
  std::vector<std::string> differences;  // empty = all agrees; the first of each kind is named
};
using Progress = std::function<void(std::string_view step, int64_t done, int64_t total)>;

struct PreparedFile;  // rules/intake.h

struct TableLoadReport {
  bool already_known = false;  // the same bytes were loaded before: nothing changed, and this is what was told then
  bool refused_whole = false;  // `strict`, and a row is refused: nothing is loaded now
  int64_t rows = 0, loaded = 0, refused = 0;  // rows = loaded + refused, unless refused as a whole
  std::vector<std::string> complaints;        // refused rows: file, row, column and reason each
  std::vector<std::string> notes;
};

// When an act counts that equals one which the claim has already, and one that would change nothing.
struct Again {
  std::optional<size_t> nth = 1;  // it is the nth of its like: only while the claim has fewer, so that replays change
                                  // nothing
  bool history = false;           // it stands where it stands in time, also where it changes nothing

  // Somebody does it now, knowing what was done before: it counts, unless it is what was done last; an UNDO always.
  static Again ActOfItsOwn() { return {.nth = std::nullopt}; }
  // One of many that are told together. Whether it is taken must not depend on those after it, which a replay finds
  // there: so what changes nothing is kept too.
  static Again RowOfAFile(size_t nth) { return {.nth = nth, .history = true}; }
};

class Engine {
 public:
  Engine(storage::Store& store, const Rulebook& rulebook);

  // Good rows are loaded and bad ones reported; with `strict` a bad row refuses the file (refused_whole). people: each
  // row with At ≤ now is applied as by Act, in the order of At; later ones are left for a later run, and one that
  // cannot be applied is refused by itself, `strict` or not.
  absl::StatusOr<TableLoadReport> LoadTable(storage::TableKind kind, std::string_view file, std::string_view bytes,
                                            bool strict, const RunMoment& run);

  absl::StatusOr<SubmitReport> Submit(std::string_view file, std::string_view bytes, const RunMoment& run,
                                      bool want_claim_ids = false);
  // The same in three steps, for who has further files to come: Prepare (rules/intake.h) needs no engine and may run
  // beside anything; then this; and the report may be told once Sync returns, which may run beside taking in the next.
  absl::StatusOr<SubmitReport> TakeIn(const PreparedFile& file, bool want_claim_ids = false);
  absl::Status Sync();
  // JSON lines (furikae.v1.Claim), each already turned into the records of a UKE receipt by the caller, or refused by
  // it. Every line that is not is a submission of its own; what is wrong with it is told by its line and its fields.
  struct JsonClaim {
    int64_t number = 0;  // of the line in the file, from 1
    std::string line;
    absl::StatusOr<UkeClaim> uke;  // not OK: refused, with the field and the reason
    bool paper = false;            // typed from paper: never moved (E11)
    int64_t further_refused = 0;   // lines after it that are refused too, and only counted
  };
  absl::StatusOr<SubmitReport> SubmitJson(std::string_view file, const std::vector<JsonClaim>& claims,
                                          const RunMoment& run, bool want_claim_ids = false);

  absl::StatusOr<DecideReport> Decide(const RunMoment& run, const Progress& progress);

  // What a person decided. A claim that is decided already is decided anew at once; one that is closed becomes a late
  // identification (or its undo), posted in the open month. The same row again changes nothing: see Again.
  // Errors: NotFound / InvalidArgument (claim id, person, action), FailedPrecondition (nothing to undo; nothing left to
  // identify).
  absl::Status Act(const PeopleRow& action, const RunMoment& run, Again again = {});

  // Every receipt of the month has to be decided: FailedPrecondition otherwise.
  absl::StatusOr<CloseReport> Close(const RunMoment& run, const Progress& progress);

  // Re-derives everything from the event log and the receipts, and checks the laws of decisions.md §9.
  absl::StatusOr<VerifyReport> Verify(const Progress& progress);

 private:
  storage::Store& store_;
  const Rulebook& rulebook_;
};

}  // namespace furikae::rules
