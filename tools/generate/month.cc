#include "tools/generate/month.h"

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/files/institutions_csv.h"
#include "core/files/insurers_csv.h"
#include "core/files/people_csv.h"
#include "core/files/registry_csv.h"
#include "core/status.h"
#include "core/uke/writer.h"
#include "tools/generate/draft_json.h"
#include "tools/generate/payments.h"
#include "tools/generate/truth.h"

namespace furikae::generate {
namespace {

using Sink = absl::FunctionRef<absl::Status(std::string_view path, std::string_view bytes)>;
constexpr size_t kChunkBytes = 8 << 20;

std::vector<StoryKind> AllKinds() {
  std::vector<StoryKind> kinds;
  for (const auto* some : {&KnownCardStories(), &ExclusionStories(), &UnidentifiedStories()})
    kinds.insert(kinds.end(), some->begin(), some->end());
  return kinds;
}

// Every story once where there is room for all of them, the rest by weight.
std::vector<Story> TellStories(World& world, int64_t receipts) {
  const std::vector<StoryKind> kinds = AllKinds();
  int total = 0;
  for (const StoryKind& kind : kinds) total += kind.weight;
  std::vector<Story> stories;
  if (receipts >= static_cast<int64_t>(kinds.size())) {
    for (const StoryKind& kind : kinds) stories.push_back(kind.tell(world));
  }
  while (static_cast<int64_t>(stories.size()) < receipts) {
    int at = world.random().Between(0, total - 1);
    size_t kind = 0;
    while (at >= kinds[kind].weight) at -= kinds[kind++].weight;
    stories.push_back(kinds[kind].tell(world));
  }
  return stories;
}

// One file: institution, agency, flavour, and whether it is the second one (receipts handed in twice).
using FileKey = std::tuple<InstitutionCode, Agency, Flavour, bool>;
struct FileContent {
  std::string records;
  std::vector<Truth> truths;
  std::vector<std::vector<PeopleRow>> people;
  int64_t claims = 0, points = 0;
};

std::string PathOf(const FileKey& key) {
  const auto& [institution, agency, flavour, second] = key;
  constexpr const char* kNames[] = {"", "RECEIPTC", "RECEIPTD", "RECEIPTS", "RECEIPTY", "RECEIPTN"};
  return absl::StrFormat("receipts/%s/%d/%s%s.%s", institution.ToString(), static_cast<int>(agency),
                         kNames[static_cast<size_t>(flavour)], second ? "_2" : "",
                         flavour == Flavour::kPharmacy ? "CYO" : "UKE");
}

void Add(const Draft& draft, const Truth& truth, const std::vector<PeopleRow>& people, ServiceMonth claim_month,
         FileContent& file) {
  file.truths.push_back(truth);
  file.people.push_back(people);
  file.records += Records(draft, static_cast<uint32_t>(file.truths.size()), claim_month);
  file.claims += (draft.has_ho ? 1 : 0) + draft.public_expenses;
  file.points += draft.Points() + (draft.has_ho ? draft.points_off : 0);
}

struct Outputs {
  std::string truth, people;
};

// What is known of one claim once its id is: its line of truth.jsonl, and its rows of people.csv.
void AddClaim(const World& world, const std::string& claim_id, const Truth& truth, std::vector<PeopleRow> people,
              Outputs& out) {
  AppendTruth(world, claim_id, truth, out.truth);
  for (PeopleRow& row : people) {
    row.claim_id = claim_id;
    AppendPeopleCsv(row, out.people);
  }
}

absl::Status WriteFile(const World& world, const FileKey& key, const FileContent& file, Sink sink, Outputs& out) {
  const auto& [institution, agency, flavour, second] = key;
  const ServiceMonth month = world.options().month;
  const std::string name = absl::StrCat("第", institution.Code() % 10000, "医療機関");
  const std::string bytes = Head(flavour, agency, institution, name, month) + file.records +
                            uke::MakeTrailer({.claims = file.claims, .points = file.points});
  const storage::Submission submission = SubmissionOf(bytes, institution, agency, month);
  for (size_t i = 0; i < file.truths.size(); ++i) {
    AddClaim(world, storage::ClaimIdOf(submission, static_cast<uint32_t>(i + 1)), file.truths[i], file.people[i], out);
  }
  return sink(PathOf(key), bytes);
}

absl::Status WriteReceipts(const World& world, const std::vector<Story>& stories, Sink sink, Outputs& out) {
  const ServiceMonth month = world.options().month;
  std::map<FileKey, FileContent> files;
  std::string json;
  for (const Story& story : stories) {
    const Draft& draft = story.draft;
    if (draft.paper) {
      const std::string line = DraftAsJson(draft, month);
      AddClaim(world, storage::ClaimIdOf(SubmissionOf(line, draft.institution, draft.agency, month), 1), story.truth,
               story.people, out);
      json += line + "\n";
      continue;
    }
    Add(draft, story.truth, story.people, month, files[{draft.institution, draft.agency, draft.flavour, false}]);
    if (!story.twice) continue;
    Truth again = story.truth;
    again.outcome = Outcome::kReturned;
    again.reason = 8;
    again.parts.clear();
    Add(draft, again, {}, month, files[{draft.institution, draft.agency, draft.flavour, true}]);
  }
  for (const auto& [key, file] : files) RETURN_IF_ERROR(WriteFile(world, key, file, sink, out));
  return json.empty() ? absl::OkStatus() : sink("receipts/paper.jsonl", json);
}

absl::Status WriteTables(World& world, Sink sink) {
  std::string text;
  AppendInsurersCsvHeader(text);
  for (const InsurerRow& row : world.insurers().rows) AppendInsurersCsv(row, text);
  RETURN_IF_ERROR(sink("insurers.csv", text));
  text.clear();
  AppendInstitutionsCsvHeader(text);
  for (const InstitutionRow& row : world.institutions()) AppendInstitutionsCsv(row, text);
  RETURN_IF_ERROR(sink("institutions.csv", text));
  RETURN_IF_ERROR(WritePayments(world, sink));
  text.clear();
  AppendRegistryCsvHeader(text);
  for (const Person& person : world.people()) {
    for (const RegistryRow& row : person.rows) AppendRegistryCsv(row, text);
    if (text.size() < kChunkBytes) continue;
    RETURN_IF_ERROR(sink("registry.csv", text));
    text.clear();
  }
  return sink("registry.csv", text);
}

}  // namespace

absl::Status GenerateMonth(const Options& options, Sink sink) {
  if (options.receipts < 0 || options.persons < 0)
    return absl::InvalidArgumentError("receipts and persons cannot be negative");
  World world(options);
  const std::vector<Story> stories = TellStories(world, options.receipts);
  Outputs out;
  AppendPeopleCsvHeader(out.people);
  RETURN_IF_ERROR(WriteReceipts(world, stories, sink, out));
  RETURN_IF_ERROR(WriteTables(world, sink));
  RETURN_IF_ERROR(sink("people.csv", out.people));
  return sink("truth.jsonl", out.truth);
}

}  // namespace furikae::generate
