#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "core/concat.h"
#include "core/status.h"
#include "rpc/proto/furikae/v1/rules.grpc.pb.h"
#include "rpc/reactors.h"
#include "rpc/services/run_moment.h"
#include "rpc/services/services.h"
#include "rules/deciding.h"
#include "rules/rule_diff.h"
#include "rules/rule_set.h"
#include "rules/stored_months.h"

namespace furikae::rpc {
namespace {

absl::StatusOr<rules::Rulebook> ReadRuleSet(const storage::Store& store, const v1::RuleSet& set) {
  if (!set.kept().empty() && set.files().empty()) return rules::KeptRuleSet(store, set.kept());
  if (!set.kept().empty() || set.files().empty())
    return absl::InvalidArgumentError("a rule set is either files or the digest of one that is kept");
  return rules::LoadRuleSet({set.files().begin(), set.files().end()});
}

absl::StatusOr<rules::Rulebook> ReadSide(const storage::Store& store, const v1::RuleSet& set, std::string_view name) {
  absl::StatusOr<rules::Rulebook> rulebook = ReadRuleSet(store, set);
  if (rulebook.ok()) return rulebook;
  return absl::Status(rulebook.status().code(), Concat(name, ": ", StdView(rulebook.status().message())));
}

void Fill(const Decision& decision, v1::RuledResult& message) {
  message.set_outcome(std::string(OutcomeName(decision.outcome)));
  if (decision.confirmation_class != 0)
    message.set_confirmation_class(absl::StrFormat("%02d", decision.confirmation_class));
  if (decision.return_reason != 0) message.set_return_reason(ReturnReasonName(decision.return_reason));
  for (std::string_view flag : FlagNames(decision.flags)) message.add_flags(std::string(flag));
  for (const auto& [insurer, yen] : rules::YenByInsurer(decision)) {
    v1::InsurerYen& line = *message.add_insurers();
    line.set_insurer(insurer.ToString());
    line.set_yen(yen.value);
  }
}

template <typename Message>
void Fill(const std::vector<rules::RowsMoved>& moved, Message& message) {
  for (const rules::RowsMoved& rows : moved) {
    v1::RowsMoved& line = *message.add_rows();
    line.set_table(rows.table);
    for (const std::string& row : rows.before) line.add_before(row);
    for (const std::string& row : rows.after) line.add_after(row);
  }
}

template <typename Message>
void Fill(const rules::AccountsMoved& moved, Message& message) {
  for (const auto& [account, yen] : moved) {
    v1::YenMoved& line = *message.add_yen();
    line.set_account(account);
    line.set_debit(yen.debit.value);
    line.set_credit(yen.credit.value);
  }
}

void Fill(const rules::MovedReceipt& moved, v1::MovedReceipt& message) {
  message.set_claim_id(moved.claim_id);
  message.set_institution(moved.institution.ToString());
  message.set_service_month(moved.service_month.ToString());
  Fill(moved.before, *message.mutable_before());
  Fill(moved.after, *message.mutable_after());
  Fill(moved.yen, message);
  Fill(moved.rows, message);
}

void Fill(const rules::SharedPool& pool, v1::SharedPool& message) {
  message.set_receipts(pool.receipts);
  message.set_yen(pool.yen.value);
  message.set_rung(pool.rung);
}

void Fill(const rules::MovedPool& moved, v1::MovedPool& message) {
  message.set_pool(moved.key.Name());
  Fill(moved.before, *message.mutable_before());
  Fill(moved.after, *message.mutable_after());
  for (const rules::ShareMoved& share : moved.shares) {
    v1::ShareMoved& line = *message.add_shares();
    line.set_account(share.account);
    line.set_before(share.before.value);
    line.set_after(share.after.value);
  }
  Fill(moved.rows, message);
}

void Fill(const rules::RuleDiffSummary& summary, v1::RuleDiffSummary& message) {
  message.set_receipts(summary.receipts);
  message.set_moved(summary.moved);
  message.set_pools(summary.pools);
  message.set_pools_moved(summary.pools_moved);
  Fill(summary.yen, message);
  for (const auto& [outcomes, sum] : summary.outcomes) {
    v1::OutcomesMoved& line = *message.add_outcomes();
    line.set_before(std::string(OutcomeName(outcomes.first)));
    line.set_after(std::string(OutcomeName(outcomes.second)));
    line.set_receipts(sum.receipts);
    line.set_yen(sum.yen.value);
  }
}

class RulesService final : public v1::RulesService::CallbackService {
 public:
  explicit RulesService(Backend& backend) : backend_(backend) {}

  grpc::ServerWriteReactor<v1::DiffRulesResponse>* DiffRules(grpc::CallbackServerContext*,
                                                             const v1::DiffRulesRequest* request) override {
    return new Stream<v1::DiffRulesResponse>(
        backend_.workers,
        [this, request = *request](Stream<v1::DiffRulesResponse>& out) { return Diff(request, out); });
  }

 private:
  absl::Status Diff(const v1::DiffRulesRequest& request, Stream<v1::DiffRulesResponse>& out) {
    const storage::Store& store = *backend_.store;
    ASSIGN_OR_RETURN(const rules::RunMoment run, ParseRunMoment(request.run().month(), request.run().now()));
    ASSIGN_OR_RETURN(const rules::Rulebook before, ReadSide(store, request.before(), "the first rule set"));
    ASSIGN_OR_RETURN(const rules::Rulebook after, ReadSide(store, request.after(), "the second rule set"));
    const auto send = [&out](const rules::MovedReceipt& moved) {
      v1::DiffRulesResponse message;
      Fill(moved, *message.mutable_moved());
      return out.Send(std::move(message));
    };
    const auto send_pool = [&out](const rules::MovedPool& moved) {
      v1::DiffRulesResponse message;
      Fill(moved, *message.mutable_moved_pool());
      return out.Send(std::move(message));
    };
    MutexLock lock(&backend_.working);  // all receipts are compared with one registry
    ASSIGN_OR_RETURN(const rules::RuleDiffSummary summary,
                     rules::DiffRules(store, before, after, run, send, send_pool, ProgressTo(out)));
    v1::DiffRulesResponse last;
    Fill(summary, *last.mutable_summary());
    ASSIGN_OR_RETURN(std::string note, rules::NoteOfEmptyMonth(store, run.month));
    if (!note.empty()) last.mutable_summary()->add_notes(std::move(note));
    return out.Send(std::move(last));
  }

  Backend& backend_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeRulesService(Backend& backend) { return std::make_unique<RulesService>(backend); }

}  // namespace furikae::rpc
