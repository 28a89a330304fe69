// tools/generate/story.h — one receipt and what is true about it: a job change in mid-month, a birth, a slip of the
// pen.
//
//   Story story = stories[i].tell(world);     // a draft receipt, the people behind it, and the decision it deserves
//
// `truth.exact` says whether the expected decision follows from the rules alone; where it does not (a person or an
// insurer answers), only the person behind the receipt is known. Source: decisions.md §2–§8.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/decision.h"
#include "core/masters.h"
#include "tools/generate/draft.h"
#include "tools/generate/world.h"

namespace furikae::generate {

struct Truth {
  std::string story;
  std::vector<std::string> subject_ids;  // records of the human behind the receipt; empty: nobody the registry knows
  Origin origin = Origin::kUndecided;
  Outcome outcome = Outcome::kUndecided;  // at the end of the month's run
  int reason = 0;
  uint32_t flags = 0;
  std::vector<std::pair<InsurerNumber, DayMask>> parts;
  std::string rung;  // of the pool, for apportioned receipts
  bool exact = true;
};

struct Story {
  Draft draft;
  Truth truth;
  std::vector<PeopleRow> people;  // claim_id is filled in once the files are written
  bool twice = false;             // handed in again in another file
};

// How often a story is told: at least once in a month that is large enough, and by weight beyond that.
struct StoryKind {
  std::string name;
  int weight = 0;
  Story (*tell)(World& world) = nullptr;
};
const std::vector<StoryKind>& KnownCardStories();     // valid, lapsed, unmatched, invalid numbers
const std::vector<StoryKind>& ExclusionStories();     // one per row of what cannot be transferred or split
const std::vector<StoryKind>& UnidentifiedStories();  // self-declarations, disasters, pools of every rung

// ---- what stories are made of

// A receipt of that person on that card, treated on `days`, with everything in order.
Draft DraftFor(World& world, Flavour flavour, const Person& person, const RegistryRow& card,
               const std::vector<int>& days);
// `count` days of the month, ascending.
std::vector<int> SomeDays(World& world, int count, int from = 2, int to = 27);
DayMask Mask(const std::vector<int>& days);
Flavour AnyFlavour(World& world);
// The draft as an unidentified one: sentinel numbers, no branch; remarks are the caller's.
void Unidentify(Draft& draft);

}  // namespace furikae::generate
