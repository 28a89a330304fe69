// The whole run of a generated month through the engine against raw batches, each synced, of the very bytes that it
// leaves in the store. The run's own groups are synced too, before a file or a step is acknowledged; there one sync may
// cover several groups. Aim: at least 0.4 of the raw write, later 0.55 (ENGINEERING.md, bars).
//
//   furikae_bench --benchmark_filter=WholeRun
//   FURIKAE_BENCH_MILLION=1 furikae_bench --benchmark_filter=WholeRun     # also 1,000,000 receipts; about 6 GiB of
//   disk
//
// Two registry rows to a receipt. Counters: `ratio_month` = raw / (submit + decide + close), `ratio` = the same with
// the tables in it, both of wall time; cpu_us_* per receipt by step (of the load: per registry row), every thread
// counted; `growth` = cost per receipt at this size / at 100,000.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <future>
#include <memory>

#include "core/status.h"
#include "rpc/workers.h"
#include "rules/engine.h"
#include "rules/intake.h"
#include "rules/receipt_facts.h"
#include "tests/bench/generated_month.h"
#include "tests/bench/meter.h"
#include "tests/bench/raw_write.h"

namespace furikae::rules {
namespace {

using bench::Cost;
using bench::CostOf;
using bench::GeneratedMonth;
using bench::StoredBytes;
using storage::ColumnFamily;

constexpr int kSmall = 100'000, kLarge = 1'000'000;
constexpr size_t kFilesAtOnce = 100;
constexpr size_t kClaimsPerBatch = 500, kRegistryRowsPerBatch = 10'000;  // as the engine's own groups
const ServiceMonth kMonth = ServiceMonth::Of(2024, 10);
const RunMoment kRun{kMonth, Moment::LastSecondOf(kMonth)};

const Rulebook& Rules() {
  static const Rulebook kRules = *Rulebook::Load(Declarations(), EmbeddedRegulations());
  return kRules;
}

struct Steps {
  Cost load, submit, decide, close, raw_tables, raw_month;
  double receipts = 0, registry_rows = 0, peak_mib = 0, month_mib = 0;

  double RunSeconds() const { return submit.wall_s + decide.wall_s + close.wall_s; }
  double RatioOfMonth() const { return raw_month.wall_s / RunSeconds(); }
  double Ratio() const { return (raw_tables.wall_s + raw_month.wall_s) / (load.wall_s + RunSeconds()); }
  double CpuOfMonth() const { return (submit.cpu_s + decide.cpu_s + close.cpu_s) / receipts * 1e6; }
};

// Does a step and takes down what it cost; its error, if it had one.
template <typename Step>
absl::Status Take(Cost& cost, Step step) {
  absl::Status status;
  cost += CostOf([&] { status = step(); });
  return status;
}

absl::Status LoadTables(Engine& engine, const GeneratedMonth& month, Steps& steps) {
  for (const std::string& path : month.tables()) {
    const std::string bytes = month.Read(path);
    RETURN_IF_ERROR(Take(steps.load, [&] {
      return engine.LoadTable(*storage::KindOfFile(path), path, bytes, /*strict=*/false, kRun).status();
    }));
  }
  return absl::OkStatus();
}

using Files = std::vector<std::pair<std::string, std::string>>;  // path and bytes

// What the services do with files that come one after the other: while one is taken in, the next is prepared and those
// before become durable.
class Submitting {
 public:
  Submitting(Engine& engine, const Files& files) : engine_(engine), files_(files), next_(Prepared(0)) {}

  absl::Status TakeInAll(Steps& steps) {
    for (size_t i = 0; i < files_.size(); ++i) {
      const PreparedFile file = next_.get();
      if (i + 1 < files_.size()) next_ = Prepared(i + 1);
      ASSIGN_OR_RETURN(const SubmitReport report, engine_.TakeIn(file));
      steps.receipts += static_cast<double>(report.accepted);
      durable_.push_back(Later([this] { return engine_.Sync(); }));
      if (durable_.size() > kMostUnderWay) RETURN_IF_ERROR(WaitForFirst());
    }
    while (!durable_.empty()) RETURN_IF_ERROR(WaitForFirst());
    return absl::OkStatus();
  }

 private:
  static constexpr size_t kMostUnderWay = 3;

  template <typename Work>
  std::future<std::invoke_result_t<Work>> Later(Work work) {
    auto task = std::make_shared<std::packaged_task<std::invoke_result_t<Work>()>>(std::move(work));
    workers_.Run([task] { (*task)(); });
    return task->get_future();
  }
  std::future<PreparedFile> Prepared(size_t i) {
    return Later([this, i] { return Prepare({files_[i].first, files_[i].second, files_[i].second}, kRun); });
  }
  absl::Status WaitForFirst() {
    const absl::Status status = durable_.front().get();
    durable_.pop_front();
    return status;
  }

  Engine& engine_;
  const Files& files_;
  rpc::Workers workers_{kMostUnderWay + 1};
  std::future<PreparedFile> next_;
  std::deque<std::future<absl::Status>> durable_;
};

// Files are read outside of the measured time, some at once: all of a month are too much memory.
absl::Status SubmitFiles(Engine& engine, const GeneratedMonth& month, Steps& steps) {
  const std::vector<std::string>& paths = month.receipts();
  for (size_t first = 0; first < paths.size(); first += kFilesAtOnce) {
    Files files;
    for (size_t i = first; i < std::min(first + kFilesAtOnce, paths.size()); ++i)
      files.emplace_back(paths[i], month.Read(paths[i]));
    RETURN_IF_ERROR(Take(steps.submit, [&] { return Submitting(engine, files).TakeInAll(steps); }));
  }
  return absl::OkStatus();
}

absl::Status RunMonth(const GeneratedMonth& month, const std::string& data_dir, Steps& steps) {
  bench::ForgetPeakMemory();
  ASSIGN_OR_RETURN(const std::unique_ptr<storage::Store> store, storage::Store::Open({.data_dir = data_dir}));
  Engine engine(*store, Rules());
  RETURN_IF_ERROR(LoadTables(engine, month, steps));
  RETURN_IF_ERROR(SubmitFiles(engine, month, steps));
  RETURN_IF_ERROR(Take(steps.decide, [&] { return engine.Decide(kRun, nullptr).status(); }));
  RETURN_IF_ERROR(Take(steps.close, [&] { return engine.Close(kRun, nullptr).status(); }));
  steps.peak_mib = bench::PeakMemoryMib();
  return absl::OkStatus();
}

absl::Status WriteRaw(const std::string& data_dir, Steps& steps) {
  const bench::ScratchDirectory raw;
  ASSIGN_OR_RETURN(const StoredBytes stored, StoredBytes::Of(data_dir));
  const auto batches = [](size_t rows, size_t per_batch) { return rows / per_batch + 1; };
  const size_t rows = stored.RowsOf(ColumnFamily::kRegistryPerson), claims = stored.RowsOf(ColumnFamily::kClaims);
  ASSIGN_OR_RETURN(steps.raw_tables, stored.WriteTo(raw.File("tables"), StoredBytes::Part::kReference,
                                                    batches(rows, kRegistryRowsPerBatch)));
  ASSIGN_OR_RETURN(steps.raw_month,
                   stored.WriteTo(raw.File("month"), StoredBytes::Part::kMonth, batches(claims, kClaimsPerBatch)));
  steps.registry_rows = static_cast<double>(rows);
  steps.month_mib = stored.MebibytesOf(StoredBytes::Part::kMonth);
  return absl::OkStatus();
}

absl::StatusOr<Steps> RunAndWriteRaw(const GeneratedMonth& month) {
  const bench::ScratchDirectory directory;
  Steps steps;
  RETURN_IF_ERROR(RunMonth(month, directory.File("data"), steps));
  RETURN_IF_ERROR(WriteRaw(directory.File("data"), steps));
  return steps;
}

template <typename Value>
double MedianOf(const std::vector<Steps>& rounds, Value value) {
  std::vector<double> values;
  for (const Steps& steps : rounds) values.push_back(value(steps));
  return bench::Median(values);
}

void Report(const std::vector<Steps>& rounds, benchmark::State& state) {
  const auto per_receipt = [&](Cost Steps::*step) {
    return MedianOf(rounds, [&](const Steps& s) { return (s.*step).cpu_s / s.receipts * 1e6; });
  };
  state.counters["ratio"] = MedianOf(rounds, [](const Steps& s) { return s.Ratio(); });
  state.counters["ratio_month"] = MedianOf(rounds, [](const Steps& s) { return s.RatioOfMonth(); });
  state.counters["ratio_month_cpu"] =
      MedianOf(rounds, [](const Steps& s) { return s.raw_month.cpu_s / s.receipts * 1e6 / s.CpuOfMonth(); });
  state.counters["receipts_per_s"] = MedianOf(rounds, [](const Steps& s) { return s.receipts / s.RunSeconds(); });
  state.counters["cpu_us_load_row"] =
      MedianOf(rounds, [](const Steps& s) { return s.load.cpu_s / s.registry_rows * 1e6; });
  state.counters["cpu_us_submit"] = per_receipt(&Steps::submit);
  state.counters["cpu_us_decide"] = per_receipt(&Steps::decide);
  state.counters["cpu_us_close"] = per_receipt(&Steps::close);
  state.counters["cpu_us_raw"] = per_receipt(&Steps::raw_month);
  state.counters["wall_s_load"] = MedianOf(rounds, [](const Steps& s) { return s.load.wall_s; });
  state.counters["wall_s_submit"] = MedianOf(rounds, [](const Steps& s) { return s.submit.wall_s; });
  state.counters["wall_s_decide"] = MedianOf(rounds, [](const Steps& s) { return s.decide.wall_s; });
  state.counters["wall_s_close"] = MedianOf(rounds, [](const Steps& s) { return s.close.wall_s; });
  state.counters["wall_s_raw"] = MedianOf(rounds, [](const Steps& s) { return s.raw_month.wall_s; });
  state.counters["peak_mib"] = MedianOf(rounds, [](const Steps& s) { return s.peak_mib; });
  state.counters["stored_mib"] = MedianOf(rounds, [](const Steps& s) { return s.month_mib; });
}

void WholeRun(benchmark::State& state) {
  static double cpu_at_small = 0;
  const int size = static_cast<int>(state.range(0));
  const GeneratedMonth& month = GeneratedMonth::Of(size);
  std::vector<Steps> rounds;
  for (auto _ : state) {
    const absl::StatusOr<Steps> steps = RunAndWriteRaw(month);
    if (!steps.ok()) return state.SkipWithError(std::string(steps.status().message()).c_str());
    rounds.push_back(*steps);
  }
  Report(rounds, state);
  const double cpu = MedianOf(rounds, [](const Steps& s) { return s.CpuOfMonth(); });
  if (size == kSmall) cpu_at_small = cpu;
  if (size != kSmall && cpu_at_small > 0) state.counters["growth"] = cpu / cpu_at_small;
}
BENCHMARK(WholeRun)->Arg(kSmall)->Iterations(5)->Unit(benchmark::kSecond);
[[maybe_unused]] const auto* const kMillion = std::getenv("FURIKAE_BENCH_MILLION") == nullptr
                                                  ? nullptr
                                                  : benchmark::RegisterBenchmark("WholeRun", WholeRun) -> Arg(kLarge)
                                                        -> Iterations(1) -> Unit(benchmark::kSecond);

}  // namespace
}  // namespace furikae::rules
