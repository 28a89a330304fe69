#include "tests/bench/peers/clips_engine.h"

extern "C" {
#include <clips/clips.h>
}

#include "tests/bench/peers/peer_forms.h"

namespace furikae::bench {
namespace {

// What the rules call: (answer 17).
int Answer(void* environment) {
  *static_cast<int*>(GetEnvironmentFunctionContext(environment)) = static_cast<int>(EnvRtnLong(environment, 1));
  return 0;
}

constexpr int64_t kAbsentInClips = -1;

bool IsSymbol(int fact) {
  const rules::FactType type = DeclarationOf(kPeerFactList[fact]).type;
  return type == rules::FactType::kFlag || type == rules::FactType::kChoice;
}

}  // namespace

ClipsEngine::ClipsEngine(const std::vector<std::string>& constructs) : environment_(CreateEnvironment()) {
  ok_ = EnvDefineFunction2WithContext(environment_, "answer", 'v', &Answer, "Answer", "11i", &answer_);
  for (const std::string& construct : constructs) ok_ = EnvBuild(environment_, construct.c_str()) && ok_;
  receipt_ = EnvFindDeftemplate(environment_, "receipt");
  ok_ = ok_ && receipt_ != nullptr;
  for (int fact = 0; fact < kPeerFacts; ++fact) {
    const rules::FactDeclaration& declared = DeclarationOf(kPeerFactList[fact]);
    if (declared.type == rules::FactType::kFlag) {
      symbols_[fact] = {EnvFalseSymbol(environment_), EnvTrueSymbol(environment_)};
    }
    for (const std::string_view choice : declared.choices) {
      symbols_[fact].push_back(EnvAddSymbol(environment_, std::string(choice).c_str()));
      IncrementSymbolCount(symbols_[fact].back());  // keeps it from being collected
    }
  }
}

ClipsEngine::~ClipsEngine() { DestroyEnvironment(environment_); }

void ClipsEngine::Load(const std::vector<FactVector>& vectors) {
  const auto keep = [&](int64_t value) {
    void*& number = numbers_[value];
    if (number != nullptr) return;
    number = EnvAddLong(environment_, value);
    IncrementIntegerCount(static_cast<integerHashNode*>(number));
  };
  keep(kAbsentInClips);
  for (const FactVector& vector : vectors) {
    for (int fact = 0; fact < kPeerFacts; ++fact) {
      if (!IsSymbol(fact) && vector[fact] != rules::kAbsent) keep(vector[fact]);
    }
  }
}

void* ClipsEngine::ValueOf(int fact, int64_t value) const {
  if (!symbols_[fact].empty()) return symbols_[fact][value];
  return numbers_.find(value == rules::kAbsent ? kAbsentInClips : value)->second;
}

int ClipsEngine::First(const FactVector& vector) {
  struct fact* receipt = EnvCreateFact(environment_, receipt_);
  for (int fact = 0; fact < kPeerFacts; ++fact) {
    field& slot = receipt->theProposition.theFields[fact];
    slot.type = symbols_[fact].empty() ? INTEGER : SYMBOL;
    slot.value = ValueOf(fact, vector[fact]);
  }
  answer_ = -1;
  void* asserted = EnvAssert(environment_, receipt);
  EnvRun(environment_, 1);
  EnvRetract(environment_, asserted);
  return answer_;
}

}  // namespace furikae::bench
