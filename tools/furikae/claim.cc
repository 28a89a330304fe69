// furikae claim — one claim, a list of claims, or why a claim was decided as it was.
#include <algorithm>
#include <iostream>
#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/status.h"
#include "rpc/claim_view.h"
#include "rpc/status.h"
#include "rules/explain_letter.h"
#include "rules/what_if.h"
#include "tools/furikae/console.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {
namespace {

struct Options {
  std::string claim_id, filter, as_of, lang = "en";
  std::vector<std::string> what_if;
  bool near_rows = false, all_rows = false, what_would_change = false;
  int limit = 100;
};

std::string Field(const v1::ClaimView& claim, const std::string& name) {
  const auto field = claim.decision().fields().find(name);
  if (field == claim.decision().fields().end()) return "-";
  if (field->second.has_string_value()) return field->second.string_value();
  return absl::StrCat(static_cast<int64_t>(field->second.number_value()));
}

absl::StatusOr<int> Show(const Globals& globals, const Options& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  v1::GetClaimRequest request;
  request.set_claim_id(options.claim_id);
  grpc::ClientContext context;
  v1::ClaimView claim;
  RETURN_IF_ERROR(rpc::FromGrpc(v1::ClaimService::NewStub(session->channel())->GetClaim(&context, request, &claim)));
  RETURN_IF_ERROR(PrintJson(claim));
  return kExitDone;
}

absl::Status PrintClaim(const Globals& globals, const v1::ClaimView& claim) {
  if (globals.json) return PrintJson(claim);
  absl::FPrintF(stdout, "%-56s %-8s %-22s %-18s %10s\n", claim.claim_id(), claim.state(), Field(claim, "origin"),
                Field(claim, "outcome"), Field(claim, "insurer_yen"));
  return absl::OkStatus();
}

absl::StatusOr<int> List(const Globals& globals, const Options& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  auto stub = v1::ClaimService::NewStub(session->channel());
  v1::ListClaimsRequest request;
  request.set_filter(options.filter);
  for (int left = options.limit; left > 0;) {
    request.set_page_size(std::min(left, 1000));
    grpc::ClientContext context;
    v1::ListClaimsResponse response;
    RETURN_IF_ERROR(rpc::FromGrpc(stub->ListClaims(&context, request, &response)));
    for (const v1::ClaimView& claim : response.claims()) RETURN_IF_ERROR(PrintClaim(globals, claim));
    left -= response.claims_size();
    if (response.next_page_token().empty()) return kExitDone;
    request.set_page_token(response.next_page_token());
  }
  std::cerr << "more claims follow; raise --limit or narrow --filter\n";
  return kExitDone;
}

absl::StatusOr<int> Explain(const Globals& globals, const Options& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Session> session, Session::Open(globals));
  v1::ExplainClaimRequest request;
  request.set_claim_id(options.claim_id);
  request.set_as_of(options.as_of);
  for (const std::string& assumption : options.what_if) request.add_what_if(assumption);
  request.set_lang(options.lang);
  request.set_near_rows(options.near_rows);
  request.set_all_rows(options.all_rows || globals.json);
  request.set_what_would_change(options.what_would_change);
  grpc::ClientContext context;
  v1::ExplainClaimResponse response;
  RETURN_IF_ERROR(
      rpc::FromGrpc(v1::ClaimService::NewStub(session->channel())->ExplainClaim(&context, request, &response)));
  std::cout << (globals.json ? response.json() + "\n" : response.text());
  return kExitDone;
}

// What is wrong with the value of an option is told in the words of the service, before any data is opened.
std::string Complaint(const absl::Status& status) { return std::string(status.message()); }
std::string CheckFilter(const std::string& text) { return Complaint(rpc::ParseClaimFilter(text).status()); }
std::string CheckLanguage(const std::string& text) { return Complaint(rules::ParseLanguage(text).status()); }

}  // namespace

void AddClaim(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* verb =
      program.Add("claim", "look at claims", "furikae claim list --data-dir data --filter \"outcome=SPLIT\"");
  verb->require_subcommand(1);
  const std::string id = "1311234567-1-202410-0123456789abcdef-000001";

  CLI::App* show = program.Add(*verb, "show", "the state and decision of one claim, as JSON",
                               "furikae claim show --data-dir data " + id);
  show->add_option("claim_id", options->claim_id)->required();
  show->callback(
      [&program, options] { program.work = [&program, options] { return Show(program.globals, *options); }; });

  CLI::App* list =
      program.Add(*verb, "list", "claims in the order in which they came",
                  "furikae claim list --data-dir data --filter \"month=2024-10 outcome=RETURNED\" --limit 20");
  list->add_option("--filter", options->filter,
                   "key=value terms: outcome origin institution month service_month state flag")
      ->check(CheckFilter);
  list->add_option("--limit", options->limit, "at most so many")
      ->check(CLI::Range(1, std::numeric_limits<int>::max()))
      ->capture_default_str();
  list->callback(
      [&program, options] { program.work = [&program, options] { return List(program.globals, *options); }; });

  CLI::App* explain =
      program.Add(*verb, "explain", "why a claim was decided as it was", "furikae claim explain --data-dir data " + id);
  explain->add_option("claim_id", options->claim_id)->required();
  explain->add_option("--as-of", options->as_of, "also: the result with the registry as at YYYY-MM-DDThh:mm:ss+09:00")
      ->check(CheckMoment);
  explain->add_option("--what-if", options->what_if, "also: the result if fact=value; may be given several times")
      ->check([so_far = std::make_shared<rules::Assumptions>()](const std::string& text) {
        return Complaint(so_far->Add(text));
      });
  explain->add_option("--lang", options->lang, "language of the letter: en or ja")
      ->check(CheckLanguage)
      ->capture_default_str();
  explain->add_flag("--near-rows", options->near_rows, "also: rows that one fact alone kept from answering");
  explain->add_flag("--all-rows", options->all_rows, "also: every row that did not answer, and why");
  explain->add_flag("--what-would-change", options->what_would_change,
                    "also: each single fact that would have changed the result");
  explain->callback(
      [&program, options] { program.work = [&program, options] { return Explain(program.globals, *options); }; });
}

}  // namespace furikae::tools
