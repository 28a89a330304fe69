// What explanations say in Japanese, in the wording of a reasoned notice (理由付記).
#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>

#include "absl/strings/str_replace.h"
#include "core/concat.h"
#include "rules/explain_japanese_values.h"
#include "rules/explain_phrases.h"

namespace furikae::rules {
namespace {

using Name = std::string_view;

// By the enumerators' numbers, as all tables of words here.
constexpr std::array<Name, 11> kMeanings = {
    "受け付けましたが、まだ判定していません。",
    "診療日のすべてにおいて資格が有効であるため、レセプトに記載された保険者に請求します。",
    "レセプトに記載された保険者に請求します。枝番は資格情報により補完しました。",
    "診療日のすべてにおいて資格が有効な下記の保険者に、レセプトの全部を振り替えます。",
    "診療日ごとに資格が有効な下記の保険者に、レセプトを分割して請求します。",
    "資格が有効でない日がありますが、レセプトに記載された保険者に請求します。",
    "レセプトを医療機関に返戻します。",
    "機械的に判定できないため、職員が確認します。",
    "新たな資格が登録されるまで保留し、毎月あらためて判定します。",
    "保険者を特定できないため、当該医療機関への支払実績に応じて各保険者に按分します。",
    "資格確認の対象外であり、そのまま通過します。",
};
constexpr std::array<Name, 5> kGrades = {"該当者なし", "確実", "有力", "可能性あり", "複数該当"};
constexpr std::array<Name, 4> kDaysFrom = {"不明", "受診日等レコード", "算定日", "診療月"};
constexpr std::array<Name, 3> kStatuses = {"", "根拠文書あり", "本規則集の仮定"};
static_assert(kMeanings.size() == static_cast<size_t>(Outcome::kPassedThrough) + 1);
static_assert(kGrades.size() == static_cast<size_t>(Grade::kSeveral) + 1);
static_assert(kDaysFrom.size() == static_cast<size_t>(DaysFrom::kMonth) + 1);
static_assert(kStatuses.size() == static_cast<size_t>(RowStatus::kAssumed) + 1);

template <typename Words, typename Enum>
auto At(const Words& words, Enum value) {
  const auto place = static_cast<size_t>(value);
  return place < words.size() ? words[place] : words[0];
}

Name OutcomeWord(Outcome outcome) { return At(JapaneseOutcomes(), outcome); }
Name Meaning(Outcome outcome) { return At(kMeanings, outcome); }
Name OriginWord(Origin origin) { return At(JapaneseOrigins(), origin); }
Name GradeWord(Grade grade) { return At(kGrades, grade); }
Name DaysFromWord(DaysFrom from) { return At(kDaysFrom, from); }
Name StatusWord(RowStatus status) { return At(kStatuses, status); }

using Pair = std::pair<Name, Name>;
constexpr Pair kEvidence[] = {{"name_kana", "カナ氏名"}, {"name", "氏名"},      {"birth", "生年月日"},
                              {"sex", "性別"},           {"address", "住所"},   {"telephone", "電話番号"},
                              {"workplace", "事業所"},   {"insurer", "保険者"}, {"card", "記号・番号"},
                              {"exact", "一致"},         {"differs", "不一致"}, {"missing", "照合不可"}};
constexpr Pair kEntries[] = {{"CLAIMED", "請求"},  {"BORNE", "負担"},       {"HANDED_OVER", "引継"},
                             {"RETURNED", "返戻"}, {"PENDING", "保留"},     {"IN_REVIEW", "確認中"},
                             {"REVERSED", "取消"}, {"APPORTIONED", "按分"}, {"ADJUSTED", "調整"}};
constexpr Pair kAccounts[] = {{"institution", "医療機関"}, {"insurer", "保険者"}, {"clearing", "清算"},
                              {"returns", "返戻"},         {"pending", "保留"},   {"unallocated", "未配分"},
                              {"public", "公費"}};

template <size_t N>
Name WordFor(const Pair (&words)[N], Name name) {
  const auto* found =
      std::find_if(std::begin(words), std::end(words), [name](const Pair& p) { return p.first == name; });
  return found == std::end(words) ? name : found->second;
}

Name Evidence(Name word) { return WordFor(kEvidence, word); }

// "clearing/1" → "清算（支払基金）", "insurer/06139463" → "保険者 06139463".
std::string Account(const std::string& account) {
  const size_t slash = account.find('/');
  const std::string kind = account.substr(0, slash);
  const std::string member = slash == std::string::npos ? "" : account.substr(slash + 1);
  const Name word = WordFor(kAccounts, kind);
  if (member.empty()) return std::string(word);
  if (member == "1" || member == "2") return Concat(word, member == "1" ? "（支払基金）" : "（国保連）");
  return Concat(word, " ", member);
}

std::string Yens(int64_t yen) { return Grouped(yen) + "円"; }
std::string Points(int64_t points) { return Grouped(points) + "点"; }

std::string LedgerLine(const storage::LedgerEntry& entry, const storage::LedgerLine& line) {
  return Concat("  ", WarekiMonth(entry.month), " ", WordFor(kEntries, entry.kind), " ", Account(line.account), " ",
                line.debit.value != 0 ? "借方 " + Yens(line.debit.value) : "貸方 " + Yens(line.credit.value), "\n");
}

std::string DayList(DayMask days) { return absl::StrReplaceAll(days.ToString(), {{" ", "・"}}) + "日"; }

// Any other source is a citation and stays as it is.
constexpr Pair kSources[] = {{"policy of this rule set", "本規則集の方針"}};

std::string Source(const std::string& source) { return std::string(WordFor(kSources, source)); }

std::string WhyImpossible(const Contradiction& why) {
  using enum Contradiction::Cause;
  switch (why.cause) {
    case kDuplicate:
      return "R08 同一のレセプトが先に請求されているため、他の事実にかかわらず返戻となります。";
    case kNoInsurer:
      return "レセプトに記載された保険者がないため、存続する保険者を仮定することができません。";
    case kNobodysCard:
      return "本人のものとして登録された証がないため、その先を判定することができません。";
    case kNoRowHolds:
      return Concat("表 ", why.table, " に適用できる行がありません。");
    case kRowMisfits:
      return Concat("表 ", why.table, " の行 ", why.row, " は、確認された資格に合わないため実行することができません。");
  }
  return "";
}

// An English note has words of small letters; those of the built-in tables are all English.
std::string Note(const std::string& note) {
  for (size_t i = 0; i + 1 < note.size(); ++i) {
    const auto small = [&](size_t at) { return note[at] >= 'a' && note[at] <= 'z'; };
    if (small(i) && small(i + 1)) return "";
  }
  return note;
}

constexpr ValueWords kValues = {.value = JapaneseValue,
                                .any_value = "何らかの値",
                                .nothing = "該当なし",
                                .of_numbers = {"$0以上$1以下", "$0以下", "$0以上"},
                                .of_codes = {"$0から$1まで", "$0まで", "$0から"},
                                .of_times = {"$0から$1まで", "$0以前", "$0以降"},
                                .one_of = "$0",
                                .between_names = "・",
                                .or_else = "又は"};

}  // namespace

const PhraseBook& JapanesePhrases() {
  static const auto& phrases = *new PhraseBook{
      .outcome = OutcomeWord,
      .meaning = Meaning,
      .origin = OriginWord,
      .grade = GradeWord,
      .days_from = DaysFromWord,
      .status = StatusWord,
      .evidence = Evidence,
      .month = WarekiMonth,
      .date = WarekiDate,
      .moment = WarekiMoment,
      .day_list = DayList,
      .yen = Yens,
      .points = Points,
      .source = Source,
      .note = Note,
      .contradiction = WhyImpossible,
      .ledger_line = LedgerLine,
      .values = kValues,
      .unknown_agency = "不明",

      .claim = "判定理由書　請求番号 $0\n\n事実\n",
      .submitted = "  医療機関 $0 から$1へ、$2に請求（ファイル $3、$4行目）\n",
      .receipt = "  $1診療分の$0レセプト、$2\n",
      .receipt_taken_in = "  $1診療分の$0レセプト\n",
      .days = "  診療日: $0（$1による）\n",
      .card_invalid = "  レセプトに記載された証は$0以降無効\n",
      .share = "  請求時の保険者負担額: $0\n",
      .as_it_stood = "  $0現在の資格情報により判定\n",
      .other_rules = "  現行と異なる規則集により判定（$0）\n",

      .reasons = "\n判断の根拠（検討した順。区分: $0）\n",
      .row = "  $0/$1［$2］\n",
      .row_missing = "    （判定に用いた規則集にこの行がありません。保存データが損傷しています。）\n",
      .row_titles = "    $0\n",
      .row_source = "    出典: $0\n",
      .row_note = "    備考: $0\n",
      .title = "$0",
      .identification = "\n特定作業の結果: $0\n",
      .candidate = "  候補 $0: $1\n",
      .item = "$0$1",
      .between_items = "、",

      .result = "\n結果: $0\n  $1\n",
      .confirmation_class = "  確認区分 $0（$2）\n",
      .return_reason = "  返戻事由 $0: $2\n",
      .part = "  保険者 $0（$1）: 診療日 $2、$3、$4\n",
      .unanswered = "  月次締めまでに回答がない場合: $0\n",
      .flags = "  注記: $0\n",
      .flag = "$2",
      .missing_items = "  申立書に記載のない事項: $0\n",
      .books = "\n計理\n",
      .pool = "\n按分 $0: $1件、$2を、$3 合計$4に応じて按分\n",
      .rung = "$1",
      .pool_share = "  保険者 $0: 支払実績 $1、負担額 $2（按分値 $3、端数順位 $4）\n",
      .pool_receipts = "  対象のレセプト\n",
      .pool_receipt = "    $0\n",
      .payments = "  按分の基礎とした支払実績\n",
      .payment = "    $2　保険者 $0: $4（$3件の記録）\n",
      .payment_of_another = "    $2　保険者 $0: $4（$3件の記録。承継した $1 の実績とする）\n",
      .paid_since = "  （締め後に支払実績が追加されています。按分は締めの時点の実績によります。）\n",

      .assumed = "\n仮に$0であったとすれば\n",
      .assumed_as_of = "資格情報が$0現在のもの",
      .assumed_fact = "$0（$2）が「$3」",
      .between_assumptions = "、かつ",
      .impossible = "  このレセプトでは成り立たない仮定です。理由: $0\n",
      .silent_row = "  適用されなくなる行 $0/$1: $2\n",
      .speaking_row = "  新たに適用される行 $0/$1: $2\n",

      .near_rows = "\n一つの事実のみにより適用されなかった行\n",
      .lost_rows = "\n適用されなかった行\n",
      .lost_row = "  $0/$1: $2\n",
      .unmet = "    $0（$2）: 「$3」（この行の要件は「$4」）\n",
      .after_the_answer = "    先の行が適用済み\n",
      .held_in_vain = "    要件を満たすが、他の行が代わって適用\n",
      .nothing = "  なし\n",
      .not_told = "  あらためて判定すると適用される行が異なるため、示すことができません。\n",
      .changes = "\n一つの事実のみで結果が変わる場合\n",
      .change = "  → $0$1$2$3\n",
      .change_class = "　確認区分 $0",
      .change_reason = "　返戻事由 $0",
      .change_insurers = "　保険者 $0",
      .change_fact = "      $0（$2）が「$3」\n",
      .duplicate = "  なし（同一のレセプトが先に請求されているため、他の事実にかかわらず返戻）\n",
      .no_change = "  なし\n",
  };
  return phrases;
}

}  // namespace furikae::rules
