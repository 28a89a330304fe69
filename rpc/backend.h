// rpc/backend.h — what the services stand on: one store, one rule set, the engine over them.
//
//   ASSIGN_OR_RETURN(auto backend, Backend::Open({.data_dir = "data"}));
//
// Calls that change something hold `working`, one at a time, since the month's steps are ordered; reading an upload
// before, and waiting for the disk behind, need no lock. Neither do calls that read: the store may be read beside any
// write, and they have threads of their own, so that no number of waiting changes keeps them waiting. But registry
// index and masters may only be read while no load is changing them: who reads them without `working` holds `tables`
// as a reader. What reads the store over and over and means one state of it (export, verify, a diff of rule sets)
// holds `working`, for the store has no snapshots. Open fails as ReadRegulations, LoadRuleSet and
// Store::Open do: NotFound, InvalidArgument, Unavailable and what storage/database.h lists. Source: DESIGN §3 (the
// engine runs the same in process and over gRPC).
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "core/mutex.h"
#include "rpc/workers.h"
#include "rules/engine.h"
#include "rules/table.h"
#include "storage/store.h"

namespace furikae::rpc {

inline constexpr char kVersion[] = "0.1.0";

struct BackendOptions {
  std::string data_dir;
  std::string regulations_dir;  // empty: the regulations built into the program
  bool create = true;           // make the data directory when it is not there; false: NotFound
};

struct Backend {
  static absl::StatusOr<std::unique_ptr<Backend>> Open(const BackendOptions& options);

  Backend(std::unique_ptr<storage::Store> store, rules::Rulebook rulebook);

  std::unique_ptr<storage::Store> store;
  const rules::Rulebook rulebook;
  rules::Engine engine;
  Mutex working;
  Mutex tables;  // a load of tables holds it beside `working`, which it takes first
  // Last: they finish their calls before the rest goes.
  Workers workers;
  Workers readers;  // of calls that never wait for `working`
};

}  // namespace furikae::rpc
