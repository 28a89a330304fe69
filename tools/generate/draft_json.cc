#include "tools/generate/draft_json.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace furikae::generate {

std::string DraftAsJson(const Draft& draft, ServiceMonth claim_month) {
  using Json = nlohmann::ordered_json;
  Json lines = Json::array();
  for (const DraftLine& line : draft.lines) {
    Json counts = Json::object();
    for (const auto& [day, times] : line.days) counts[absl::StrCat(day)] = times;
    lines.push_back({{"kind", line.record},
                     {"class_code", line.class_code},
                     {"code", line.code},
                     {"points", absl::StrCat(line.points)},
                     {"counts", counts}});
  }
  const int type = 1110 + draft.class_digit + (draft.late_elderly ? 200 : 0);
  Json claim = {
      {"institution", draft.institution.ToString()},
      {"agency", static_cast<int>(draft.agency)},
      {"flavour", FlavourName(draft.flavour)},
      {"claim_month", claim_month.ToString()},
      {"service_month", draft.service_month.ToString()},
      {"type", absl::StrFormat("%04d", type)},
      {"patient",
       {{"name", draft.name},
        {"name_kana", draft.kana},
        {"sex", static_cast<int>(draft.sex)},
        {"birth_date", draft.birth.ToString()}}},
      {"qualification",
       {{"insurer", draft.insurer}, {"symbol", draft.symbol}, {"number", draft.number}, {"branch", draft.branch}}},
      {"total_points", absl::StrCat(draft.Points())},
      {"lines", lines},
      {"visit_days", draft.visits},
      {"window_burden_class", draft.window_burden},
      {"paper", draft.paper}};
  if (draft.rate) claim["benefit_rate"] = *draft.rate;
  return claim.dump();
}

}  // namespace furikae::generate
