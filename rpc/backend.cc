#include "rpc/backend.h"

#include <map>
#include <utility>

#include "core/status.h"
#include "rules/rule_set.h"

namespace furikae::rpc {
namespace {

constexpr int kWorkerThreads = 4, kReaderThreads = 4;

}  // namespace

Backend::Backend(std::unique_ptr<storage::Store> opened, rules::Rulebook loaded)
    : store(std::move(opened)),
      rulebook(std::move(loaded)),
      engine(*store, rulebook),
      workers(kWorkerThreads),
      readers(kReaderThreads) {}

absl::StatusOr<std::unique_ptr<Backend>> Backend::Open(const BackendOptions& options) {
  std::map<std::string, std::string> files = rules::EmbeddedRegulations();
  if (!options.regulations_dir.empty()) {
    ASSIGN_OR_RETURN(files, rules::ReadRegulations(options.regulations_dir));
  }
  ASSIGN_OR_RETURN(rules::Rulebook rulebook, rules::LoadRuleSet(files));
  ASSIGN_OR_RETURN(std::unique_ptr<storage::Store> store,
                   storage::Store::Open({.data_dir = options.data_dir, .create_if_missing = options.create}));
  return std::make_unique<Backend>(std::move(store), std::move(rulebook));
}

}  // namespace furikae::rpc
