// Stories about receipts that carry no qualification: self-declarations in many spellings, disasters, and pools of
// every rung.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "core/text/full_width.h"
#include "tools/generate/story.h"

namespace furikae::generate {
namespace {

// What a clinic copies from the form.
struct Declared {
  std::string marker = "不詳";
  std::string kana, type, insurer, workplace, address, contact, contacted;
};

// The insurer's name as a patient remembers it: not as the master has it.
Declared FormOf(const Person& person, const RegistryRow& card) {
  Declared form;
  form.insurer = "ひがし海岸健康保険組合";
  form.kana = absl::StrReplaceAll(person.Kana(), {{" ", "　"}});
  const int law = card.card.insurer.LawCode();
  form.type = law == 0 ? "国保" : law == 39 ? "後期" : "社保";
  form.workplace = law == 0 || law == 39 ? "" : person.workplace;
  form.address = person.address;
  form.contact = person.telephone;
  form.contacted = "令和６年１０月３日";
  return form;
}

// One of the ways in which clinics write it. 76 bytes fit a comment of the medical fee: longer texts go on in the next
// record.
std::vector<std::string> Written(World& world, const Declared& form) {
  const int way = world.random().Between(0, 3);
  const std::vector<std::pair<std::string, std::string>> items = {{"カナ氏名", form.kana},
                                                                  {"保険種別", form.type},
                                                                  {"保険者等名称", form.insurer},
                                                                  {"事業所名", form.workplace},
                                                                  {"住所", form.address},
                                                                  {"連絡先", form.contact},
                                                                  {"患者への連絡を行った日", form.contacted}};
  const std::string separator = way == 0 ? "／" : way == 1 ? "、" : way == 2 ? "，" : "／";
  const std::string colon = way == 1 ? "：" : way == 3 ? "　" : "：";
  std::string text = form.marker;
  for (const auto& [label, value] : items) {
    if (!value.empty()) absl::StrAppend(&text, text.empty() ? "" : separator, label, colon, value);
  }
  text = text::FullWidth(text);
  constexpr size_t kCharacters = 38;  // of three bytes each in UTF-8, two in the file
  std::vector<std::string> records;
  for (size_t at = 0; at < text.size(); at += kCharacters * 3) records.push_back(text.substr(at, kCharacters * 3));
  return records;
}

Draft UnidentifiedDraft(World& world, Flavour flavour, const Person& person, const RegistryRow& card,
                        const std::vector<int>& days) {
  Draft d = DraftFor(world, flavour, person, card, days);
  Unidentify(d);
  return d;
}

Truth Is(std::string name, const Person& person, Outcome outcome, int reason = 0, uint32_t flags = 0,
         Origin origin = Origin::kUnidentified) {
  return {std::move(name), {person.subject_id}, origin, outcome, reason, flags, {}, "", true};
}

// Only one anchor beside name, birth date and sex.
enum class Anchor { kAddress, kPhone, kWorkplace, kInsurer, kNone };

Story Found(World& world, Anchor anchor, const char* name) {
  Person& person = world.Fresh();
  const InsurerNumber insurer = world.insurers().employees[static_cast<size_t>(world.random().Between(2, 14))];
  person.rows = {world.Cover(person, insurer, world.service_month().FirstDay().Plus(-700))};
  Declared form = FormOf(person, person.rows[0]);
  if (anchor != Anchor::kAddress) form.address = "東京都千代田区霞が関９丁目９番９号";
  if (anchor != Anchor::kPhone) form.contact = "０３－９９９９－９９９９";
  if (anchor != Anchor::kWorkplace) form.workplace = "株式会社むかしの勤め先";
  if (anchor == Anchor::kInsurer) {
    for (const InsurerRow& row : world.insurers().rows) {
      if (row.number == insurer) form.insurer = row.name;
    }
  }
  Draft d = UnidentifiedDraft(world, AnyFlavour(world), person, person.rows[0], SomeDays(world, 2));
  d.remarks = Written(world, form);
  Truth truth = anchor == Anchor::kNone ? Is(name, person, Outcome::kApportioned, 0, kReviewOpen)
                                        : Is(name, person, Outcome::kTransferred);
  if (anchor != Anchor::kNone) truth.parts = {{insurer, Mask(d.visits)}};
  return {d, truth, {}, false};
}
Story ByAddress(World& world) { return Found(world, Anchor::kAddress, "unidentified, address agrees"); }
Story ByPhone(World& world) { return Found(world, Anchor::kPhone, "unidentified, telephone agrees"); }
Story ByWorkplace(World& world) { return Found(world, Anchor::kWorkplace, "unidentified, workplace agrees"); }
Story ByInsurer(World& world) { return Found(world, Anchor::kInsurer, "unidentified, insurer agrees"); }
Story NoAnchor(World& world) {
  return Found(world, Anchor::kNone, "unidentified, has moved: nothing but name, birth date and sex agree");
}

Story Kokuho(World& world) {
  Person& person = world.Fresh();
  const InsurerNumber insurer = world.insurers().kokuho[1];
  person.rows = {world.Cover(person, insurer, world.service_month().FirstDay().Plus(-700))};
  Draft d = UnidentifiedDraft(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 2));
  d.insurer = "77777779";
  d.remarks = Written(world, FormOf(person, person.rows[0]));
  Truth truth = Is("unidentified, with the alternative number", person, Outcome::kTransferred);
  truth.parts = {{insurer, Mask(d.visits)}};
  return {d, truth, {}, false};
}

Story WrongAgency(World& world) {
  Story story = Kokuho(world);
  story.draft.insurer = "77777777";
  story.draft.agency = Agency::kShaho;
  story.truth.story = "unidentified, submitted to the other agency";
  return story;
}

Story Succession(World& world) {
  Person& person = world.Fresh();
  const ServiceMonth month = world.service_month();
  const auto& employees = world.insurers().employees;
  person.rows = {world.Cover(person, employees[2], month.Day(15).Plus(-900), month.Day(15)),
                 world.Cover(person, employees[12], month.Day(15))};
  Draft d = UnidentifiedDraft(world, Flavour::kMedical, person, person.rows[0], {6, 21});
  d.remarks = Written(world, FormOf(person, person.rows[0]));
  Truth truth = Is("unidentified, changed insurers in mid-month", person, Outcome::kSplit);
  truth.parts = {{employees[2], Mask({6})}, {employees[12], Mask({21})}};
  return {d, truth, {}, false};
}

Story TwoAtOnce(World& world) {
  Person& person = world.Fresh();
  const Date since = world.service_month().FirstDay().Plus(-100);
  person.rows = {world.Cover(person, world.insurers().employees[2], since),
                 world.Cover(person, world.insurers().kokuho[3], since)};
  Draft d = UnidentifiedDraft(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 2));
  d.remarks = Written(world, FormOf(person, person.rows[0]));
  return {d, Is("unidentified, two insurers on one day", person, Outcome::kApportioned, 0, kReviewOpen), {}, false};
}

Story Namesakes(World& world) {
  Person& person = world.Fresh();
  person.rows = {world.Cover(person, world.insurers().employees[2], world.service_month().FirstDay().Plus(-100))};
  const RegistryRow card = person.rows[0];
  Person& other = world.Double(person);
  other.rows = {world.Cover(other, world.insurers().employees[13], world.service_month().FirstDay().Plus(-300))};
  Draft d = UnidentifiedDraft(world, Flavour::kMedical, person, card, SomeDays(world, 2));
  d.remarks = Written(world, FormOf(person, card));
  return {
      d, Is("unidentified, two persons agree on everything", person, Outcome::kApportioned, 0, kReviewOpen), {}, false};
}

Story UnknownGlyph(World& world) {
  Story story = ByAddress(world);
  const size_t blank = story.draft.name.find(' ');
  story.draft.name = "●" + story.draft.name.substr(blank);
  story.truth.story = "unidentified, ● in the name";
  story.truth.outcome = Outcome::kApportioned;
  story.truth.flags = kReviewOpen;
  story.truth.parts.clear();
  return story;
}

// Nobody the registry knows.
Draft Nobody(World& world, Flavour flavour, Declared& form, Person& person) {
  person = world.Fresh();  // a copy: the registry keeps someone else
  person.surname = "海老原";
  person.surname_kana = "エビハラ";
  person.birth = person.birth.Plus(-1);
  person.telephone = "055-000-0001";
  RegistryRow card = world.Cover(person, world.insurers().employees[2], world.service_month().FirstDay());
  form = FormOf(person, card);
  return UnidentifiedDraft(world, flavour, person, card, SomeDays(world, 2));
}

InstitutionCode InstitutionOf(World& world, InstitutionKind kind, int which) {
  for (const InstitutionRow& row : world.institutions()) {
    if (row.kind == kind && which-- == 0) return row.code;
  }
  return world.institutions().front().code;
}

Story Apportioned(World& world, const char* name, Flavour flavour, const std::string& rung, InstitutionKind kind,
                  int which, Agency agency) {
  Declared form;
  Person person;
  Draft d = Nobody(world, flavour, form, person);
  d.institution = InstitutionOf(world, kind, which);
  d.agency = agency;
  form.type = agency == Agency::kKokuho ? "国保" : "社保";
  if (agency == Agency::kKokuho) form.workplace.clear();
  d.remarks = Written(world, form);
  Truth truth = Is(name, person, Outcome::kApportioned);
  truth.subject_ids.clear();
  truth.rung = rung;
  return {d, truth, {}, false};
}
Story Window(World& world) {
  return Apportioned(world, "nobody, shared by the last three settled months", Flavour::kMedical, "WINDOW",
                     InstitutionKind::kHospital, world.random().Between(0, 3),
                     world.random().Chance(70) ? Agency::kShaho : Agency::kKokuho);
}
Story Institution12(World& world) {
  return Apportioned(world, "nobody, institution with older records only", Flavour::kMedical, "INSTITUTION_12",
                     InstitutionKind::kClinic, 0, Agency::kShaho);
}
Story Prefecture(World& world) {
  return Apportioned(world, "nobody, institution without records", Flavour::kMedical, "PREFECTURE",
                     InstitutionKind::kClinic, 1, Agency::kShaho);
}
Story Nation(World& world) {
  return Apportioned(world, "nobody, no records of home nursing in the prefecture", Flavour::kNursing, "NATION",
                     InstitutionKind::kNursingStation, 0, Agency::kShaho);
}
Story Unallocated(World& world) {
  return Apportioned(world, "nobody, no records of this kind anywhere", Flavour::kDental, "UNALLOCATED",
                     InstitutionKind::kDentist, 0, Agency::kKokuho);
}

Story NoRemark(World& world) {
  Declared form;
  Person person;
  Draft d = Nobody(world, Flavour::kMedical, form, person);
  Truth truth = Is("unidentified without a word", person, Outcome::kReturned, 3);
  truth.subject_ids.clear();
  return {d, truth, {}, false};
}

Story Forgotten(World& world) {
  Person& person = world.Fresh();
  Draft d = UnidentifiedDraft(world, Flavour::kMedical, person, person.rows[0], SomeDays(world, 1));
  Declared form = FormOf(person, person.rows[0]);
  d.remarks = Written(world, form);
  d.remarks.push_back("保険証忘れのため");
  return {d, Is("the card was merely forgotten", person, Outcome::kReturned, 4), {}, false};
}

Story Incomplete(World& world) {
  Person& person = world.Fresh();
  person.rows = {world.Cover(person, world.insurers().employees[4], world.service_month().FirstDay().Plus(-700))};
  Declared form;
  form.kana = FormOf(person, person.rows[0]).kana;
  form.contact = person.telephone;
  Draft d = UnidentifiedDraft(world, Flavour::kPharmacy, person, person.rows[0], SomeDays(world, 1));
  d.remarks = Written(world, form);
  return {d,
          Is("declaration with gaps, telephone agrees", person, Outcome::kTransferred, 0, kDeclarationIncomplete),
          {},
          false};
}

Story SentinelIncomplete(World& world) {
  Story story = ByAddress(world);
  story.draft.number = "123";
  story.truth.story = "unidentified, but a number is written";
  story.truth.flags = kSentinelIncomplete;
  return story;
}

Story SelfDefence(World& world, bool answered) {
  Declared form;
  Person person;
  Draft d = Nobody(world, Flavour::kMedical, form, person);
  form.type = "その他";
  form.workplace = "陸上自衛隊北月駐屯地";
  d.remarks = Written(world, form);
  Truth truth =
      Is(answered ? "self-defence personnel, insurer confirms" : "self-defence personnel, nobody answers", person,
         answered ? Outcome::kTransferred : Outcome::kApportioned, 0, answered ? 0u : uint32_t{kReviewOpen});
  truth.subject_ids.clear();
  Story story{d, truth, {}, false};
  if (!answered) return story;
  PeopleRow row;
  row.action = Action::kConfirm;
  row.insurer = world.insurers().self_defence;
  row.actor = "insurer-07";
  row.at = {(world.options().month.FirstDay().days + 20) * int64_t{86400}};
  story.people = {row};
  return story;
}
Story SelfDefenceOpen(World& world) { return SelfDefence(world, false); }
Story SelfDefenceConfirmed(World& world) { return SelfDefence(world, true); }

Story Reduction(World& world) {
  Story story = ByAddress(world);
  story.draft.reduction = 2;
  story.truth.story = "found, but a reduction forbids the transfer";
  story.truth.outcome = Outcome::kApportioned;
  story.truth.flags = kReviewOpen;
  story.truth.parts.clear();
  return story;
}

// ---- disasters

Story DisasterFound(World& world) {
  Story story = ByAddress(world);
  story.draft.insurer = "99999999";
  story.draft.number = "999999999";
  story.truth.story = "disaster, insurer not known, person found";
  story.truth.origin = Origin::kDisasterUnidentified;
  return story;
}

Story DisasterNobody(World& world) {
  Story story = Apportioned(world, "disaster, nobody found", Flavour::kMedical, "WINDOW", InstitutionKind::kHospital, 1,
                            Agency::kShaho);
  story.draft.insurer = "99999999";
  story.draft.number = "999999999";
  story.truth.origin = Origin::kDisasterUnidentified;
  return story;
}

Story DisasterInsurer(World& world, bool known) {
  Story story = known ? ByAddress(world) : Window(world);
  const InsurerNumber insurer = known ? story.truth.parts[0].first : world.insurers().employees[3];
  story.draft.agency = Agency::kShaho;
  story.draft.insurer = insurer.ToString();
  story.draft.number = "999999999";
  story.truth.story = known ? "disaster, insurer known, person found" : "disaster, insurer known, person not found";
  story.truth.origin = Origin::kDisasterInsurerKnown;
  if (!known) story.truth.outcome = Outcome::kBilledToClaimed;
  story.truth.rung.clear();
  return story;
}
Story DisasterInsurerFound(World& world) { return DisasterInsurer(world, true); }
Story DisasterInsurerNotFound(World& world) { return DisasterInsurer(world, false); }

}  // namespace

const std::vector<StoryKind>& UnidentifiedStories() {
  static const auto* kinds = new std::vector<StoryKind>{
      {"by address", 20, ByAddress},
      {"by phone", 12, ByPhone},
      {"by workplace", 8, ByWorkplace},
      {"by insurer", 6, ByInsurer},
      {"no anchor", 5, NoAnchor},
      {"alternative number", 6, Kokuho},
      {"other agency", 4, WrongAgency},
      {"succession", 4, Succession},
      {"two at once", 2, TwoAtOnce},
      {"namesakes", 2, Namesakes},
      {"unknown glyph", 2, UnknownGlyph},
      {"window", 25, Window},
      {"institution 12", 2, Institution12},
      {"prefecture", 2, Prefecture},
      {"nation", 1, Nation},
      {"unallocated", 1, Unallocated},
      {"no remark", 3, NoRemark},
      {"forgotten", 3, Forgotten},
      {"incomplete", 4, Incomplete},
      {"sentinel incomplete", 2, SentinelIncomplete},
      {"self-defence", 1, SelfDefenceOpen},
      {"self-defence confirmed", 1, SelfDefenceConfirmed},
      {"reduction", 1, Reduction},
      {"disaster found", 2, DisasterFound},
      {"disaster nobody", 2, DisasterNobody},
      {"disaster insurer found", 2, DisasterInsurerFound},
      {"disaster insurer not found", 1, DisasterInsurerNotFound},
  };
  return *kinds;
}

}  // namespace furikae::generate
