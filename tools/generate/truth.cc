#include "tools/generate/truth.h"

#include <openssl/sha.h>

#include <nlohmann/json.hpp>

namespace furikae::generate {
namespace {

using Json = nlohmann::ordered_json;

// SubjectIds are numbers of people in the order of the world.
Json CoveragesOf(const World& world, const std::string& subject_id) {
  Json coverages = Json::array();
  const size_t index = std::stoul(subject_id.substr(1)) - 1;
  for (const RegistryRow& row : world.people()[index].rows) {
    Json coverage = {
        {"subject_id", subject_id}, {"insurer", row.card.insurer.ToString()}, {"from", row.qualified.ToString()}};
    if (row.disqualified != kOpenEnd) coverage["until"] = row.disqualified.ToString();
    coverages.push_back(std::move(coverage));
  }
  return coverages;
}

}  // namespace

storage::Submission SubmissionOf(std::string_view bytes, InstitutionCode institution, Agency agency,
                                 ServiceMonth month) {
  storage::Submission submission;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), submission.digest.data());
  submission.institution = institution;
  submission.agency = agency;
  submission.claim_month = month;
  return submission;
}

void AppendTruth(const World& world, const std::string& claim_id, const Truth& truth, std::string& out) {
  Json line = {
      {"claim_id", claim_id}, {"story", truth.story}, {"exact", truth.exact}, {"subject_ids", truth.subject_ids}};
  line["coverages"] = Json::array();
  for (const std::string& subject : truth.subject_ids) {
    for (Json& coverage : CoveragesOf(world, subject)) line["coverages"].push_back(std::move(coverage));
  }
  line["origin"] = OriginName(truth.origin);
  line["outcome"] = OutcomeName(truth.outcome);
  if (truth.reason != 0) line["return_reason"] = ReturnReasonName(truth.reason);
  line["flags"] = FlagNames(truth.flags);
  if (!truth.parts.empty()) {
    line["parts"] = Json::array();
    for (const auto& [insurer, days] : truth.parts)
      line["parts"].push_back({{"insurer", insurer.ToString()}, {"days", days.Days()}});
  }
  if (!truth.rung.empty()) line["rung"] = truth.rung;
  out += line.dump() + "\n";
}

}  // namespace furikae::generate
