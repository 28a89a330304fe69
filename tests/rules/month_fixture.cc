#include "tests/rules/month_fixture.h"

#include <map>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/concat.h"
#include "core/files/registry_csv.h"
#include "core/uke/cp932.h"
#include "rules/receipt_facts.h"

namespace furikae::rules {
namespace {

InsurerRow Insurer(InsurerNumber number, InsurerKind kind, Agency agency) {
  InsurerRow row;
  row.number = number;
  row.name = "ある保険者";
  row.kind = kind;
  row.prefecture = 13;
  row.agency = agency;
  row.valid_from = *Date::Of(2000, 4, 1);
  return row;
}

}  // namespace

RegistryRow RowOf(const Person& person, const Cover& cover) {
  RegistryRow row;
  row.subject_id = person.subject;
  row.card = {cover.insurer, cover.symbol, cover.number, cover.branch};
  row.family = cover.family;
  row.name = person.name;
  row.name_kana = person.kana;
  row.birth = *Date::Parse(person.birth);
  row.sex = person.sex;
  row.address = person.address;
  row.telephone = person.telephone;
  row.workplace = person.workplace;
  row.qualified = *Date::Parse(cover.from);
  if (!cover.until.empty()) row.disqualified = *Date::Parse(cover.until);
  row.loss_reason = cover.loss;
  row.contribution_per_cent = cover.contribution;
  row.registered_at = *Moment::Parse(cover.registered_at);
  row.suspended = cover.suspended;
  return row;
}

std::string File(const std::vector<Claim>& receipts, const FileWishes& wishes) {
  std::string out = absl::StrCat("IR,1,13,1,", wishes.institution, ",,", *uke::ToCp932("青空医院"), ",", wishes.written,
                                 ",", wishes.volume, ",0311112222\r\n");
  int number = 0;
  for (const Claim& receipt : receipts) {
    std::string bytes = receipt.Bytes();
    bytes.replace(0, std::string("RE,1,").size(), absl::StrCat("RE,", ++number, ","));
    out += bytes;
  }
  return out + wishes.go + "\r\n";
}

void Month::SetUp() {
  absl::StatusOr<Rulebook> rules = Rulebook::Load(Declarations(), EmbeddedRegulations());
  ASSERT_TRUE(rules.ok()) << rules.status();
  rulebook_ = std::make_unique<Rulebook>(*std::move(rules));
  Reopen();
  storage::Masters& masters = store_->masters();
  ASSERT_TRUE(masters.Put(Insurer(kKyokai, InsurerKind::kKyokaiKenpo, Agency::kShaho)).ok());
  ASSERT_TRUE(masters.Put(Insurer(kSociety, InsurerKind::kSociety, Agency::kShaho)).ok());
  ASSERT_TRUE(masters.Put(Insurer(kKokuho, InsurerKind::kKokuho, Agency::kKokuho)).ok());
  ASSERT_TRUE(masters.Flush().ok());
  storage::Payments& payments = store_->payments();
  const ServiceMonth window = ServiceMonth::Of(2024, 6);
  ASSERT_TRUE(payments.Put({kClinic, kKyokai, window, 10, 300, Yen{3000}}, storage::Digest{1}, 1).ok());
  ASSERT_TRUE(payments.Put({kClinic, kSociety, window, 10, 100, Yen{1000}}, storage::Digest{1}, 2).ok());
  ASSERT_TRUE(payments.Flush().ok());
}

void Month::Reopen() {
  engine_.reset();
  store_.reset();
  storage::OpenOptions options;
  options.data_dir = directory_.File("data");
  absl::StatusOr<std::unique_ptr<storage::Store>> store = storage::Store::Open(options);
  ASSERT_TRUE(store.ok()) << store.status();
  store_ = *std::move(store);
  engine_ = std::make_unique<Engine>(*store_, *rulebook_);
}

void Month::ChangeOnDisk(const std::function<void(const storage::Database&)>& change) {
  engine_.reset();
  store_.reset();
  {
    const absl::StatusOr<storage::Database> database = storage::OpenDatabase({.data_dir = directory_.File("data")});
    ASSERT_TRUE(database.ok()) << database.status();
    change(*database);
  }
  Reopen();
}

void Month::Load(storage::TableKind kind, const std::string& file, const std::string& bytes, ServiceMonth month) {
  const auto report = engine_->LoadTable(kind, file, bytes, /*strict=*/true, Run(month));
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_FALSE(report->refused_whole) << report->complaints.at(0);
}

void Month::Covered(const std::vector<std::pair<Person, Cover>>& rows, ServiceMonth month) {
  std::string csv;
  AppendRegistryCsvHeader(csv);
  for (const auto& [person, cover] : rows) AppendRegistryCsv(RowOf(person, cover), csv);
  Load(storage::TableKind::kRegistry, absl::StrCat("registry", ++files_, ".csv"), csv, month);
}

void Month::Lapsed() {
  Covered({{Hanako(), {.until = "2024-09-01"}},
           {Hanako(), {.insurer = kSociety, .symbol = "7", .number = "55", .from = "2024-09-01"}}});
}

SubmitReport Month::Submit(const std::string& name, const std::string& bytes, ServiceMonth month) {
  const auto report = engine_->Submit(name, bytes, Run(month), /*want_claim_ids=*/true);
  EXPECT_TRUE(report.ok()) << report.status();
  return report.value_or(SubmitReport{});
}

DecideReport Month::Decide(ServiceMonth month) {
  const auto report = engine_->Decide(Run(month), nullptr);
  EXPECT_TRUE(report.ok()) << report.status();
  return report.value_or(DecideReport{});
}

CloseReport Month::Close(ServiceMonth month) {
  const auto report = engine_->Close(Run(month), nullptr);
  EXPECT_TRUE(report.ok()) << report.status();
  return report.value_or(CloseReport{});
}

absl::Status Month::Act(const std::string& claim_id, Action action, std::string subject, ServiceMonth month) {
  PeopleRow row;
  row.claim_id = claim_id;
  row.action = action;
  row.subject_id = std::move(subject);
  row.actor = "reviewer";
  row.at = Moment{month.FirstDay().days * int64_t{86400} + ++acts_};
  return engine_->Act(row, Run(month));
}

std::vector<std::string> Month::Differences() {
  const auto report = engine_->Verify(nullptr);
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? report->differences : std::vector<std::string>{"not verified"};
}

storage::Claim Month::ClaimOf(const std::string& id) {
  const auto key = store_->ParseClaimId(id);
  EXPECT_TRUE(key.ok()) << key.status();
  const auto claim = store_->GetClaim(key.value_or(storage::ClaimKey{}));
  EXPECT_TRUE(claim.ok()) << claim.status();
  return claim.value_or(storage::Claim{});
}

std::string Month::ResultOf(const std::string& id) { return Result(ClaimOf(id).decision); }

std::string Month::Everything() {
  std::string out;
  EXPECT_TRUE(store_
                  ->ForEachEvent([&](const storage::Event& event) {
                    absl::StrAppend(&out, absl::BytesToHexString(std::string(event.hash.begin(), event.hash.end())),
                                    "\n");
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_TRUE(store_
                  ->ForEachLedgerEntry([&](const storage::LedgerEntry& entry) {
                    absl::StrAppend(&out, entry.kind, " ", entry.number);
                    for (const auto& line : entry.lines)
                      absl::StrAppend(&out, " ", line.account, " ", line.debit.value, " ", line.credit.value);
                    out += "\n";
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_TRUE(store_
                  ->ForEachRollup([&](const storage::RollupKey& key, const storage::RollupSum& sum) {
                    absl::StrAppend(&out, key.dimension, " ", key.member, " ", sum.count, " ", sum.points, " ", sum.yen,
                                    "\n");
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_TRUE(store_
                  ->ForEachClaim({0, 0}, false,
                                 [&](const storage::Claim& claim, std::string_view) {
                                   absl::StrAppend(&out, claim.key.submission, "/", claim.key.receipt, " ",
                                                   static_cast<int>(claim.state), " ", Result(claim.decision), "\n");
                                   return absl::OkStatus();
                                 })
                  .ok());
  return out;
}

std::map<std::string, int64_t> Month::Balances() {
  std::map<std::string, int64_t> balances;
  EXPECT_TRUE(store_
                  ->ForEachLedgerEntry([&](const storage::LedgerEntry& entry) {
                    for (const auto& line : entry.lines) balances[line.account] += (line.debit - line.credit).value;
                    return absl::OkStatus();
                  })
                  .ok());
  std::erase_if(balances, [](const auto& balance) { return balance.second == 0; });
  return balances;
}

}  // namespace furikae::rules
