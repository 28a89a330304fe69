// rpc/backend.h — what the services stand on: one store, one rule set, the engine over them.
//
//   ASSIGN_OR_RETURN(auto backend, Backend::Open({.data_dir = "data"}));
//
// Calls that change something hold `working`, one at a time, since the month's steps are ordered; reading an upload
// before, and waiting for the disk behind, need no lock, nor do readers. Open fails as ReadRegulations, LoadRuleSet and
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
  Workers workers;  // last: finishes its calls before the rest goes
};

}  // namespace furikae::rpc
