// Cases that the laws have found, kept small.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/property/told_story_fixture.h"

namespace furikae {
namespace {

// A reviewer accepts somebody of whom nothing is registered yet by the moment of the run.
TEST(FoundCases, AnAcceptedPersonWithoutACoverageAtTheMoment) {
  for (size_t kind = 0; kind < AllStories().size(); ++kind) {
    SCOPED_TRACE(AllStories()[kind].name);
    const auto told = Tell({.seed = 7, .kind = kind, .month = ServiceMonth::Of(2024, 10), .twists = {}});
    RegistryRow later = told->registry.front();
    later.subject_id = "S-later";
    later.registered_at = {told->Now().seconds + 5};
    told->registry.push_back(later);
    PeopleRow accept;
    accept.action = Action::kAccept;
    accept.subject_id = later.subject_id;
    accept.at = told->Now();
    told->story.people = {accept};
    const Decision decision = DecisionOn(*told, /*settle_open=*/true);
    EXPECT_NE(decision.outcome, Outcome::kUndecided);
    EXPECT_TRUE(std::none_of(decision.parts.begin(), decision.parts.end(),
                             [](const Part& part) { return part.subject_id == "S-later"; }));
  }
}

}  // namespace
}  // namespace furikae
