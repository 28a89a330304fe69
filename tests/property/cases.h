// tests/property/cases.h — a law checked on many generated cases.
//
//   TEST(Law4, AValidQualificationIsNeverMoved) {
//     CheckCases(1000, [] { const uint64_t seed = *AnySeed(); …; RC_ASSERT(…); });
//   }
//
// rapidcheck prints the seed of the run and, for a case that fails, what reproduces it. RC_PARAMS sets them; its
// max_success is per cent of the usual number of cases: RC_PARAMS="max_success=1000" checks ten times as many.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>

#include "tests/rounds.h"

namespace furikae {

// Counts the cases of the whole program and says so at its end.
void CountCases(int cases);

template <typename Law>
void CheckCases(int cases, Law&& law) {
  const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = std::string(test->test_suite_name()) + "/" + test->name();
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = Rounds(cases * params.maxSuccess / 100);
  const auto result =
      rc::detail::checkTestable(std::forward<Law>(law), rc::detail::TestMetadata{name, test->name()}, params);
  CountCases(params.maxSuccess);
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  if (result.template is<rc::detail::SuccessResult>()) {
    if (std::getenv("RC_PARAMS") != nullptr) printf("%s\n", text.str().c_str());  // how the cases were distributed
    return;
  }
  FAIL() << text.str();
}

// For our own generators of chance; there is nothing in it to shrink.
inline rc::Gen<uint64_t> AnySeed() {
  return rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<uint64_t>()));
}

}  // namespace furikae
