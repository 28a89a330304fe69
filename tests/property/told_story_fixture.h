// tests/property/told_story_fixture.h — one generated story decided in memory, as it is or with things gone wrong in
// it.
//
//   const auto told = Tell(*AnyTelling());    // draws the story, its twists and its month
//   Decision d = DecisionOn(*told);           // with the registry, masters and people of the story
//
// A twist changes the receipt or the registry in a way that the story does not foresee (a record missing, a digit
// wrong, a coverage that ends earlier …), so that what the story expects no longer counts; the laws do all the same.
#pragma once

#include <rapidcheck.h>

#include <memory>
#include <string>
#include <vector>

#include "core/uke/receipt.h"
#include "rules/asked_tables.h"
#include "rules/decide.h"
#include "storage/masters.h"
#include "storage/records.h"
#include "storage/registry_index.h"
#include "tools/generate/story.h"

namespace furikae {

// What a story is told from; shown when a case fails. Shrinks to fewer twists.
struct Telling {
  uint64_t seed = 0;
  size_t kind = 0;                                  // of AllStories()
  ServiceMonth month = ServiceMonth::Of(2024, 10);  // the claim month
  std::vector<std::pair<size_t, uint64_t>> twists;  // of Twists(), each with a seed of its own
};
std::ostream& operator<<(std::ostream& out, const Telling& telling);

rc::Gen<Telling> AnyTelling();      // any story, up to four twists, a claim month of 2021 to 2025
rc::Gen<Telling> PlainTelling();    // any story as it is, claim month 2024-10
rc::Gen<Telling> CrowdedTelling();  // one that would be moved, with more coverages that begin, end and overlap
rc::Gen<Telling> MovingTelling();   // a story that ends with a transfer or a split, as it is

const std::vector<generate::StoryKind>& AllStories();
size_t TwistCount();
const rules::Rulebook& Rules();  // the built-in tables

struct ToldStory {
  generate::Story story;
  ServiceMonth claim_month;
  std::vector<InsurerRow> insurers;   // most of them with two periods
  std::vector<RegistryRow> registry;  // rows of everybody in the story
  std::string bytes;                  // the file with the one receipt in it
  uke::ParsedFile file;               // views into `bytes`

  ToldStory() = default;
  ToldStory(const ToldStory&) = delete;
  ToldStory& operator=(const ToldStory&) = delete;
  // A twisted receipt may be one that intake refuses.
  bool Accepted() const { return file.receipts.size() == 1; }
  const uke::Receipt& receipt() const { return file.receipts.front(); }
  Moment Now() const { return Moment::LastSecondOf(claim_month); }
  storage::Submission Submission() const;
};
std::unique_ptr<ToldStory> Tell(const Telling& telling);

// At close, with `settle_open`. Rows of registry and masters are taken in the order in which they stand. `asked`: gets
// the tables asked.
Decision DecisionOn(const ToldStory& told, bool settle_open = false);
Decision DecisionOn(const ToldStory& told, bool settle_open, const std::vector<InsurerRow>& insurers,
                    const std::vector<RegistryRow>& registry, rules::AskedTables* asked = nullptr);

}  // namespace furikae
