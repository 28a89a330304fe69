// What a commit costs beside a bare RocksDB batch of the very bytes that it stores: serializing, hashing events,
// chaining.
//
//   furikae_bench --benchmark_filter=Store
//
// Both sides write the same groups into a fresh directory each, alternately. `ratio` of StoreCommitRatio is raw seconds
// per claim / commit seconds per claim (aim ≥ 0.55 for the whole run, so the store alone has to be well above).
#include <benchmark/benchmark.h>

#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "storage/codec.h"
#include "storage/database.h"
#include "storage/event_chain.h"
#include "storage/keys.h"
#include "storage/store.h"
#include "tests/bench/scratch_directory.h"

namespace furikae::storage {
namespace {

constexpr uint32_t kGroups = 100;
constexpr uint32_t kClaimsPerGroup = 500;
const ServiceMonth kMonth = ServiceMonth::Of(2024, 10);
constexpr double kClaims = double{kGroups} * kClaimsPerGroup;

Decision TypicalDecision() {
  Decision decision;
  decision.origin = Origin::kLapsed;
  decision.outcome = Outcome::kTransferred;
  decision.confirmation_class = 4;
  decision.total_points = 1282;
  decision.insurer_yen = {8974};
  decision.days = DayMask::Of({3, 10, 22});
  decision.days_from = DaysFrom::kJd;
  decision.parts = {{.card = {{6139463}, "６４", "1234567", "01"},
                     .agency = Agency::kShaho,
                     .days = decision.days,
                     .points = 1282,
                     .yen = {8974},
                     .subject_id = "S0001234567"}};
  decision.trace = {{"origin", "LAPSED", RowStatus::kSourced},
                    {"routing", "L2_OTHER_CARD", RowStatus::kSourced},
                    {"exclusions", "E2", RowStatus::kSourced},
                    {"rates", "GENERAL", RowStatus::kSourced}};
  decision.moment = {1730386799};
  return decision;
}

// One receipt's bytes: digits and commas, as compressible as real ones.
std::string ReceiptBytes(std::minstd_rand& random) {
  std::string bytes;
  while (bytes.size() < 1400) bytes += (random() % 4 == 0) ? std::to_string(random() % 100000) + "," : ",";
  return bytes;
}

struct Month {
  Month() {
    std::minstd_rand random(1);
    for (uint32_t n = 0; n < kClaimsPerGroup; ++n) receipts.push_back(ReceiptBytes(random));
  }
  Claim MakeClaim(ClaimKey key) const {
    Claim claim{.key = key, .state = ClaimState::kDecided, .flavour = Flavour::kMedical, .service_month = kMonth};
    claim.decision = decision;
    claim.entries = 2;
    claim.rules_digest = std::string(64, 'a');
    return claim;
  }
  Event MakeEvent(const Claim& claim) const {
    thread_local schema::Decided decided;
    decided.Clear();
    ToMessage(claim, decided.mutable_claim());
    Event event{.kind = EventKind::kDecided, .month = kMonth, .moment = {1730386799}, .claim = claim.key};
    decided.SerializeToString(&event.payload);
    return event;
  }
  std::vector<LedgerEntry> MakeEntries(ClaimKey key) const {
    std::vector<LedgerEntry> entries;
    for (uint32_t number = 1; number <= 2; ++number) {
      entries.push_back({.month = kMonth,
                         .claim = key,
                         .number = number,
                         .kind = "BORNE",
                         .lines = {{"insurer/06139463", {8974}, {}}, {"institution/1311234567", {}, {8974}}}});
    }
    return entries;
  }
  static Digest FingerprintOf(ClaimKey key) {
    std::minstd_rand random(key.submission * 1000 + key.receipt);
    Digest fingerprint;
    for (uint8_t& byte : fingerprint) byte = static_cast<uint8_t>(random() >> 16);
    return fingerprint;
  }
  Group MakeGroup(uint32_t number) const {
    Group group;
    for (uint32_t n = 1; n <= kClaimsPerGroup; ++n) {
      const ClaimKey key{number, n};
      const Claim claim = MakeClaim(key);
      group.PutReceipt(key, receipts[n - 1]);
      group.PutClaim(claim);
      group.Append(MakeEvent(claim));
      for (const LedgerEntry& entry : MakeEntries(key)) group.Post(entry);
      group.PutFingerprint(FingerprintOf(key), key);
      group.Add({kMonth, "outcome", "TRANSFERRED"}, {1, 1282, 8974});
      group.Add({kMonth, "institution", "1311234567/TRANSFERRED"}, {1, 1282, 8974});
    }
    return group;
  }
  std::vector<std::string> receipts;
  Decision decision = TypicalDecision();
};

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double CommitSeconds(const Month& month, const std::string& directory) {
  auto store = Store::Open({.data_dir = directory});
  if (!store.ok()) return 0;
  const auto start = std::chrono::steady_clock::now();
  for (uint32_t g = 1; g <= kGroups; ++g) {
    if (!(*store)->Commit(month.MakeGroup(g)).ok()) return 0;
  }
  return SecondsSince(start);
}

// The bytes that committing MakeGroup(number) stores, as one batch.
rocksdb::WriteBatch RawBatch(const Month& month, uint32_t number, const Database& database) {
  rocksdb::WriteBatch batch;
  const auto put = [&](ColumnFamily family, const std::string& key, const std::string& value) {
    batch.Put(database.Handle(family), key, value);
  };
  for (uint32_t n = 1; n <= kClaimsPerGroup; ++n) {
    const ClaimKey key{number, n};
    const Claim claim = month.MakeClaim(key);
    const uint64_t sequence = uint64_t{number} * kClaimsPerGroup + n;
    std::string claim_bytes, event_bytes;
    SerializeClaim(claim, claim_bytes);
    SerializeEventBody(month.MakeEvent(claim), event_bytes);
    AppendHash(Digest{}, event_bytes);
    put(ColumnFamily::kReceipts, keys::OfClaim(key), month.receipts[n - 1]);
    put(ColumnFamily::kClaims, keys::OfClaim(key), claim_bytes);
    put(ColumnFamily::kEvents, keys::OfEvent(sequence), event_bytes);
    put(ColumnFamily::kEvents, keys::OfClaimEvent(key, sequence), "");
    for (const LedgerEntry& entry : month.MakeEntries(key)) {
      std::string entry_bytes;
      SerializeLedgerEntry(entry, entry_bytes);
      put(ColumnFamily::kLedger, keys::OfLedgerEntry(entry), entry_bytes);
    }
    batch.Merge(database.Handle(ColumnFamily::kFingerprints), keys::OfFingerprint(Month::FingerprintOf(key)),
                keys::OfClaim(key));
  }
  return batch;
}

double RawSeconds(const Month& month, const std::string& directory) {
  auto database = OpenDatabase({.data_dir = directory});
  if (!database.ok()) return 0;
  rocksdb::WriteOptions durable;
  durable.sync = true;
  double seconds = 0;
  for (uint32_t g = 1; g <= kGroups; ++g) {
    rocksdb::WriteBatch batch = RawBatch(month, g, *database);
    const auto start = std::chrono::steady_clock::now();
    if (!database->db->Write(durable, &batch).ok()) return 0;
    seconds += SecondsSince(start);
  }
  return seconds;
}

void StoreCommitRatio(benchmark::State& state) {
  const Month month;
  double commit = 0, raw = 0;
  for (auto _ : state) {
    const bench::ScratchDirectory committed, bare;
    commit += CommitSeconds(month, committed.path());
    raw += RawSeconds(month, bare.path());
    if (commit == 0 || raw == 0) return state.SkipWithError("a write failed");
  }
  const double claims = kClaims * static_cast<double>(state.iterations());
  state.counters["ratio"] = raw / commit;
  state.counters["commit_claims_per_s"] = claims / commit;
  state.counters["raw_claims_per_s"] = claims / raw;
}
BENCHMARK(StoreCommitRatio)->Unit(benchmark::kMillisecond)->Iterations(5);

void StoreBuildGroup(benchmark::State& state) {
  const Month month;
  for (auto _ : state) {
    Group group = month.MakeGroup(1);
    benchmark::DoNotOptimize(group);
  }
  state.SetItemsProcessed(state.iterations() * kClaimsPerGroup);
}
BENCHMARK(StoreBuildGroup)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace furikae::storage
