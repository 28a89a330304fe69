#include "tests/property/cases.h"

namespace furikae {
namespace {

int64_t cases_checked = 0;

class SayHowMany : public testing::Environment {
 public:
  void TearDown() override { printf("%lld cases checked\n", static_cast<long long>(cases_checked)); }
};

const testing::Environment* const kSayHowMany = testing::AddGlobalTestEnvironment(new SayHowMany);

}  // namespace

void CountCases(int cases) { cases_checked += cases; }

}  // namespace furikae
