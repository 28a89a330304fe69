#include "tests/property/told_story_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "core/uke/layouts.h"
#include "core/uke/writer.h"
#include "rules/receipt_facts.h"
#include "tests/property/cases.h"

namespace furikae {
namespace {

using generate::Draft;
using generate::Random;
using generate::World;

// What a twist may change: the receipt as it will be written, and the rows of everybody in the story.
struct Twisted {
  Draft& draft;
  std::vector<RegistryRow>& registry;
  std::vector<PeopleRow>& people;
  ServiceMonth claim_month;
};
constexpr size_t kMostTwists = 4;
const ServiceMonth kOctober = ServiceMonth::Of(2024, 10);

struct Twist {
  const char* name;
  void (*apply)(Twisted& story, Random& random);
};

RegistryRow* AnyRow(Twisted& s, Random& random) {
  return s.registry.empty() ? nullptr : &s.registry[random.Next() % s.registry.size()];
}
Date AnyDay(Twisted& s, Random& random) { return s.draft.service_month.FirstDay().Plus(random.Between(-20, 40)); }
void ChangeDigit(std::string& digits, Random& random) {
  if (digits.empty()) return;
  char& digit = digits[random.Next() % digits.size()];
  if (digit >= '0' && digit <= '9') digit = static_cast<char>('0' + random.Between(0, 9));
}

// Receipts
void NoJd(Twisted& s, Random&) { s.draft.has_jd = false; }
void NoMf(Twisted& s, Random&) { s.draft.window_burden.clear(); }
void HighCost(Twisted& s, Random&) { s.draft.window_burden = "01"; }
void NoSn(Twisted& s, Random&) { s.draft.has_sn = false; }
void NoHo(Twisted& s, Random&) {
  s.draft.has_ho = false;
  s.draft.public_expenses = std::max(1, s.draft.public_expenses);
}
void PublicExpense(Twisted& s, Random&) { s.draft.public_expenses = std::min(s.draft.public_expenses + 1, 2); }
void DayInJdAlone(Twisted& s, Random& random) { s.draft.jd_only.push_back(random.Between(1, 28)); }
void UncountedVisit(Twisted& s, Random& random) {
  const int day = random.Between(1, 28);
  if (!generate::Mask(s.draft.visits).Has(day)) s.draft.uncounted_visits.push_back(day);
}
void LineOnAnyDay(Twisted& s, Random& random) {
  if (s.draft.lines.empty()) return;
  generate::DraftLine line = s.draft.lines.front();
  line.days = {{random.Between(1, 28), 1}};
  s.draft.lines.push_back(line);
}
void LineWithoutDay(Twisted& s, Random&) {
  if (s.draft.lines.empty()) return;
  s.draft.lines.back().days.clear();
  s.draft.lines.back().count = 1;
}
void WrongTotal(Twisted& s, Random& random) { s.draft.points_off = random.Between(-20, 20); }
void Copayment(Twisted& s, Random& random) { s.draft.copayment = random.Between(0, 8000); }
void Reduction(Twisted& s, Random&) { s.draft.reduction = 1; }
void OrganDonor(Twisted& s, Random&) { s.draft.organ_donor = uke::FindRecord(s.draft.flavour, "TI") != nullptr; }
void Accident(Twisted& s, Random&) { s.draft.accident = true; }
void Paper(Twisted& s, Random&) { s.draft.paper = true; }
void UnknownRecord(Twisted& s, Random&) { s.draft.unknown_record = true; }
void OtherInsurerNumber(Twisted& s, Random& random) { ChangeDigit(s.draft.insurer, random); }
void OtherNumber(Twisted& s, Random& random) { ChangeDigit(s.draft.number, random); }
void NoBranch(Twisted& s, Random&) { s.draft.branch.clear(); }
void OtherBranch(Twisted& s, Random& random) { s.draft.branch = "0" + std::to_string(random.Between(0, 3)); }
void OtherBirth(Twisted& s, Random& random) { s.draft.birth = s.draft.birth.Plus(random.Between(-2, 0)); }
void OtherSex(Twisted& s, Random&) { s.draft.sex = s.draft.sex == Sex::kMale ? Sex::kFemale : Sex::kMale; }
void OtherRate(Twisted& s, Random& random) { s.draft.rate = 10 * random.Between(5, 10); }
void OtherAgency(Twisted& s, Random&) {
  s.draft.agency = s.draft.agency == Agency::kShaho ? Agency::kKokuho : Agency::kShaho;
}
void Sentinel(Twisted& s, Random& random) {
  generate::Unidentify(s.draft);
  if (random.Chance(30)) s.draft.insurer = "77777779";
}
void Disaster(Twisted& s, Random& random) {
  if (random.Chance(50)) s.draft.insurer = "99999999";
  s.draft.symbol.clear();
  s.draft.number = "999999999";
}
void FormerQualification(Twisted& s, Random&) { s.draft.remarks.emplace_back("旧資格情報"); }
void CardCollected(Twisted& s, Random&) { s.draft.remarks.emplace_back("証回収"); }
void CardForgotten(Twisted& s, Random&) { s.draft.remarks.emplace_back("不詳　保険証忘れ"); }
void Earlier(Twisted& s, Random& random) { s.draft.service_month = s.draft.service_month.Plus(-random.Between(1, 5)); }

// The registry
void EndsSomeday(Twisted& s, Random& random) {
  if (RegistryRow* row = AnyRow(s, random)) row->disqualified = std::max(row->qualified.Plus(1), AnyDay(s, random));
}
void BeginsSomeday(Twisted& s, Random& random) {
  if (RegistryRow* row = AnyRow(s, random)) row->qualified = std::min(row->disqualified.Plus(-1), AnyDay(s, random));
}
void Death(Twisted& s, Random& random) {
  RegistryRow* row = AnyRow(s, random);
  if (row == nullptr) return;
  row->disqualified = std::max(row->qualified.Plus(1), AnyDay(s, random));
  row->loss_reason = LossReason::kDeath;
}
void Suspended(Twisted& s, Random& random) {
  if (RegistryRow* row = AnyRow(s, random)) row->suspended = true;
}
void NewVersion(Twisted& s, Random& random) {
  RegistryRow* row = AnyRow(s, random);
  if (row == nullptr) return;
  RegistryRow version = *row;
  version.registered_at.seconds += 86400 * random.Between(1, 60);
  version.withdrawn = random.Chance(50);
  if (random.Chance(50)) version.disqualified = std::max(version.qualified.Plus(1), AnyDay(s, random));
  s.registry.push_back(std::move(version));
}
void KnownLater(Twisted& s, Random& random) {
  if (RegistryRow* row = AnyRow(s, random)) row->registered_at = {Moment::LastSecondOf(s.claim_month).seconds + 5};
}
void OtherContribution(Twisted& s, Random& random) {
  if (RegistryRow* row = AnyRow(s, random)) row->contribution_per_cent = 10 * random.Between(0, 3);
}
void AnotherCard(Twisted& s, Random& random) {
  const RegistryRow* row = AnyRow(s, random);
  const RegistryRow* other = AnyRow(s, random);
  if (row == nullptr) return;
  RegistryRow card = *row;
  card.card = other->card;
  card.card.number = std::to_string(random.Between(100000, 999999));
  card.qualified = AnyDay(s, random);
  card.disqualified = random.Chance(50) ? kOpenEnd : card.qualified.Plus(random.Between(1, 40));
  s.registry.push_back(std::move(card));
}
// A card without a branch number is the same as one with any; so which of these go together hangs on where one begins.
void OtherBranches(Twisted& s, Random& random) {
  const RegistryRow* row = AnyRow(s, random);
  if (row == nullptr) return;
  RegistryRow card = *row;
  for (const char* branch : {"", "01", "02"}) {
    card.card.branch = branch;
    card.qualified = AnyDay(s, random);
    card.disqualified = random.Chance(50) ? kOpenEnd : card.qualified.Plus(random.Between(1, 40));
    s.registry.push_back(card);
  }
}
void IssuedTheSameDay(Twisted& s, Random& random) {
  const RegistryRow* row = AnyRow(s, random);
  if (row == nullptr) return;
  RegistryRow card = *row;
  card.qualified = s.draft.service_month.FirstDay().Plus(-30);
  card.disqualified = kOpenEnd;
  card.issued = s.draft.service_month.FirstDay();
  for (int i = 0; i < 2; ++i) {
    card.card.number = std::to_string(random.Between(100000, 999999));
    s.registry.push_back(card);
  }
}
void SecondRecord(Twisted& s, Random& random) {
  const RegistryRow* row = AnyRow(s, random);
  if (row == nullptr) return;
  RegistryRow twin = *row;
  twin.subject_id = "S-second";
  if (random.Chance(70)) twin.card.number = std::to_string(random.Between(100000, 999999));
  if (random.Chance(50)) twin.disqualified = kOpenEnd;
  s.registry.push_back(std::move(twin));
}
void Nobody(Twisted& s, Random&) { s.registry.clear(); }

// People
void Say(Twisted& s, Random& random, Action action) {
  PeopleRow row;
  row.action = action;
  const RegistryRow* who = AnyRow(s, random);
  if (who != nullptr && action != Action::kReject) {
    row.subject_id = who->subject_id;
    if (action == Action::kConfirm || action == Action::kDeny) row.insurer = who->card.insurer;
  }
  row.actor = "reviewer";
  row.at = {Moment::LastSecondOf(s.claim_month).seconds - 1000 + static_cast<int64_t>(s.people.size())};
  s.people.push_back(std::move(row));
}
void Accepted(Twisted& s, Random& random) { Say(s, random, Action::kAccept); }
void Rejected(Twisted& s, Random& random) { Say(s, random, Action::kReject); }
void Denied(Twisted& s, Random& random) { Say(s, random, Action::kDeny); }
void Undone(Twisted& s, Random& random) { Say(s, random, Action::kUndo); }

const std::vector<Twist>& Twists() {
  static const auto* twists = new std::vector<Twist>{
      {"no JD", NoJd},
      {"no MF", NoMf},
      {"high cost", HighCost},
      {"no SN", NoSn},
      {"no HO", NoHo},
      {"public expense", PublicExpense},
      {"a day in JD alone", DayInJdAlone},
      {"a visit that does not count", UncountedVisit},
      {"a line on any day", LineOnAnyDay},
      {"a line without a day", LineWithoutDay},
      {"wrong total", WrongTotal},
      {"copayment", Copayment},
      {"reduction", Reduction},
      {"organ donor", OrganDonor},
      {"accident", Accident},
      {"paper", Paper},
      {"unknown record", UnknownRecord},
      {"other insurer number", OtherInsurerNumber},
      {"other number", OtherNumber},
      {"no branch", NoBranch},
      {"other branch", OtherBranch},
      {"other birth date", OtherBirth},
      {"other sex", OtherSex},
      {"other rate", OtherRate},
      {"other agency", OtherAgency},
      {"sentinel numbers", Sentinel},
      {"disaster numbers", Disaster},
      {"former qualification", FormerQualification},
      {"card collected", CardCollected},
      {"card forgotten", CardForgotten},
      {"earlier treatment", Earlier},
      {"a coverage ends", EndsSomeday},
      {"a coverage begins", BeginsSomeday},
      {"death", Death},
      {"viewing stopped", Suspended},
      {"a new version", NewVersion},
      {"registered later", KnownLater},
      {"other contribution", OtherContribution},
      {"another card", AnotherCard},
      {"other branches", OtherBranches},
      {"issued the same day", IssuedTheSameDay},
      {"a second record", SecondRecord},
      {"nobody registered", Nobody},
      {"accepted", Accepted},
      {"rejected", Rejected},
      {"denied", Denied},
      {"undone", Undone},
  };
  return *twists;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Telling& telling) {
  out << "\"" << AllStories()[telling.kind].name << "\", claim month " << telling.month.ToCompact() << ", seed "
      << telling.seed;
  for (const auto& [twist, seed] : telling.twists) out << "; " << Twists()[twist].name << " (" << seed << ")";
  return out;
}

size_t TwistCount() { return Twists().size(); }

const std::vector<generate::StoryKind>& AllStories() {
  static const auto* stories = [] {
    auto* all = new std::vector<generate::StoryKind>;
    for (const auto* some :
         {&generate::KnownCardStories(), &generate::ExclusionStories(), &generate::UnidentifiedStories()})
      all->insert(all->end(), some->begin(), some->end());
    return all;
  }();
  return *stories;
}

const rules::Rulebook& Rules() {
  static const auto* rules =
      new rules::Rulebook(*rules::Rulebook::Load(rules::Declarations(), rules::EmbeddedRegulations()));
  return *rules;
}

namespace {

// Each with the same chance, whatever the size of the case: a range is narrower the smaller the case is, and the twists
// of a story are a small case.
rc::Gen<size_t> AnyOf(size_t count) {
  return rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, rc::gen::inRange<size_t>(0, count)));
}

}  // namespace

rc::Gen<Telling> PlainTelling() {
  return rc::gen::map(rc::gen::pair(AnyOf(AllStories().size()), AnySeed()),
                      [](const std::pair<size_t, uint64_t>& drawn) {
                        return Telling{drawn.second, drawn.first, kOctober, {}};
                      });
}

rc::Gen<Telling> AnyTelling() {
  const auto twist = rc::gen::pair(AnyOf(Twists().size()), AnySeed());
  const auto twists = rc::gen::suchThat(
      rc::gen::resize(kMostTwists, rc::gen::container<std::vector<std::pair<size_t, uint64_t>>>(twist)),
      [](const auto& some) { return some.size() <= kMostTwists; });
  // Most months are of today; the others stand on both sides of the dates at which rules began.
  const auto month = rc::gen::noShrink(rc::gen::weightedOneOf<ServiceMonth>(
      {{6, rc::gen::just(kOctober)},
       {4, rc::gen::element(ServiceMonth::Of(2021, 9), ServiceMonth::Of(2021, 10), ServiceMonth::Of(2022, 1),
                            ServiceMonth::Of(2022, 2), ServiceMonth::Of(2023, 2), ServiceMonth::Of(2023, 3),
                            ServiceMonth::Of(2023, 8), ServiceMonth::Of(2023, 10), ServiceMonth::Of(2024, 7),
                            ServiceMonth::Of(2025, 5))}}));
  return rc::gen::map(rc::gen::tuple(PlainTelling(), month, twists), [](const auto& drawn) {
    auto [telling, claim_month, some] = drawn;
    telling.month = claim_month;
    telling.twists = some;
    return telling;
  });
}

rc::Gen<Telling> MovingTelling() {
  static const auto* moving = [] {
    auto* kinds = new std::vector<size_t>;
    for (size_t kind = 0; kind < AllStories().size(); ++kind) {
      generate::World world({.seed = 1, .persons = 4, .receipts = 1, .month = kOctober});
      const Outcome outcome = AllStories()[kind].tell(world).truth.outcome;
      if (outcome == Outcome::kTransferred || outcome == Outcome::kSplit) kinds->push_back(kind);
    }
    return kinds;
  }();
  return rc::gen::map(rc::gen::pair(rc::gen::noShrink(rc::gen::elementOf(*moving)), AnySeed()),
                      [](const std::pair<size_t, uint64_t>& drawn) {
                        return Telling{drawn.second, drawn.first, kOctober, {}};
                      });
}

rc::Gen<Telling> CrowdedTelling() {
  static const auto* registry = [] {
    auto* twists = new std::vector<size_t>;
    for (size_t i = 0; i < Twists().size(); ++i) {
      const auto apply = Twists()[i].apply;
      for (int more = apply == AnotherCard ? 4 : 1; more > 0; --more) {
        if (apply == AnotherCard || apply == EndsSomeday || apply == BeginsSomeday || apply == NewVersion ||
            apply == OtherBranches || apply == SecondRecord)
          twists->push_back(i);
      }
    }
    return twists;
  }();
  const auto twist = rc::gen::pair(rc::gen::noShrink(rc::gen::elementOf(*registry)), AnySeed());
  const auto twists =
      rc::gen::resize(kMostTwists * 2, rc::gen::container<std::vector<std::pair<size_t, uint64_t>>>(twist));
  return rc::gen::map(rc::gen::pair(MovingTelling(), twists), [](const auto& drawn) {
    Telling telling = drawn.first;
    telling.twists = drawn.second;
    return telling;
  });
}

namespace {

// Insurers that have been there for long, as two periods that follow one another: a master holds several rows of a
// number, and says the same in whatever order they came.
std::vector<InsurerRow> InTwoPeriods(std::vector<InsurerRow> insurers) {
  const Date renewed = *Date::Of(2015, 4, 1);
  const size_t count = insurers.size();
  for (size_t i = 0; i < count; ++i) {
    if (insurers[i].valid_from >= renewed || insurers[i].valid_to <= renewed) continue;
    InsurerRow later = insurers[i];
    later.valid_from = renewed;
    insurers[i].valid_to = renewed.Plus(-1);
    insurers.push_back(std::move(later));
  }
  return insurers;
}

}  // namespace

std::unique_ptr<ToldStory> Tell(const Telling& telling) {
  auto told = std::make_unique<ToldStory>();
  told->claim_month = telling.month;
  World world({.seed = telling.seed, .persons = 4, .receipts = 1, .month = telling.month});
  told->story = AllStories()[telling.kind].tell(world);
  told->insurers = InTwoPeriods(world.insurers().rows);
  for (const generate::Person& person : world.people())
    told->registry.insert(told->registry.end(), person.rows.begin(), person.rows.end());
  Draft& draft = told->story.draft;
  Twisted twisted{draft, told->registry, told->story.people, telling.month};
  for (const auto& [twist, seed] : telling.twists) {
    Random random(seed);
    Twists()[twist].apply(twisted, random);
  }
  // A registry refuses a second version of one moment; which of two is refused would depend on their order.
  storage::MemoryRegistry memory;
  std::erase_if(told->registry, [&](const RegistryRow& row) { return !memory.Add(row).ok(); });
  told->bytes = generate::Head(draft.flavour, draft.agency, draft.institution, "青空", telling.month) +
                generate::Records(draft, 1, telling.month) +
                uke::MakeTrailer({.claims = (draft.has_ho ? 1 : 0) + draft.public_expenses,
                                  .points = draft.Points() + (draft.has_ho ? draft.points_off : 0)});
  told->file = uke::ReadFile("RECEIPT.UKE", told->bytes, telling.month);
  return told;
}

storage::Submission ToldStory::Submission() const {
  storage::Submission submission;
  submission.sequence = 1;
  submission.flavour = file.head.flavour;
  submission.agency = file.head.agency;
  submission.institution = file.head.institution;
  submission.claim_month = claim_month;
  submission.head = std::string(file.head.bytes);
  submission.paper = story.draft.paper;
  return submission;
}

Decision DecisionOn(const ToldStory& told, bool settle_open) {
  return DecisionOn(told, settle_open, told.insurers, told.registry);
}

Decision DecisionOn(const ToldStory& told, bool settle_open, const std::vector<InsurerRow>& insurers,
                    const std::vector<RegistryRow>& registry, rules::AskedTables* asked) {
  storage::Masters masters;
  for (const InsurerRow& row : insurers) EXPECT_TRUE(masters.Put(row).ok());
  storage::MemoryRegistry memory;
  for (const RegistryRow& row : registry) EXPECT_TRUE(memory.Add(row).ok());
  const rules::Decider decider(Rules(), memory.index(), memory, masters);
  const auto decision = decider.Decide(told.receipt(), {.claim_month = told.claim_month,
                                                        .now = told.Now(),
                                                        .closing_month = told.claim_month,
                                                        .people = &told.story.people,
                                                        .paper = told.story.draft.paper,
                                                        .settle_open = settle_open,
                                                        .asked = asked});
  EXPECT_TRUE(decision.ok()) << decision.status();
  return decision.value_or(Decision{});
}

}  // namespace furikae
