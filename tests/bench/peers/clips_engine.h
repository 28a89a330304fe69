// tests/bench/peers/clips_engine.h — the CLIPS expert system shell in process, answering a FIRST table.
//
//   ClipsEngine clips(ClipsForm(table));
//   clips.Load(vectors);                  // makes the values that the vectors need; not part of deciding
//   clips.First(vectors[0]);              // number of the row that fired
//
// One rule a row, ordered by salience; a vector is asserted as one fact, the agenda runs one rule, the fact is
// retracted: the shortest cycle that CLIPS has for a table whose first row wins. Fair to it: the pattern network shares
// equal tests between rows; nothing is parsed, looked up by name or allocated by us while deciding; symbols and numbers
// exist before; the slots are filled in place rather than one call a slot. Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/bench/peers/peer_table.h"

namespace furikae::bench {

class ClipsEngine {
 public:
  explicit ClipsEngine(const std::vector<std::string>& constructs);
  ~ClipsEngine();
  ClipsEngine(const ClipsEngine&) = delete;
  ClipsEngine& operator=(const ClipsEngine&) = delete;

  bool ok() const { return ok_; }  // every construct was accepted
  void Load(const std::vector<FactVector>& vectors);
  int First(const FactVector& vector);  // −1 when no row fired

 private:
  void* ValueOf(int fact, int64_t value) const;

  void* environment_ = nullptr;
  void* receipt_ = nullptr;  // the deftemplate
  bool ok_ = true;
  int answer_ = -1;
  std::unordered_map<int64_t, void*> numbers_;
  std::array<std::vector<void*>, kPeerFacts> symbols_;  // of flags and choices, by value
};

}  // namespace furikae::bench
