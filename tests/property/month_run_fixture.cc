#include "tests/property/month_run_fixture.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/concat.h"
#include "rpc/json_claims.h"
#include "rules/export/export.h"
#include "tests/property/told_story_fixture.h"
#include "tools/generate/month.h"

namespace furikae {
namespace {

constexpr std::string_view kJsonClaims = ".jsonl";

bool IsReceipts(std::string_view path) { return path.starts_with("receipts/"); }

// The order in which the command line loads: what is referred to comes first.
int LoadOrder(storage::TableKind kind) {
  return kind == storage::TableKind::kInsurers ? 0 : kind == storage::TableKind::kInstitutions ? 1 : 2;
}

}  // namespace

const ServiceMonth MonthRun::kMonth = ServiceMonth::Of(2024, 10);

InputFiles GeneratedMonth(const generate::Options& options) {
  InputFiles files;
  const absl::Status made = generate::GenerateMonth(options, [&](std::string_view path, std::string_view bytes) {
    files[std::string(path)].append(bytes);
    return absl::OkStatus();
  });
  EXPECT_TRUE(made.ok()) << made;
  return files;
}

MonthRun::MonthRun() {
  if (access("/dev/shm", W_OK) == 0) setenv("TEST_TMPDIR", "/dev/shm/", /*overwrite=*/0);
  directory_ = std::make_unique<storage::TemporaryDirectory>();
  auto store = storage::Store::Open({.data_dir = directory_->File("data"), .write_buffer_bytes = 1 << 20});
  EXPECT_TRUE(store.ok()) << store.status();
  store_ = *std::move(store);
  engine_ = std::make_unique<rules::Engine>(*store_, Rules());
}

void MonthRun::LoadTables(const InputFiles& files) {
  std::vector<std::pair<int, std::string>> tables;
  for (const auto& [path, bytes] : files) {
    const auto kind = storage::KindOfFile(path);
    if (!IsReceipts(path) && kind && *kind != storage::TableKind::kPeople) tables.emplace_back(LoadOrder(*kind), path);
  }
  std::sort(tables.begin(), tables.end());
  for (const auto& [order, path] : tables) {
    const auto loaded = engine_->LoadTable(*storage::KindOfFile(path), path, files.at(path), /*strict=*/true, Run());
    EXPECT_TRUE(loaded.ok() && !loaded->refused_whole) << path << ": " << loaded.status();
  }
}

void MonthRun::Submit(const InputFiles& files, const std::function<void(std::vector<std::string>&)>& order) {
  std::vector<std::string> paths;
  for (const auto& [path, bytes] : files) {
    if (IsReceipts(path)) paths.push_back(path);
  }
  if (order) order(paths);
  for (const std::string& path : paths) {
    const auto report = path.ends_with(kJsonClaims)
                            ? engine_->SubmitJson(path, rpc::ReadJsonClaims(files.at(path), Rules()), Run())
                            : engine_->Submit(path, files.at(path), Run());
    EXPECT_TRUE(report.ok()) << path << ": " << report.status();
    EXPECT_TRUE(!report.ok() || report->complaints.empty()) << report->complaints.front();
    if (report.ok() && !report->already_known) accepted_ += report->accepted;
  }
}

void MonthRun::LoadPeople(const InputFiles& files) {
  const auto people = files.find("people.csv");
  if (people == files.end()) return;
  const auto loaded =
      engine_->LoadTable(storage::TableKind::kPeople, people->first, people->second, /*strict=*/true, Run());
  EXPECT_TRUE(loaded.ok() && !loaded->refused_whole) << loaded.status();
}

void MonthRun::Decide() {
  const auto report = engine_->Decide(Run(), nullptr);
  EXPECT_TRUE(report.ok()) << report.status();
}

void MonthRun::Close() {
  const auto report = engine_->Close(Run(), nullptr);
  EXPECT_TRUE(report.ok()) << report.status();
}

void MonthRun::Everything(const InputFiles& files) {
  LoadTables(files);
  Submit(files);
  LoadPeople(files);
  Decide();
  Close();
}

absl::Status MonthRun::Act(const PeopleRow& row, ServiceMonth month) {
  return engine_->Act(row, {month, Moment::LastSecondOf(month)});
}

std::map<std::string, std::string> MonthRun::Out() const {
  std::map<std::string, std::string> out;
  const auto report =
      rules::Export(*store_, Rules(), {.month = kMonth}, [&](std::string_view path, std::string_view bytes) {
        out[std::string(path)].append(bytes);
        return absl::OkStatus();
      });
  EXPECT_TRUE(report.ok()) << report.status();
  return out;
}

std::vector<storage::Claim> MonthRun::Claims() const {
  std::vector<storage::Claim> claims;
  EXPECT_TRUE(store_
                  ->ForEachClaim({0, 0}, false,
                                 [&](const storage::Claim& claim, std::string_view) {
                                   claims.push_back(claim);
                                   return absl::OkStatus();
                                 })
                  .ok());
  return claims;
}

std::vector<storage::Pool> MonthRun::Pools() const {
  std::vector<storage::Pool> pools;
  EXPECT_TRUE(store_
                  ->ForEachPool([&](const storage::Pool& pool) {
                    pools.push_back(pool);
                    return absl::OkStatus();
                  })
                  .ok());
  return pools;
}

std::vector<storage::LedgerEntry> MonthRun::Entries() const {
  std::vector<storage::LedgerEntry> entries;
  EXPECT_TRUE(store_
                  ->ForEachLedgerEntry([&](const storage::LedgerEntry& entry) {
                    entries.push_back(entry);
                    return absl::OkStatus();
                  })
                  .ok());
  return entries;
}

std::map<std::string, Decision> MonthRun::DecisionsById() const {
  std::map<std::string, Decision> decisions;
  for (const storage::Claim& claim : Claims()) decisions[*store_->ClaimId(claim.key)] = claim.decision;
  return decisions;
}

std::string MonthRun::Books() const {
  std::string books;
  for (const storage::LedgerEntry& entry : Entries()) {
    absl::StrAppend(&books, entry.month.index, " ", entry.pool, " ", entry.kind, " ", entry.number);
    for (const storage::LedgerLine& line : entry.lines)
      absl::StrAppend(&books, " ", line.account, " ", line.debit.value, " ", line.credit.value);
    books += "\n";
  }
  EXPECT_TRUE(store_
                  ->ForEachRollup([&](const storage::RollupKey& key, const storage::RollupSum& sum) {
                    absl::StrAppend(&books, key.month.index, " ", key.dimension, " ", key.member, " ", sum.count, " ",
                                    sum.points, " ", sum.yen, "\n");
                    return absl::OkStatus();
                  })
                  .ok());
  for (const storage::Claim& claim : Claims()) {
    absl::StrAppend(&books, claim.key.submission, "/", claim.key.receipt, " ", static_cast<int>(claim.state), " ",
                    std::string(OutcomeName(claim.decision.outcome)), " ", claim.entries, " ", claim.people.size(),
                    claim.review_open ? " review" : "", claim.inquiry_open ? " inquiry" : "", "\n");
  }
  int64_t events = 0;
  EXPECT_TRUE(store_->ForEachEvent([&](const storage::Event&) { return ++events, absl::OkStatus(); }).ok());
  return absl::StrCat(books, events, " events\n");
}

std::vector<std::string> MonthRun::Differences() const {
  const auto report = engine_->Verify(nullptr);
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? report->differences : std::vector<std::string>{"not verified"};
}

}  // namespace furikae
