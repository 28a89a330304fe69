// rules/known_facts.h — the facts that the program sets on a receipt's way, step by step, and the values they can have.
//
//   RowBox at_origin = Head();
//   Together({Routed({"VALID"}), Always({Fact::kBranch})})      // what routing_valid is asked with
//
// A box that is built here names every fact which is set at that step; a fact that it does not name is absent then.
// Values are bounded where a record's columns or a count bound them. The tests hold the boxes against receipts
// (tests/property/table_contract_test.cc). Thread-safe. Source: decisions.md §2–§8, in the order of rules/route.cc.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "rules/receipt_facts.h"
#include "rules/table_value_set.h"

namespace furikae::rules {

RowBox Always(std::initializer_list<Fact> facts);     // set, to any value that the fact can have
RowBox Sometimes(std::initializer_list<Fact> facts);  // or absent
RowBox Only(Fact choice, const std::vector<std::string_view>& names);
RowBox Between(Fact fact, int64_t low, int64_t high);
RowBox Equal(Fact fact, int64_t value);
RowBox Never(Fact fact);                               // absent
RowBox Together(std::initializer_list<RowBox> boxes);  // of a fact that several name, the last has its way
RowBox Perhaps(RowBox box);                            // the step may be left out: each fact may be absent

RowBox Months();                                                // claim_month, service_month
RowBox Head();                                                  // what a receipt says before it is sorted
RowBox Routed(const std::vector<std::string_view>& origins);    // … once its origin and share are known
RowBox RoutedAs(const std::vector<std::string_view>& origins);  // whose branch it follows
RowBox Declared();                                              // remarks and declaration
RowBox Lapsed();                                                // whose cards cover which days
RowBox Examined();                                              // records, lines and rates, behind the exclusions
RowBox Allowed();                                               // what the exclusions leave open
RowBox OnTheWay();                                              // what may be known when a move is weighed
RowBox OfTheBearer();                                           // of the coverage that is looked at
RowBox OfTheHolder();                                           // whether birth date, sex and name agree
RowBox OfTheContender();                                        // … and the items beside them
RowBox OfTheShare();                                            // what the share in yen rests upon

}  // namespace furikae::rules
