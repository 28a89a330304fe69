// tools/generate/world.h — a small made-up prefecture: insurers, institutions, towns, people and what covers them.
//
//   World world({.seed = 1, .persons = 3000, .receipts = 600, .month = ServiceMonth::Of(2024, 10)});
//   Person& person = world.Fresh();       // someone no receipt speaks about yet
//
// Everything follows from the seed. Names, addresses and telephone numbers are made up; numbers pass their check
// digits.
#pragma once

#include <array>
#include <deque>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "core/coverage.h"
#include "core/flavour.h"
#include "core/masters.h"
#include "tools/generate/random.h"

namespace furikae::generate {

struct Options {
  uint64_t seed = 1;
  int64_t persons = 3000;
  int64_t receipts = 600;
  ServiceMonth month = ServiceMonth::Of(2024, 10);  // the claim month
};

struct Person {
  std::string subject_id;
  std::string surname, surname_kana, given, given_kana;
  Sex sex = Sex::kUnknown;
  Date birth;
  std::string post_number, address, telephone, workplace;
  std::vector<RegistryRow> rows;  // in the registry; the first is the coverage that lasts unless a story changes it
  std::string Name() const { return surname + " " + given; }
  std::string Kana() const { return surname_kana + " " + given_kana; }
};

// The insurers that stories need, by what they are.
struct Insurers {
  std::vector<InsurerRow> rows;
  std::vector<InsurerNumber> employees;  // 協会けんぽ, 組合, 共済: agency 1, in force
  std::vector<InsurerNumber> kokuho;     // municipalities: agency 2, in force
  std::vector<InsurerNumber> late_elderly;
  InsurerNumber self_defence;
  InsurerNumber dissolved_with_successor, successor;
  InsurerNumber dissolved_chain_first;  // two steps to a living one
  InsurerNumber dissolved_without_successor;
  InsurerNumber not_yet;  // begins after the month
};

class World {
 public:
  explicit World(const Options& options);

  const Options& options() const { return options_; }
  ServiceMonth service_month() const { return options_.month.Plus(-1); }
  const Insurers& insurers() const { return insurers_; }
  const std::vector<InstitutionRow>& institutions() const { return institutions_; }
  std::deque<Person>& people() { return people_; }
  const std::deque<Person>& people() const { return people_; }
  Random& random() { return random_; }

  // Someone whom no receipt speaks about yet. Of an age between the bounds on the first day of the service month.
  Person& Fresh(int youngest = 20, int oldest = 60);
  // A registry row for `person` with `insurer`, from a day on; card and branch are made for it.
  RegistryRow Cover(const Person& person, InsurerNumber insurer, Date from, Date until = kOpenEnd);
  // Any insurer that fits the person's age and kind, other than `not_this`.
  InsurerNumber AnyInsurer(const Person& person, InsurerNumber not_this = {});
  // The next institution for receipts of a flavour, in turn.
  InstitutionCode NextInstitution(Flavour flavour);
  // Another person with the same name, birth date and sex (a namesake, or a second record of the same human).
  Person& Double(const Person& person);

 private:
  Person MakePerson(uint64_t index, int youngest, int oldest);

  Options options_;
  Random random_;
  Insurers insurers_;
  std::vector<InstitutionRow> institutions_;
  std::deque<Person> people_;
  std::deque<size_t> untouched_;
  uint64_t next_card_ = 1000;
  std::array<size_t, 6> next_institution_{};
};

Insurers MakeInsurers(ServiceMonth month);

// The part of the patient that pays for the person's age: 20 for preschool children and from 70, 10 from 75, else 30.
int ContributionPerCent(Date birth, Date day);
bool Preschool(Date birth, Date day);

}  // namespace furikae::generate
