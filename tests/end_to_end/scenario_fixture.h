// tests/end_to_end/scenario_fixture.h — stories as text files that an agency's clerk can read and add.
//
// One statement a line; '#' begins a comment. A receipt, a coverage or an answer speaks about the person named last.
//
//   month    2024-10                                    the claim month (default 2024-10)
//   insurer  06139463 until 2024-06-30 successor 06130488     only where it is not simply in force
//   unlisted 06460010                                   an insurer that the master does not know
//   person   山田 花子, ヤマダ ハナコ, 1985-04-02, female, address …, phone …, workplace …, subject S2
//   covered  06139463 from 2020-04-01 until 2024-10-15 number 345 symbol 12 branch 01 ratio 30 lost 01
//            registered 2024-09-20
//                                                       `until` is the last valid day; 資格喪失日 is the day after
//   paid     06139463 100000 in 2024-06                 a payment record of the receipt's institution
//   policy   unmatched_card {"outcome": "BILLED_TO_CLAIMED", "class": 3}     what the row of that policy table gives
//   receipt  医科 2024-09, visits 3 10 22, billed to 06139463, 282 points each, …
//            flavours 医科 DPC 歯科 調剤 訪問看護; further words: inpatient, no JD, no MF, no branch, number N, symbol
//            S, branch B, high cost, public expense, copayment N, remark TEXT, birth D, name N, kana K, sex female,
//            slip in JD 26, reduction, work related, search number N, no insurer, accident,
//            agency 2, late elderly
//   accept   S2            reject            confirm 06139463            deny 06139463        defer      inquire undo
//   close    [2024-11]                                  close the month (and go on in the next)
//   expect   SPLIT: 06139463 days 3 10 564 points; 01130012 day 22 282 points
//   expect   RETURNED R05 class 03 origin UNMATCHED flags REVIEW_OPEN
//   share    06139463 700 yen                           of the pool that was closed
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/masters.h"
#include "rules/engine.h"
#include "rules/table.h"
#include "storage/store.h"
#include "tools/generate/draft.h"

namespace furikae {

class Scenario {
 public:
  explicit Scenario(std::string data_dir);
  ~Scenario();
  // Runs the file; the first statement that fails or does not hold is named with its line.
  absl::Status Run(const std::string& file);

 private:
  absl::Status Statement(const std::string& verb, const std::string& rest);
  absl::Status Insurer(const std::string& rest, bool listed);
  absl::Status Person(const std::string& rest);
  absl::Status Covered(const std::string& rest);
  absl::Status Paid(const std::string& rest);
  absl::Status Policy(const std::string& rest);
  absl::Status Receipt(const std::string& rest);
  absl::Status ReceiptWords(const std::string& phrase, int64_t& points_each);
  absl::Status Answer(Action action, const std::string& rest);
  absl::Status Close(const std::string& rest);
  absl::Status Expect(const std::string& rest);
  absl::Status ShareIs(const std::string& rest);
  absl::Status Prepare();  // opens the store, loads the tables, submits and decides what is new

  std::string data_dir_;
  ServiceMonth month_ = ServiceMonth::Of(2024, 10);
  std::map<std::string, std::string> regulations_;
  std::unique_ptr<rules::Rulebook> rulebook_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<rules::Engine> engine_;
  std::vector<InsurerRow> insurers_;
  std::vector<InsurerNumber> unlisted_;
  RegistryRow person_;
  std::vector<RegistryRow> registry_;
  std::vector<PaymentRow> payments_;
  std::unique_ptr<generate::Draft> draft_;
  int receipts_ = 0;
  bool decided_ = false;
  storage::ClaimKey claim_;
  std::string claim_id_;
};

}  // namespace furikae
