// The stories that laws are checked on: every story and every twist has its fair chance, and a case that fails shrinks
// to fewer twists.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/property/told_story_fixture.h"

namespace furikae {
namespace {

constexpr uint64_t kSeed = 20241;

// As rapidcheck draws them: small cases first, then larger ones.
template <typename See>
void Draw(int tellings, See see) {
  const rc::Gen<Telling> any = AnyTelling();
  rc::Random random(kSeed);
  for (int i = 0; i < tellings; ++i) see(any(random.split(), i % (rc::kNominalSize + 1)));
}

TEST(Telling, EveryStoryAndEveryTwistHasItsFairChance) {
  std::vector<int> stories(AllStories().size()), twists(TwistCount());
  int drawn = 0;
  Draw(10'000, [&](const rc::Shrinkable<Telling>& shrinkable) {
    const Telling telling = shrinkable.value();
    ++stories[telling.kind];
    for (const auto& [twist, seed] : telling.twists) ++twists[twist], ++drawn;
  });
  ASSERT_GT(drawn, 10'000);
  EXPECT_GT(*std::min_element(stories.begin(), stories.end()), 10'000 / static_cast<int>(stories.size()) / 2);
  EXPECT_GT(*std::min_element(twists.begin(), twists.end()), drawn / static_cast<int>(twists.size()) / 2);
}

TEST(Telling, ACaseThatFailsShrinksToFewerTwists) {
  int shrinking = 0;
  Draw(200, [&](const rc::Shrinkable<Telling>& shrinkable) {
    const Telling telling = shrinkable.value();
    auto shrinks = shrinkable.shrinks();
    for (auto shrunk = shrinks.next(); shrunk; shrunk = shrinks.next()) {
      const Telling less = shrunk->value();
      EXPECT_LT(less.twists.size(), telling.twists.size());
      EXPECT_EQ(less.seed, telling.seed);
      EXPECT_EQ(less.kind, telling.kind);
      ++shrinking;
    }
    EXPECT_EQ(telling.twists.empty(), !shrinkable.shrinks().next());
  });
  EXPECT_GT(shrinking, 200);
}

}  // namespace
}  // namespace furikae
