#include "tools/generate/world.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/generate/institutions.h"
#include "tools/generate/names.h"

namespace furikae::generate {
namespace {

constexpr int kReceiptsPerInstitution = 500;  // in large months; small ones have forty institutions
constexpr int kFewestInstitutions = 40;

// Ages at which the class of the patient depends on the day (6: start of school; 69–75: the elderly) are left to the
// stories that are about them.
bool PlainAge(int age) { return age != 6 && (age < 69 || age > 75); }

Date BirthFor(Random& random, int youngest, int oldest, Date day) {
  while (true) {
    const int age = random.Between(youngest, oldest);
    if (!PlainAge(age) && youngest != oldest) continue;
    const Date birth = day.Plus(-(age * 36525 / 100 + 20 + random.Between(0, 320)));
    if (AgeOn(birth, day) == age) return birth;
  }
}

}  // namespace

bool Preschool(Date birth, Date day) {
  // Up to the 31 March after the sixth birthday.
  const Date sixth =
      *Date::Of(birth.Year() + 6, birth.Month(), birth.Month() == 2 && birth.Day() == 29 ? 28 : birth.Day());
  const int year = sixth.Month() <= 3 ? sixth.Year() : sixth.Year() + 1;
  return day <= *Date::Of(year, 3, 31);
}

int ContributionPerCent(Date birth, Date day) {
  const int age = AgeOn(birth, day);
  if (age >= 75) return 10;
  if (age >= 70 || Preschool(birth, day)) return 20;
  return 30;
}

World::World(const Options& options)
    : options_(options),
      random_(options.seed, 1),
      insurers_(MakeInsurers(options.month)),
      institutions_(MakeInstitutions(std::max<int64_t>(kFewestInstitutions, options.receipts / kReceiptsPerInstitution),
                                     options.month)) {
  const Date first_day = service_month().FirstDay();
  for (int64_t i = 0; i < options.persons; ++i) {
    Random chance(options.seed, static_cast<uint64_t>(i) + 1000);
    const int group = chance.Between(1, 100);
    people_.push_back(group <= 12   ? MakePerson(static_cast<uint64_t>(i), 0, 5)
                      : group <= 24 ? MakePerson(static_cast<uint64_t>(i), 7, 19)
                      : group <= 76 ? MakePerson(static_cast<uint64_t>(i), 20, 68)
                                    : MakePerson(static_cast<uint64_t>(i), 76, 95));
    Person& person = people_.back();
    const Date since = std::max(person.birth, first_day.Plus(-chance.Between(400, 4000)));
    const InsurerNumber insurer = AnyInsurer(person);
    person.rows.push_back(Cover(person, insurer, since));
    if (chance.Chance(33) && AgeOn(person.birth, first_day) >= 20 && AgeOn(person.birth, first_day) <= 68) {
      // An insurer of earlier years.
      person.rows.push_back(Cover(person, AnyInsurer(person, insurer), since.Plus(-chance.Between(300, 3000)), since));
    }
    untouched_.push_back(people_.size() - 1);
  }
}

Person World::MakePerson(uint64_t index, int youngest, int oldest) {
  Random random(options_.seed, index * 2 + 50'000'000);
  Person person;
  person.subject_id = absl::StrFormat("S%09d", index + 1);
  const WrittenName& surname = random.Pick(Surnames());
  person.sex = random.Chance(50) ? Sex::kMale : Sex::kFemale;
  const WrittenName& given = random.Pick(person.sex == Sex::kMale ? MaleNames() : FemaleNames());
  person.surname = surname.kanji;
  person.surname_kana = surname.kana;
  person.given = given.kanji;
  person.given_kana = given.kana;
  person.birth = BirthFor(random, youngest, oldest, service_month().FirstDay());
  const Town& town = random.Pick(Towns());
  person.post_number = town.post_number;
  person.address = absl::StrFormat("%s%d丁目%d番%d号", town.address, random.Between(1, 6), random.Between(1, 40),
                                   random.Between(1, 30));
  person.telephone = absl::StrFormat("0%d-%04d-%04d", random.Chance(60) ? 90 : 55, random.Between(1000, 9999),
                                     random.Between(0, 9999));
  person.workplace = random.Pick(Firms());
  return person;
}

Person& World::Fresh(int youngest, int oldest) {
  const Date first_day = service_month().FirstDay();
  // The first untouched person of that age; a few steps are enough, else someone moves to the prefecture.
  for (size_t i = 0; i < untouched_.size() && i < 64; ++i) {
    Person& person = people_[untouched_[i]];
    const int age = AgeOn(person.birth, first_day);
    if (age < youngest || age > oldest) continue;
    untouched_.erase(untouched_.begin() + static_cast<std::ptrdiff_t>(i));
    return person;
  }
  people_.push_back(MakePerson(people_.size(), youngest, oldest));
  Person& person = people_.back();
  person.rows.push_back(Cover(person, AnyInsurer(person), std::max(person.birth, first_day.Plus(-500))));
  return person;
}

Person& World::Double(const Person& person) {
  Person twin = person;
  twin.subject_id = absl::StrFormat("S%09d", people_.size() + 1);
  twin.rows.clear();
  people_.push_back(std::move(twin));
  return people_.back();
}

InsurerNumber World::AnyInsurer(const Person& person, InsurerNumber not_this) {
  Random random(options_.seed,
                static_cast<uint64_t>(person.birth.days) * 31 + person.subject_id.back() + not_this.value);
  const int age = AgeOn(person.birth, service_month().FirstDay());
  if (age >= 75) return insurers_.late_elderly[0];
  InsurerNumber number;
  do {
    number = random.Chance(65) ? random.Pick(insurers_.employees) : random.Pick(insurers_.kokuho);
  } while (number == not_this);
  return number;
}

RegistryRow World::Cover(const Person& person, InsurerNumber insurer, Date from, Date until) {
  RegistryRow row;
  row.subject_id = person.subject_id;
  const uint64_t card = next_card_ += 7;
  const bool late_elderly = insurer.LawCode() == 39;
  const bool kokuho = insurer.LawCode() == 0;
  row.card.insurer = insurer;
  row.card.symbol = late_elderly ? ""
                    : kokuho     ? absl::StrCat("梨", card % 90 + 10)
                                 : absl::StrCat(10'000'000 + card % 9'000'000);
  row.card.number = late_elderly ? absl::StrFormat("%08d", 10'000'000 + card) : absl::StrCat(100'000 + card);
  const bool child = AgeOn(person.birth, service_month().FirstDay()) < 20;
  row.card.branch = late_elderly ? "" : child ? "02" : "00";
  row.family = child && !kokuho ? Family::kFamily : Family::kSelf;
  row.name = person.Name();
  row.name_kana = person.Kana();
  row.birth = person.birth;
  row.sex = person.sex;
  row.post_number = person.post_number;
  row.address = person.address;
  row.telephone = person.telephone;
  row.workplace = kokuho || late_elderly ? "" : person.workplace;
  row.qualified = from;
  row.disqualified = until;
  row.loss_reason = until == kOpenEnd ? LossReason::kNone : LossReason::kOtherInsurance;
  row.issued = from;
  row.contribution_per_cent = ContributionPerCent(person.birth, service_month().FirstDay());
  // Registered about ten days after the change, and in any case before the run.
  const Date known = std::min((until == kOpenEnd ? from : until).Plus(10), options_.month.FirstDay().Plus(-1));
  row.registered_at = {static_cast<int64_t>(known.days) * 86400 + 3600};
  return row;
}

InstitutionCode World::NextInstitution(Flavour flavour) {
  const auto fits = [&](const InstitutionRow& row) {
    switch (flavour) {
      case Flavour::kDpc:
        return row.kind == InstitutionKind::kHospital;
      case Flavour::kDental:
        return row.kind == InstitutionKind::kDentist;
      case Flavour::kPharmacy:
        return row.kind == InstitutionKind::kPharmacy;
      case Flavour::kNursing:
        return row.kind == InstitutionKind::kNursingStation;
      default:
        return row.kind == InstitutionKind::kHospital || row.kind == InstitutionKind::kClinic;
    }
  };
  size_t& next = next_institution_[static_cast<size_t>(flavour)];
  do {
    next = (next + 1) % institutions_.size();
  } while (!fits(institutions_[next]));
  return institutions_[next].code;
}

}  // namespace furikae::generate
