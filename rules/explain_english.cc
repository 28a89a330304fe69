// What explanations say in English, and the choice of the language.
#include "absl/strings/str_format.h"
#include "core/concat.h"
#include "rules/explain_phrases.h"

namespace furikae::rules {
namespace {

std::string_view Meaning(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAsClaimed:
      return "The insurer on the receipt pays: the qualification is valid on every day of treatment.";
    case Outcome::kBranchCompleted:
      return "The insurer on the receipt pays; the branch number was filled in from the registry.";
    case Outcome::kTransferred:
      return "The whole receipt goes to the insurer below, which covered the patient on every day (振替).";
    case Outcome::kSplit:
      return "The receipt is split by day between the insurers below, each for the days it covered (分割).";
    case Outcome::kBilledToClaimed:
      return "The receipt stays with the insurer it names, although the qualification does not hold on every day.";
    case Outcome::kReturned:
      return "The receipt goes back to the institution (返戻).";
    case Outcome::kInReview:
      return "A person has to decide: the machine may not.";
    case Outcome::kPending:
      return "The receipt waits for the new qualification to be registered and is taken up again each month.";
    case Outcome::kApportioned:
      return "Nobody could identify the insurer: the amount is shared among insurers by what each has paid the "
             "institution (按分).";
    case Outcome::kPassedThrough:
      return "The receipt is outside this procedure and passes through unchanged.";
    case Outcome::kUndecided:
      return "The receipt has been taken in and not decided yet.";
  }
  return "";
}

std::string_view AsItIs(std::string_view word) { return word; }
std::string InEnglish(const Contradiction& why) { return why.ToString(); }
std::string SameText(const std::string& text) { return text; }
std::string Month(ServiceMonth month) { return month.ToString(); }
std::string Day(Date date) { return date.ToString(); }
std::string Time(Moment moment) { return moment.ToString(); }
std::string DayList(DayMask days) { return days.ToString(); }
std::string Yens(int64_t yen) { return absl::StrCat(yen, " yen"); }
std::string Points(int64_t points) { return absl::StrCat(points, " points"); }

std::string LedgerLine(const storage::LedgerEntry& entry, const storage::LedgerLine& line) {
  return absl::StrFormat("  %s %-12s %-28s debit %8d credit %8d\n", entry.month.ToString(), entry.kind, line.account,
                         line.debit.value, line.credit.value);
}

}  // namespace

const PhraseBook& EnglishPhrases() {
  static const auto& phrases = *new PhraseBook{
      .outcome = OutcomeName,
      .meaning = Meaning,
      .origin = OriginName,
      .grade = GradeName,
      .days_from = DaysFromName,
      .status = RowStatusName,
      .evidence = AsItIs,
      .month = Month,
      .date = Day,
      .moment = Time,
      .day_list = DayList,
      .yen = Yens,
      .points = Points,
      .source = SameText,
      .note = SameText,
      .contradiction = InEnglish,
      .ledger_line = LedgerLine,
      .values = TableWords(),
      .unknown_agency = "-",

      .claim = "Claim $0\n\nFacts\n",
      .submitted = "  submitted by $0 to $1 in $2 (file $3, line $4)\n",
      .receipt = "  $0 receipt for $1, $2\n",
      .receipt_taken_in = "  $0 receipt for $1\n",
      .days = "  days of treatment: $0 (from $1)\n",
      .card_invalid = "  the card on the receipt is not valid from $0 on\n",
      .share = "  insurer's share as claimed: $0\n",
      .as_it_stood = "  decided with the registry as it stood at $0\n",
      .other_rules = "  decided by the earlier rule set $0\n",

      .reasons = "\nReasons, in the order in which they were looked at (origin $0)\n",
      .row = "  $0/$1 [$2]\n",
      .row_missing = "    (the rule set that decided it has no such row: the store is damaged; see verify)\n",
      .row_titles = "    $0 — $1\n",
      .row_source = "    source: $0\n",
      .row_note = "    note: $0\n",
      .title = "$1",
      .identification = "\nIdentification: $0\n",
      .candidate = "  candidate $0: $1\n",
      .item = "$0 $1",
      .between_items = ", ",

      .result = "\nResult: $0\n  $1\n",
      .confirmation_class = "  確認区分 $0\n",
      .return_reason = "  reason $0: $1\n",
      .part = "  $0 ($1): days $2, $3, $4\n",
      .unanswered = "  if nobody answers before the month is closed: $0\n",
      .flags = "  flags: $0\n",
      .flag = "$0",
      .missing_items = "  missing in the declaration: $0\n",
      .books = "\nBooks\n",
      .pool = "\nPool $0: $1 receipts, $2, shared by rung $3 over weights of $4\n",
      .rung = "$0",
      .pool_share = "  $0: paid $1, bears $2 (quota $3, remainder rank $4)\n",
      .pool_receipts = "  its receipts:\n",
      .pool_receipt = "    $0\n",
      .payments = "  payment records that the rung counts:\n",
      .payment = "    $2 $0: $4 (records: $3)\n",
      .payment_of_another = "    $2 $0: $4 (records: $3), counted for $1, which has taken its place\n",
      .paid_since = "  (records were loaded after the close; the weights are those of the close)\n",

      .assumed = "\nIf $0, then\n",
      .assumed_as_of = "the registry were as at $0",
      .assumed_fact = "$1 ($2) were $3",
      .between_assumptions = " and ",
      .impossible = "  that could not be: $0\n",
      .silent_row = "  would not have spoken: $0/$1: $2\n",
      .speaking_row = "  would have spoken: $0/$1: $2\n",

      .near_rows = "\nRows that one fact alone kept from answering\n",
      .lost_rows = "\nRows that did not answer\n",
      .lost_row = "  $0/$1: $2\n",
      .unmet = "    $1 ($2) is $3, wanted $4\n",
      .after_the_answer = "    an earlier row had answered\n",
      .held_in_vain = "    it held, and another row took its place\n",
      .nothing = "  none\n",
      .not_told = "  cannot be told: decided again, the receipt does not take the same rows\n",
      .changes = "\nWhat would change it, each fact for itself\n",
      .change = "  → $0$1$2$3\n",
      .change_class = " $0",
      .change_reason = " $0",
      .change_insurers = " ($0)",
      .change_fact = "      $1 ($2): $3\n",
      .duplicate = "  nothing: the same receipt came before, whatever its facts\n",
      .no_change = "  no single fact that the tables looked at\n",
  };
  return phrases;
}

const PhraseBook& PhrasesOf(Language language) {
  return language == Language::kJapanese ? JapanesePhrases() : EnglishPhrases();
}

absl::StatusOr<Language> ParseLanguage(std::string_view text) {
  if (text.empty() || text == "en") return Language::kEnglish;
  if (text == "ja") return Language::kJapanese;
  return absl::InvalidArgumentError(
      Concat("lang \"", text, "\" is no language of explanations; write en for English or ja for Japanese"));
}

}  // namespace furikae::rules
