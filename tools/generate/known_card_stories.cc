// Stories about cards that say whom they belong to: in order, lapsed, mistyped, of insurers that have gone.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tools/generate/story.h"

namespace furikae::generate {
namespace {

Truth Is(std::string name, const Person& person, Origin origin, Outcome outcome, int reason = 0, uint32_t flags = 0) {
  return {std::move(name), {person.subject_id}, origin, outcome, reason, flags, {}, "", true};
}

// ---- valid

Story Valid(World& world) {
  const int chance = world.random().Between(1, 100);
  Person& person = chance <= 14   ? world.Fresh(0, 5)
                   : chance <= 40 ? world.Fresh(76, 95)
                   : chance <= 50 ? world.Fresh(7, 19)
                                  : world.Fresh(20, 68);
  const RegistryRow& card = person.rows.front();
  Draft d = DraftFor(world, AnyFlavour(world), person, card, SomeDays(world, world.random().Between(1, 4)));
  Truth truth = Is("valid", person, Origin::kValid, Outcome::kAsClaimed);
  truth.parts = {{card.card.insurer, Mask(d.visits)}};
  return {d, truth, {}, false};
}

Story BranchBlank(World& world) {
  Person& person = world.Fresh();
  Draft d = DraftFor(world, AnyFlavour(world), person, person.rows.front(), SomeDays(world, 2));
  d.branch.clear();
  return {d, Is("branch left blank", person, Origin::kValid, Outcome::kBranchCompleted), {}, false};
}

Story ValidWithoutJd(World& world) {
  Story story = Valid(world);
  story.draft.has_jd = false;
  story.truth.story = "valid, no JD";
  return story;
}

Story UnknownRecord(World& world) {
  Story story = Valid(world);
  story.draft.unknown_record = true;
  story.truth.story = "valid, with a record type that nobody knows yet";
  return story;
}

Story ValidWithoutAnyDay(World& world) {
  Person& person = world.Fresh();
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows.front(), SomeDays(world, 1));
  d.has_jd = false;
  for (DraftLine& line : d.lines) {
    line.days.clear();
    line.count = 1;
  }
  return {d, Is("valid, no day stated anywhere", person, Origin::kValid, Outcome::kAsClaimed), {}, false};
}

Story ValidInpatient(World& world) {
  Person& person = world.Fresh(20, 68);
  std::vector<int> days;
  for (int day = 4; day <= 9; ++day) days.push_back(day);
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows.front(), days);
  d.inpatient = true;
  d.admitted = d.service_month.Day(4);
  d.lines = InpatientLines(days, world.random().Next());
  return {d, Is("valid inpatient", person, Origin::kValid, Outcome::kAsClaimed), {}, false};
}

Story ValidDpc(World& world) {
  Person& person = world.Fresh(20, 68);
  std::vector<int> days = {10, 11, 12, 13};
  Draft d = DraftFor(world, Flavour::kDpc, person, person.rows.front(), days);
  d.inpatient = true;
  d.admitted = d.service_month.Day(10);
  d.discharged = d.service_month.Day(13);
  d.lines = {{"SI", "60", "160000310", 120, {{10, 1}}}};
  return {d, Is("valid DPC", person, Origin::kValid, Outcome::kAsClaimed), {}, false};
}

Story BirthDateSlip(World& world) {
  Story story = Valid(world);
  story.draft.birth = story.draft.birth.Plus(story.draft.birth.Day() > 15 ? -1 : 1);
  story.truth.story = "birth date mistyped, sex and name agree";
  return story;
}

Story OldKanji(World& world) {
  Person& person = world.Fresh();
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows.front(), SomeDays(world, 1));
  person.rows.front().name = "渡邊 " + person.given;
  person.rows.front().name_kana = "ワタナベ " + person.given_kana;
  person.surname = "渡邊";
  person.surname_kana = "ワタナベ";
  d.name = "渡辺 " + person.given;
  d.kana = person.Kana();
  d.birth = d.birth.Plus(d.birth.Day() > 15 ? -1 : 1);
  return {d, Is("birth date mistyped, name in new characters", person, Origin::kValid, Outcome::kAsClaimed), {}, false};
}

// ---- lapsed

// The old card until `change` (the first day without it), a new one from then on.
struct Change {
  RegistryRow before, after;
};
Change JobChange(World& world, Person& person, Date change) {
  const InsurerNumber before = world.AnyInsurer(person);
  const InsurerNumber after = world.AnyInsurer(person, before);
  person.rows = {world.Cover(person, before, change.Plus(-800), change), world.Cover(person, after, change)};
  return {person.rows[0], person.rows[1]};
}

Story Transferred(World& world) {
  Person& person = world.Fresh();
  const Change change = JobChange(world, person, world.service_month().FirstDay().Plus(-world.random().Between(0, 60)));
  Draft d = DraftFor(world, AnyFlavour(world), person, change.before, SomeDays(world, 2));
  Truth truth =
      Is("changed jobs before the month, showed the old card", person, Origin::kLapsed, Outcome::kTransferred);
  truth.parts = {{change.after.card.insurer, Mask(d.visits)}};
  return {d, truth, {}, false};
}

Story Split(World& world) {
  Person& person = world.Fresh();
  const int day = world.random().Between(10, 20);
  const Change change = JobChange(world, person, world.service_month().Day(day));
  std::vector<int> days = SomeDays(world, 2, 2, day - 1);
  const std::vector<int> later = SomeDays(world, world.random().Between(1, 2), day, 27);
  Truth truth = Is("changed jobs in mid-month, showed the old card", person, Origin::kLapsed, Outcome::kSplit);
  truth.parts = {{change.before.card.insurer, Mask(days)}, {change.after.card.insurer, Mask(later)}};
  days.insert(days.end(), later.begin(), later.end());
  return {DraftFor(world, AnyFlavour(world), person, change.before, days), truth, {}, false};
}

Story SplitInThree(World& world) {
  Person& person = world.Fresh();
  const ServiceMonth month = world.service_month();
  const auto& employees = world.insurers().employees;
  const InsurerNumber a = employees[0], b = employees[5], c = world.insurers().kokuho[2];
  person.rows = {world.Cover(person, a, month.Day(1).Plus(-500), month.Day(8)),
                 world.Cover(person, b, month.Day(8), month.Day(19)), world.Cover(person, c, month.Day(19))};
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], {3, 9, 12, 25});
  Truth truth = Is("two changes in one month", person, Origin::kLapsed, Outcome::kSplit);
  truth.parts = {{a, Mask({3})}, {b, Mask({9, 12})}, {c, Mask({25})}};
  return {d, truth, {}, false};
}

Story SeventyFifthBirthday(World& world) {
  Person& person = world.Fresh(74, 74);
  const ServiceMonth month = world.service_month();
  const int day = 15;
  person.birth = *Date::Of(month.Year() - 75, month.Month(), day);
  const InsurerNumber before = world.insurers().kokuho[0];
  const InsurerNumber after = world.insurers().late_elderly[0];
  person.rows = {world.Cover(person, before, month.Day(day).Plus(-3000), month.Day(day)),
                 world.Cover(person, after, month.Day(day))};
  person.rows[0].contribution_per_cent = 20;
  person.rows[1].contribution_per_cent = 10;
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], {4, 18, 25});
  d.late_elderly = false;
  d.class_digit = 8;
  d.rate = 80;
  Truth truth = Is("seventy-fifth birthday", person, Origin::kLapsed, Outcome::kSplit, 0, kRateDiffers);
  truth.parts = {{before, Mask({4})}, {after, Mask({18, 25})}};
  return {d, truth, {}, false};
}

Story DoubleCoverage(World& world) {
  Person& person = world.Fresh();
  const Date change = world.service_month().FirstDay().Plus(-20);
  const auto& employees = world.insurers().employees;
  person.rows = {world.Cover(person, employees[1], change.Plus(-900), change),
                 world.Cover(person, employees[6], change), world.Cover(person, world.insurers().kokuho[4], change)};
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 2));
  return {
      d, Is("two new insurers at once", person, Origin::kLapsed, Outcome::kBilledToClaimed, 0, kReviewOpen), {}, false};
}

Story NewInsurerNotRegistered(World& world) {
  Person& person = world.Fresh();
  const Date change = world.service_month().FirstDay().Plus(-10);
  person.rows = {world.Cover(person, world.AnyInsurer(person), change.Plus(-900), change)};
  Draft d = DraftFor(world, AnyFlavour(world), person, person.rows[0], SomeDays(world, 2));
  Truth truth = Is("lapsed, nothing new registered", person, Origin::kLapsed, Outcome::kBilledToClaimed);
  truth.parts = {{person.rows[0].card.insurer, Mask(d.visits)}};
  return {d, truth, {}, false};
}

Story RegisteredAfterTheRun(World& world) {
  Person& person = world.Fresh();
  Change change = JobChange(world, person, world.service_month().FirstDay().Plus(-5));
  person.rows[1].registered_at = {(world.options().month.LastDay().days + 20) * int64_t{86400}};
  Draft d = DraftFor(world, Flavour::kMedical, person, change.before, SomeDays(world, 2));
  return {d, Is("new insurer registers after the run", person, Origin::kLapsed, Outcome::kBilledToClaimed), {}, false};
}

Story ViewingStopped(World& world) {
  Person& person = world.Fresh();
  const Change change = JobChange(world, person, world.service_month().FirstDay().Plus(-5));
  RegistryRow stopped = change.after;
  stopped.suspended = true;
  stopped.registered_at.seconds += 86400;
  person.rows.push_back(stopped);
  Draft d = DraftFor(world, Flavour::kMedical, person, change.before, SomeDays(world, 2));
  return {d, Is("new coverage stopped for viewing", person, Origin::kLapsed, Outcome::kBilledToClaimed), {}, false};
}

Story WrongDateTakenBack(World& world) {
  Person& person = world.Fresh();
  const Date first_day = world.service_month().FirstDay();
  const Change change = JobChange(world, person, first_day.Plus(-5));
  RegistryRow withdrawn = change.after;  // registered with a wrong qualification date first
  withdrawn.qualified = first_day.Plus(3);
  RegistryRow taken_back = withdrawn;
  taken_back.withdrawn = true;
  taken_back.registered_at.seconds += 3600;
  person.rows.push_back(withdrawn);
  person.rows.push_back(taken_back);
  Draft d = DraftFor(world, Flavour::kMedical, person, change.before, SomeDays(world, 2));
  Truth truth = Is("a wrong qualification date was taken back", person, Origin::kLapsed, Outcome::kTransferred);
  truth.parts = {{change.after.card.insurer, Mask(d.visits)}};
  return {d, truth, {}, false};
}

Story FormerQualification(World& world) {
  Story story = NewInsurerNotRegistered(world);
  story.draft.remarks = {"旧資格情報"};
  story.truth.story = "marked as former qualification, this month";
  story.truth.outcome = Outcome::kPending;
  story.truth.parts.clear();
  return story;
}

Story FormerQualificationOverdue(World& world) {
  Person& person = world.Fresh();
  const ServiceMonth month = world.options().month.Plus(-3);
  const Date change = month.FirstDay().Plus(-10);
  person.rows = {world.Cover(person, world.insurers().employees[2], change.Plus(-900), change)};
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 2));
  d.service_month = month;
  d.remarks = {"旧資格情報"};
  return {d,
          Is("marked as former qualification, three months ago", person, Origin::kLapsed, Outcome::kApportioned),
          {},
          false};
}

Story DiedBefore(World& world) {
  Person& person = world.Fresh(40, 68);
  const Date death = world.service_month().FirstDay().Plus(-3);
  person.rows = {world.Cover(person, world.AnyInsurer(person), death.Plus(-2000), death)};
  person.rows[0].loss_reason = LossReason::kDeath;
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 1));
  return {d, Is("died before the treatment", person, Origin::kLapsed, Outcome::kReturned, 7), {}, false};
}

Story DiedWithin(World& world) {
  Person& person = world.Fresh(40, 68);
  const Date death = world.service_month().Day(15);
  person.rows = {world.Cover(person, world.AnyInsurer(person), death.Plus(-2000), death)};
  person.rows[0].loss_reason = LossReason::kDeath;
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], {5, 20});
  return {d,
          Is("days on both sides of a death", person, Origin::kLapsed, Outcome::kBilledToClaimed, 0, kReviewOpen),
          {},
          false};
}

Story CardCollected(World& world) {
  Story story = NewInsurerNotRegistered(world);
  story.draft.remarks = {"証回収後の受診"};
  story.truth.story = "the card had been collected";
  story.truth.outcome = Outcome::kReturned;
  story.truth.reason = 6;
  story.truth.parts.clear();
  return story;
}

// The registry holds the same human twice, unlinked: only a person may decide. Here one did.
Story SecondRecord(World& world, Action action, const char* name, Outcome outcome, uint32_t flags) {
  Person& person = world.Fresh();
  const Date change = world.service_month().FirstDay().Plus(-10);
  person.rows = {world.Cover(person, world.insurers().employees[7], change.Plus(-900), change)};
  const RegistryRow card = person.rows[0];
  Person& again = world.Double(person);
  again.rows = {world.Cover(again, world.insurers().kokuho[6], change)};
  Draft d = DraftFor(world, Flavour::kMedical, person, card, SomeDays(world, 2));
  Truth truth = Is(name, person, Origin::kLapsed, outcome, 0, flags);
  truth.subject_ids.push_back(again.subject_id);
  Story story{d, truth, {}, false};
  if (action == Action::kUnknown) return story;
  PeopleRow row;
  row.action = action;
  if (action == Action::kAccept) row.subject_id = again.subject_id;
  row.actor = "reviewer-12";
  row.at = {(world.options().month.FirstDay().days + 14) * int64_t{86400}};
  story.people = {row};
  return story;
}
Story SecondRecordOpen(World& world) {
  return SecondRecord(world, Action::kUnknown, "same human twice in the registry, nobody answers",
                      Outcome::kBilledToClaimed, kReviewOpen);
}
Story SecondRecordAccepted(World& world) {
  return SecondRecord(world, Action::kAccept, "same human twice in the registry, reviewer accepts",
                      Outcome::kTransferred, 0);
}
Story SecondRecordRejected(World& world) {
  return SecondRecord(world, Action::kReject, "same human twice in the registry, reviewer rejects",
                      Outcome::kBilledToClaimed, 0);
}
Story SecondRecordDeferred(World& world) {
  return SecondRecord(world, Action::kDefer, "same human twice in the registry, review deferred", Outcome::kInReview,
                      0);
}

Story DissolvedInsurer(World& world) {
  Person& person = world.Fresh();
  const auto& insurers = world.insurers();
  const Date end = world.options().month.Plus(-4).LastDay().Plus(1);
  person.rows = {world.Cover(person, insurers.dissolved_with_successor, end.Plus(-900), end),
                 world.Cover(person, insurers.successor, end)};
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 2));
  Truth truth = Is("card of a dissolved society", person, Origin::kLapsed, Outcome::kTransferred);
  truth.parts = {{insurers.successor, Mask(d.visits)}};
  return {d, truth, {}, false};
}

// ---- unmatched and invalid

std::string WithOneDigitWrong(std::string number) {
  char& digit = number[number.size() / 2];
  digit = digit == '9' ? '0' : static_cast<char>(digit + 1);
  return number;
}

Story NumberMistyped(World& world) {
  Person& person = world.Fresh();
  Draft d = DraftFor(world, AnyFlavour(world), person, person.rows[0], SomeDays(world, 2));
  d.number = WithOneDigitWrong(d.number);
  Truth truth =
      Is("a digit of the number mistyped", person, Origin::kUnmatched, Outcome::kAsClaimed, 0, kCardCorrected);
  truth.parts = {{person.rows[0].card.insurer, Mask(d.visits)}};
  return {d, truth, {}, false};
}

Story SymbolAndNumberExchanged(World& world) {
  Person& person = world.Fresh();
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 1));
  std::swap(d.symbol, d.number);
  return {d,
          Is("symbol and number exchanged", person, Origin::kUnmatched, Outcome::kAsClaimed, 0, kCardCorrected),
          {},
          false};
}

Story InsurerMistyped(World& world) {
  Person& person = world.Fresh();
  person.rows = {world.Cover(person, world.insurers().employees[8], world.service_month().FirstDay().Plus(-700))};
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 2));
  d.insurer[5] = d.insurer[5] == '9' ? '0' : static_cast<char>(d.insurer[5] + 1);
  Truth truth = Is("a digit of the insurer number mistyped", person, Origin::kInvalidNumber, Outcome::kTransferred, 0,
                   kCardCorrected);
  truth.parts = {{person.rows[0].card.insurer, Mask(d.visits)}};
  return {d, truth, {}, false};
}

// A human whom the registry does not know.
Draft Stranger(World& world, InsurerNumber insurer, Person& person) {
  person = world.Fresh();  // a copy: the registry keeps someone else
  person.surname = "海老原";
  person.surname_kana = "エビハラ";
  RegistryRow card = world.Cover(person, insurer, world.service_month().FirstDay());
  card.card.number = absl::StrCat(7'000'000 + world.random().Between(0, 999'999));
  card.card.symbol = "7700";
  Draft d = DraftFor(world, Flavour::kMedical, person, card, SomeDays(world, 2));
  d.birth = d.birth.Plus(-1);
  return d;
}

Story UnknownCard(World& world) {
  Person person;
  Draft d = Stranger(world, world.insurers().employees[9], person);
  Truth truth = Is("no such card, no such person", person, Origin::kUnmatched, Outcome::kReturned, 5);
  truth.subject_ids.clear();
  return {d, truth, {}, false};
}

Story KnownPersonOtherCard(World& world) {
  Person& person = world.Fresh();
  person.rows = {world.Cover(person, world.insurers().employees[10], world.service_month().FirstDay().Plus(-700))};
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 2));
  d.insurer = world.insurers().employees[11].ToString();
  d.symbol = "9999";
  d.number = "8888888";
  return {d,
          Is("no such card, but the person is known", person, Origin::kUnmatched, Outcome::kReturned, 5, kReviewOpen),
          {},
          false};
}

Story CardOfTwoRecords(World& world) {
  Person& person = world.Fresh();
  const RegistryRow card = person.rows[0];
  Person& again = world.Double(person);
  again.rows = {card};
  again.rows[0].subject_id = again.subject_id;
  Draft d = DraftFor(world, Flavour::kMedical, person, card, SomeDays(world, 1));
  Truth truth = Is("one card, two records that agree on everything", person, Origin::kUnmatched, Outcome::kReturned, 5,
                   kReviewOpen);
  truth.subject_ids.push_back(again.subject_id);
  return {d, truth, {}, false};
}

Story InvalidNumber(World& world, const char* name, const std::string& insurer) {
  Person person;
  Draft d = Stranger(world, world.insurers().employees[9], person);
  d.insurer = insurer;
  Truth truth = Is(name, person, Origin::kInvalidNumber, Outcome::kReturned, 1);
  truth.subject_ids.clear();
  return {d, truth, {}, false};
}
Story CheckDigitFails(World& world) { return InvalidNumber(world, "39777777 is no number", "39777777"); }
Story NotInMaster(World& world) {
  return InvalidNumber(world, "passes the check digit, but no such insurer", "06460018");
}
Story InsurerNotYet(World& world) {
  return InvalidNumber(world, "an insurer that begins later", world.insurers().not_yet.ToString());
}
Story InsurerGone(World& world) {
  return InvalidNumber(world, "an insurer that has ceased, card unknown",
                       world.insurers().dissolved_without_successor.ToString());
}

// ---- outside, contradictory, twice

Story PublicExpenseOnly(World& world) {
  Person& person = world.Fresh();
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 2));
  d.has_ho = false;
  d.public_expenses = 1;
  d.class_digit = 2;
  d.late_elderly = false;
  return {d, Is("public expense only", person, Origin::kOutOfScope, Outcome::kPassedThrough), {}, false};
}

Story WorkAccident(World& world) {
  Person& person = world.Fresh();
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 1));
  d.accident = true;
  return {d, Is("worker's accident", person, Origin::kOutOfScope, Outcome::kPassedThrough), {}, false};
}

Story NegativeShare(World& world) {
  Person& person = world.Fresh();
  Draft d = DraftFor(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 1));
  d.copayment = d.Points() * 10 + 100;
  return {d, Is("copayment larger than the bill", person, Origin::kValid, Outcome::kReturned, 9), {}, false};
}

Story HandedInTwice(World& world) {
  Story story = Valid(world);
  story.truth.story = "handed in once more in another file";
  story.twice = true;
  return story;
}

}  // namespace

const std::vector<StoryKind>& KnownCardStories() {
  static const auto* kinds = new std::vector<StoryKind>{
      {"valid", 1000, Valid},
      {"branch blank", 60, BranchBlank},
      {"valid without JD", 30, ValidWithoutJd},
      {"unknown record", 1, UnknownRecord},
      {"valid without any day", 5, ValidWithoutAnyDay},
      {"valid inpatient", 30, ValidInpatient},
      {"valid DPC", 30, ValidDpc},
      {"birth date slip", 10, BirthDateSlip},
      {"old kanji", 3, OldKanji},
      {"transferred", 90, Transferred},
      {"split", 60, Split},
      {"split in three", 2, SplitInThree},
      {"75th birthday", 6, SeventyFifthBirthday},
      {"double coverage", 3, DoubleCoverage},
      {"nothing new registered", 25, NewInsurerNotRegistered},
      {"registered after the run", 6, RegisteredAfterTheRun},
      {"viewing stopped", 3, ViewingStopped},
      {"wrong date taken back", 3, WrongDateTakenBack},
      {"former qualification", 15, FormerQualification},
      {"former qualification overdue", 4, FormerQualificationOverdue},
      {"died before", 3, DiedBefore},
      {"died within", 1, DiedWithin},
      {"card collected", 2, CardCollected},
      {"second record, open", 2, SecondRecordOpen},
      {"second record, accepted", 1, SecondRecordAccepted},
      {"second record, rejected", 1, SecondRecordRejected},
      {"second record, deferred", 1, SecondRecordDeferred},
      {"dissolved insurer", 4, DissolvedInsurer},
      {"number mistyped", 10, NumberMistyped},
      {"symbol and number exchanged", 3, SymbolAndNumberExchanged},
      {"insurer mistyped", 5, InsurerMistyped},
      {"unknown card", 10, UnknownCard},
      {"known person, other card", 3, KnownPersonOtherCard},
      {"one card, two records", 1, CardOfTwoRecords},
      {"check digit fails", 3, CheckDigitFails},
      {"not in master", 2, NotInMaster},
      {"insurer not yet", 1, InsurerNotYet},
      {"insurer gone", 1, InsurerGone},
      {"public expense only", 8, PublicExpenseOnly},
      {"work accident", 2, WorkAccident},
      {"negative share", 1, NegativeShare},
      {"handed in twice", 3, HandedInTwice},
  };
  return *kinds;
}

}  // namespace furikae::generate
