// rules/share.h — the insurer's share of a receipt in yen, and the benefit rate behind it.
//
//   InsurerShare share = InsurerShareOf(receipt, claim_month, rulebook);
//   share.yen;  share.rate_per_cent;  share.negative;   // negative → R09 with 0 yen
//
// points × yen a point × rate / 100 rounded down, or points × yen a point − copayment; plus what meals cost above the
// patient's standard burden. Always of the receipt as claimed; a receipt without HO has no insurer and no share. The
// tables are `rates`, `unit_price`, `insurer_share` and `meal_burden`, all by service month. Pure and thread-safe.
// Source: decisions.md §7.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/money.h"
#include "core/uke/receipt.h"
#include "rules/facts.h"
#include "rules/table.h"

namespace furikae::rules {

struct AskedTable;

struct InsurerShare {
  Yen yen;                // never below 0
  int rate_per_cent = 0;  // of the receipt; 0 without HO
  bool negative = false;  // the copayment or the meal burden exceeds what is claimed
  std::vector<TraceRow> trace;
};

// `claim_month`: of the run. `assumed`: facts that keep their value whatever the receipt says. `asked`: gets the tables
// asked (rules/asked_tables.h).
InsurerShare InsurerShareOf(const uke::Receipt& receipt, ServiceMonth claim_month, const Rulebook& rulebook,
                            std::span<const PinnedFact> assumed = {}, std::vector<AskedTable>* asked = nullptr);

// `share` divided by the parts' points, each rounded down, the rest to the last part; so Σ of the result is `share`.
// Parts that are all without points: everything to the last.
std::vector<Yen> ShareByPoints(Yen share, const std::vector<int64_t>& points);

}  // namespace furikae::rules
