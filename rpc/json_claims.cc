#include "rpc/json_claims.h"

#include <google/protobuf/util/json_util.h>

#include <utility>

#include "absl/strings/ascii.h"
#include "core/csv.h"
#include "rpc/json_fault.h"
#include "rpc/proto/furikae/v1/claim.pb.h"
#include "rules/json_claim.h"

namespace furikae::rpc {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

rules::JsonDeclaration DeclarationOf(const v1::SelfDeclaration& message) {
  return {.name = message.name(),
          .name_kana = message.name_kana(),
          .insurance_type = message.insurance_type(),
          .insurer_name = message.insurer_name(),
          .workplace = message.workplace(),
          .address = message.address(),
          .contact = message.contact(),
          .contacted_on = message.contacted_on(),
          .former_qualification = message.former_qualification(),
          .remark = message.remark()};
}

rules::JsonLine LineOf(const v1::Line& message) {
  rules::JsonLine line{
      .kind = message.kind(), .class_code = message.class_code(), .code = message.code(), .points = message.points()};
  for (const auto& [day, count] : message.counts()) line.counts[day] = count;
  return line;
}

// Field for field; what is left out there is left out here.
rules::JsonClaim ClaimOf(const v1::Claim& message) {
  rules::JsonClaim claim;
  claim.institution = message.institution();
  claim.agency = message.agency();
  claim.flavour = message.flavour();
  claim.claim_month = message.claim_month();
  claim.service_month = message.service_month();
  claim.type = message.type();
  claim.name = message.patient().name();
  claim.name_kana = message.patient().name_kana();
  claim.sex = message.patient().sex();
  claim.birth_date = message.patient().birth_date();
  claim.insurer = message.qualification().insurer();
  claim.symbol = message.qualification().symbol();
  claim.number = message.qualification().number();
  claim.branch = message.qualification().branch();
  claim.total_points = message.total_points();
  for (const v1::Line& line : message.lines()) claim.lines.push_back(LineOf(line));
  claim.visit_days.assign(message.visit_days().begin(), message.visit_days().end());
  claim.uncounted_visit_days.assign(message.uncounted_visit_days().begin(), message.uncounted_visit_days().end());
  claim.window_burden_class = message.window_burden_class();
  if (message.has_copayment_yen()) claim.copayment_yen = message.copayment_yen();
  claim.meal_count = message.meal_count();
  claim.meal_yen = message.meal_yen();
  claim.burden_class = message.burden_class();
  if (message.has_benefit_rate()) claim.benefit_rate = message.benefit_rate();
  claim.admitted_on = message.admitted_on();
  for (const v1::PublicExpense& expense : message.public_expenses()) {
    claim.public_expenses.push_back({expense.payer(), expense.recipient(), expense.points()});
  }
  claim.notes.assign(message.notes().begin(), message.notes().end());
  claim.search_number = message.search_number();
  claim.paper = message.paper();
  if (message.has_self_declaration()) claim.declaration = DeclarationOf(message.self_declaration());
  return claim;
}

rules::Engine::JsonClaim ReadLine(int64_t number, std::string&& line, const rules::Rulebook& rulebook) {
  v1::Claim message;
  // The parser's own text may quote the line, which holds a patient's data.
  if (!google::protobuf::util::JsonStringToMessage(line, &message).ok()) {
    return {.number = number, .uke = absl::InvalidArgumentError(JsonFault(line, *v1::Claim::descriptor()))};
  }
  const rules::JsonClaim claim = ClaimOf(message);
  return {.number = number, .line = std::move(line), .uke = rules::ToUke(claim, rulebook), .paper = claim.paper};
}

// Keeps the claims, and the first kMostComplaints of the lines that are none.
class Kept {
 public:
  void Add(rules::Engine::JsonClaim&& claim) {
    if (claim.uke.ok()) return claims_.push_back(std::move(claim));
    if (refused_ == kMostComplaints) {
      ++claims_[last_refused_].further_refused;
      return;
    }
    ++refused_;
    last_refused_ = claims_.size();
    claims_.push_back(std::move(claim));
  }
  std::vector<rules::Engine::JsonClaim> Take() { return std::move(claims_); }

 private:
  std::vector<rules::Engine::JsonClaim> claims_;
  size_t refused_ = 0, last_refused_ = 0;
};

}  // namespace

std::vector<rules::Engine::JsonClaim> ReadJsonClaims(std::string_view bytes, const rules::Rulebook& rulebook) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  Kept kept;
  for (int64_t number = 1; !bytes.empty(); ++number) {
    const size_t end = bytes.find('\n');
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    while (!line.empty() && absl::ascii_isspace(static_cast<unsigned char>(line.back()))) line.remove_suffix(1);
    if (!line.empty()) kept.Add(ReadLine(number, std::string(line), rulebook));
  }
  return kept.Take();
}

}  // namespace furikae::rpc
