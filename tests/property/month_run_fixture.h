// tests/property/month_run_fixture.h — a generated month run on a store of its own, step by step as `furikae run` does.
//
//   const InputFiles files = GeneratedMonth({.seed = 7, .persons = 40, .receipts = 40});
//   MonthRun run;
//   run.Everything(files);                  // load, submit, people, decide, close
//   RC_ASSERT(run.Out() == …);              // path → bytes of `out/`
//
// A step that fails fails the test. Stores lie in memory where the machine has such a place.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rules/engine.h"
#include "storage/store.h"
#include "tests/storage/temporary_directory.h"
#include "tools/generate/story.h"

namespace furikae {

using InputFiles = std::map<std::string, std::string>;  // path → bytes

InputFiles GeneratedMonth(const generate::Options& options);

class MonthRun {
 public:
  MonthRun();

  void LoadTables(const InputFiles& files);  // insurers, institutions, registry, payments
  // Receipts of UKE form, in the order of the paths or, with `order`, as it leaves them; paper.jsonl last.
  void Submit(const InputFiles& files, const std::function<void(std::vector<std::string>&)>& order = nullptr);
  void LoadPeople(const InputFiles& files);
  void Decide();
  void Close();
  void Everything(const InputFiles& files);
  absl::Status Act(const PeopleRow& row, ServiceMonth month);

  std::map<std::string, std::string> Out() const;  // without the workbook's and the database's own formats
  std::vector<storage::Claim> Claims() const;
  std::vector<storage::Pool> Pools() const;
  std::vector<storage::LedgerEntry> Entries() const;
  std::map<std::string, Decision> DecisionsById() const;
  // Claims, entries, pools and rollups in one text: equal texts, equal books.
  std::string Books() const;
  std::vector<std::string> Differences() const;  // of verify
  const storage::Store& store() const { return *store_; }
  int64_t accepted() const { return accepted_; }

  static const ServiceMonth kMonth;

 private:
  rules::RunMoment Run() const { return {kMonth, Moment::LastSecondOf(kMonth)}; }

  std::unique_ptr<storage::TemporaryDirectory> directory_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<rules::Engine> engine_;
  int64_t accepted_ = 0;
};

}  // namespace furikae
