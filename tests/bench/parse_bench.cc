// Reading receipts, against what one would do without thinking and against a loop that does nothing but look at each
// byte.
//
// Every ratio is the median of pairs run alternately in one process; the label of each benchmark prints it.
// Aims: lazy parse / byte loop >= 1.0, / split into strings >= 8, CP932 table / iconv >= 2 (ENGINEERING of the
// project).
#include <benchmark/benchmark.h>
#include <iconv.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "core/uke/cp932.h"
#include "core/uke/edit.h"
#include "core/uke/receipt.h"
#include "core/uke/writer.h"

namespace furikae::uke {
namespace {

constexpr ServiceMonth kMonth = ServiceMonth{2024 * 12 + 9};
constexpr int kPairs = 9;

// A receipt of 24 lines and about 1.4 KB, as outpatient receipts are.
std::string OneReceipt(int number) {
  const Flavour medical = Flavour::kMedical;
  std::string out = MakeRecord(medical, "RE",
                               {{"レセプト番号", std::to_string(number)},
                                {"レセプト種別", "1112"},
                                {"診療年月", "202410"},
                                {"氏名", "山田　花子"},
                                {"男女区分", "2"},
                                {"生年月日", "19850402"},
                                {"カルテ番号等", "00697"},
                                {"カタカナ（氏名）", "ヤマダハナコ"}}) +
                    MakeRecord(medical, "HO",
                               {{"保険者番号", "06139463"},
                                {"被保険者証等の記号", "６４"},
                                {"被保険者証等の番号", "１２３４５６７"},
                                {"診療実日数", "2"},
                                {"合計点数", "1646"}}) +
                    MakeRecord(medical, "SN", {{"負担者種別", "1"}, {"確認区分", "01"}, {"枝番", "00"}}) +
                    MakeRecord(medical, "JD", {{"負担者種別", "1"}, {"3日の情報", "1"}, {"10日の情報", "1"}}) +
                    MakeRecord(medical, "MF", {{"窓口負担額区分", "00"}});
  for (int i = 0; i < 3; ++i) {
    out += MakeRecord(medical, "SY",
                      {{"傷病名コード", "2500013"}, {"診療開始日", "20240801"}, {"転帰区分", "1"}, {"主傷病", "01"}});
  }
  for (int i = 0; i < 14; ++i) {
    out += MakeRecord(medical, i % 3 == 0 ? "SI" : "IY",
                      {{"診療識別", i % 2 == 0 ? "21" : ""},
                       {"負担区分", "1"},
                       {"点数", "58"},
                       {"回数", "2"},
                       {"3日の情報", "1"},
                       {"10日の情報", "1"}});
  }
  for (int i = 0; i < 2; ++i) {
    out += MakeRecord(medical, "CO",
                      {{"診療識別", "21"},
                       {"負担区分", "1"},
                       {"コメントコード", "810000001"},
                       {"文字データ", "一日三回毎食後に服用"}});
  }
  return out;
}

struct Sample {
  std::string bytes;                       // a whole file
  std::vector<std::string_view> receipts;  // its receipts
  FileHead head;
};

const Sample& Receipts() {
  static Sample sample;
  if (!sample.bytes.empty()) return sample;
  constexpr int kCount = 5000;
  sample.head.flavour = Flavour::kMedical;
  sample.bytes = MakeRecord(Flavour::kMedical, "IR",
                            {{"審査支払機関", "1"},
                             {"都道府県", "13"},
                             {"点数表", "1"},
                             {"医療機関コード", "1234567"},
                             {"請求年月", "202410"},
                             {"マルチボリューム識別情報", "00"}});
  std::vector<size_t> starts;
  for (int i = 1; i <= kCount; ++i) {
    starts.push_back(sample.bytes.size());
    sample.bytes += OneReceipt(i);
  }
  starts.push_back(sample.bytes.size());
  sample.bytes += MakeTrailer({.claims = kCount, .points = int64_t{kCount} * 1646});
  for (int i = 0; i < kCount; ++i) {
    const size_t start = starts[static_cast<size_t>(i)];
    sample.receipts.push_back(std::string_view(sample.bytes).substr(start, starts[static_cast<size_t>(i) + 1] - start));
  }
  return sample;
}

double SecondsOf(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// How many times faster `ours` is than `other`: the median of alternate runs.
double Ratio(const std::function<void()>& ours, const std::function<void()>& other) {
  std::vector<double> ratios;
  ours();
  other();
  for (int i = 0; i < kPairs; ++i) {
    const double a = SecondsOf(ours), b = SecondsOf(other);
    ratios.push_back(b / a);
  }
  std::nth_element(ratios.begin(), ratios.begin() + kPairs / 2, ratios.end());
  return ratios[kPairs / 2];
}

void Report(benchmark::State& state, const std::function<void()>& ours, const std::function<void()>& other,
            const char* against, size_t items, size_t bytes) {
  const double ratio = Ratio(ours, other);
  for (auto _ : state) ours();
  state.counters["ratio"] = ratio;
  state.SetItemsProcessed(static_cast<int64_t>(items) * state.iterations());
  state.SetBytesProcessed(static_cast<int64_t>(bytes) * state.iterations());
  state.SetLabel(std::string("ratio to ") + against);
}

void ParseLazily() {
  for (std::string_view bytes : Receipts().receipts)
    benchmark::DoNotOptimize(ReadReceipt(Receipts().head, bytes)->total_points);
}

// Looks at every byte and finds every field, keeps nothing.
void LoopOverAllFields() {
  size_t fields = 0, length = 0;
  for (std::string_view bytes : Receipts().receipts) {
    size_t start = 0;
    for (size_t i = 0; i < bytes.size(); ++i) {
      if (bytes[i] == ',' || bytes[i] == '\n') {
        ++fields;
        length += i - start;
        start = i + 1;
      }
    }
  }
  benchmark::DoNotOptimize(fields);
  benchmark::DoNotOptimize(length);
}

void SplitIntoStrings() {
  for (std::string_view bytes : Receipts().receipts) {
    std::vector<std::vector<std::string>> records;
    for (const Line& line : Lines(bytes)) {
      std::vector<std::string>& fields = records.emplace_back();
      std::string_view rest = line.text;
      while (true) {
        const size_t comma = rest.find(',');
        fields.emplace_back(rest.substr(0, comma));
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
      }
    }
    benchmark::DoNotOptimize(records);
  }
}

void ReadWholeFile() { benchmark::DoNotOptimize(ReadFile("RECEIPTC.UKE", Receipts().bytes, kMonth).receipts.size()); }

const std::vector<std::string>& Names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const char* name : {"山田　花子", "佐藤　太郎", "一日三回毎食後に服用", "ヤマダハナコ",
                             "東京都千代田区霞が関１丁目", "高橋　健一郎"}) {
      names.push_back(*ToCp932(name));
    }
    return names;
  }();
  return kNames;
}
constexpr int kRounds = 2000;

void DecodeByTable() {
  std::string out;
  for (int i = 0; i < kRounds; ++i) {
    for (const std::string& name : Names()) {
      out.clear();
      AppendFromCp932(name, out);
      benchmark::DoNotOptimize(out.data());
    }
  }
}

void DecodeByIconv() {
  static const iconv_t kConverter = iconv_open("UTF-8", "CP932");
  char out[256];
  for (int i = 0; i < kRounds; ++i) {
    for (const std::string& name : Names()) {
      char* in_at = const_cast<char*>(name.data());
      char* out_at = out;
      size_t in_left = name.size(), out_left = sizeof(out);
      iconv(kConverter, &in_at, &in_left, &out_at, &out_left);
      benchmark::DoNotOptimize(out);
    }
  }
}

void BM_LazyParseToByteLoop(benchmark::State& state) {
  Report(state, ParseLazily, LoopOverAllFields, "a byte loop over all fields", Receipts().receipts.size(),
         Receipts().bytes.size());
}
void BM_LazyParseToSplit(benchmark::State& state) {
  Report(state, ParseLazily, SplitIntoStrings, "splitting into strings", Receipts().receipts.size(),
         Receipts().bytes.size());
}
void BM_CheckedFileToByteLoop(benchmark::State& state) {
  Report(state, ReadWholeFile, LoopOverAllFields, "a byte loop over all fields", Receipts().receipts.size(),
         Receipts().bytes.size());
}
void BM_Cp932TableToIconv(benchmark::State& state) {
  size_t bytes = 0;
  for (const std::string& name : Names()) bytes += name.size();
  Report(state, DecodeByTable, DecodeByIconv, "iconv", Names().size() * kRounds, bytes * kRounds);
}

BENCHMARK(BM_LazyParseToByteLoop)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_LazyParseToSplit)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_CheckedFileToByteLoop)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Cp932TableToIconv)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace furikae::uke
