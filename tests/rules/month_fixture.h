// tests/rules/month_fixture.h — a store with a small made-up month in it: insurers, payments, a registry, files of
// receipts.
//
//   class Closing : public Month {};
//   TEST_F(Closing, …) { Submit("a.UKE", File({UnidentifiedClaim()})); Decide(); Close();
//                        EXPECT_THAT(Differences(), IsEmpty()); }
//
// 山田 花子 (see decide_fixture.h) is covered by 協会けんぽ until 2024-09-16 and by the society from then on, unless a
// test says otherwise. The clinic was paid 3,000 yen by 協会けんぽ and 1,000 yen by the society in the window of
// service month 2024-09.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "rules/engine.h"
#include "storage/database.h"
#include "tests/rules/decide_fixture.h"
#include "tests/storage/temporary_directory.h"

namespace furikae::rules {

inline const ServiceMonth kOctober = ServiceMonth::Of(2024, 10);
inline constexpr InstitutionCode kClinic{1311234567};

// A file of these receipts, numbered from 1, in CP932. `written`: 請求年月; `volume`, `go`: header and trailer as they
// are.
struct FileWishes {
  std::string institution = "1234567";
  std::string written = "202410";
  std::string volume = "00";
  std::string go = "GO,0,0,99";
};
std::string File(const std::vector<Claim>& receipts, const FileWishes& wishes = {});

// A coverage as the registry has it.
RegistryRow RowOf(const Person& person, const Cover& cover);

class Month : public testing::Test {
 protected:
  void SetUp() override;
  void Reopen();  // as a new process would
  // Changes what lies on the disk while nobody has the store open, with checksums of RocksDB's own that agree.
  void ChangeOnDisk(const std::function<void(const storage::Database&)>& change);

  RunMoment Run(ServiceMonth month = kOctober) const { return {month, Moment::LastSecondOf(month)}; }
  void Load(storage::TableKind kind, const std::string& file, const std::string& bytes, ServiceMonth month = kOctober);
  void Covered(const std::vector<std::pair<Person, Cover>>& rows,
               ServiceMonth month = kOctober);  // as one registry file
  void Lapsed();                                // the usual world: 山田 花子 changed her job
  SubmitReport Submit(const std::string& name, const std::string& bytes, ServiceMonth month = kOctober);
  DecideReport Decide(ServiceMonth month = kOctober);
  CloseReport Close(ServiceMonth month = kOctober);
  absl::Status Act(const std::string& claim_id, Action action, std::string subject = "", ServiceMonth month = kOctober);
  std::vector<std::string> Differences();

  storage::Claim ClaimOf(const std::string& id);
  std::string ResultOf(const std::string& id);  // "TRANSFERRED 04"
  // Every event hash, claim, entry, pool and rollup in one text: equal texts, equal stores.
  std::string Everything();
  // Debits positive, over all entries; accounts at zero are left out.
  std::map<std::string, int64_t> Balances();

  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<Rulebook> rulebook_;
  std::unique_ptr<Engine> engine_;

 private:
  storage::TemporaryDirectory directory_;
  int files_ = 0, acts_ = 0;
};

}  // namespace furikae::rules
