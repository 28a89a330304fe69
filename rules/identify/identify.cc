#include "rules/identify/identify.h"

#include <algorithm>
#include <tuple>

#include "core/status.h"
#include "core/text/name_keys.h"
#include "rules/identify/evidence.h"

namespace furikae::rules {
namespace {

using storage::Coverage;
using storage::Coverages;
using storage::PersonId;

struct Contender {
  PersonId person = 0;
  std::string subject_id;
  Evidence evidence;
  bool could_be_meant = false;  // as far as name, birth date and sex go
  Grade grade = Grade::kNone;
  const Row* row = nullptr;  // that gave the grade
};

DayMask DaysOf(const Coverages& coverages, ServiceMonth month) {
  DayMask days;
  for (const Coverage& c : coverages) days = days | c.ValidDays(month);
  return days;
}

std::vector<PersonId> PersonsByName(const ReceiptCase& c) {
  std::vector<PersonId> persons;
  const Date birth = c.patient.birth();
  for (const Coverage& row : c.registry.ByKanaAndBirth(c.patient.KanaKey(), birth, c.context.now))
    persons.push_back(row.person);
  for (const Coverage& row : c.registry.ByKanjiAndBirth(c.patient.KanjiKey(), birth, c.context.now))
    persons.push_back(row.person);
  std::sort(persons.begin(), persons.end());
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  return persons;
}

// The row's own text tells a ● apart from another name, and whose record it is.
absl::Status Complete(const ReceiptCase& c, const Coverages& coverages, Contender& contender) {
  ASSIGN_OR_RETURN(RegistryRow row, c.rows.Row(coverages.front().row));
  contender.subject_id = std::move(row.subject_id);
  if (contender.evidence.kanji == Agreement::kDiffers && text::HasUnknownGlyph(row.name)) {
    contender.evidence.kanji = Agreement::kMissing;
  }
  return absl::OkStatus();
}

Grade GradeNamed(std::string_view name) {
  for (Grade grade : {Grade::kCertain, Grade::kProbable, Grade::kPossible, Grade::kSeveral}) {
    if (GradeName(grade) == name) return grade;
  }
  return Grade::kNone;
}

// The facts of the receipt, and what is known of one contender: which is no fact about the receipt.
Facts FactsOf(const Contender& one, const Facts& of_the_receipt) {
  Facts facts = of_the_receipt;
  SetEvidenceFacts(one.evidence, facts);
  return facts;
}

int64_t Namesakes(const std::vector<Contender>& all, const Contender& one, const EvidenceItems& separating) {
  return std::count_if(all.begin(), all.end(), [&](const Contender& other) {
    return &other != &one && other.could_be_meant && !one.evidence.SeparatedFrom(other.evidence, separating);
  });
}

void GradeAll(ReceiptCase& c, std::vector<Contender>& contenders) {
  const Facts of_the_receipt = c.facts;
  const EvidenceItems separating = ItemsOf(c.tables.separating_items->Collect(of_the_receipt));
  for (Contender& one : contenders) {
    c.facts = FactsOf(one, of_the_receipt);
    const Row* row = c.Consult(c.tables.namesakes);
    one.could_be_meant = row != nullptr && row->Number("could_be_meant") != 0;
  }
  for (Contender& one : contenders) {
    c.facts = FactsOf(one, of_the_receipt);
    c.facts.Set(Fact::kNamesakes, Namesakes(contenders, one, separating));
    one.row = c.Consult(c.tables.identification);
    if (one.row != nullptr) one.grade = GradeNamed(one.row->Text("grade"));
  }
  c.facts = of_the_receipt;
}

// CERTAIN before SEVERAL before PROBABLE before POSSIBLE.
int Strength(Grade grade) {
  switch (grade) {
    case Grade::kCertain:
      return 4;
    case Grade::kSeveral:
      return 3;
    case Grade::kProbable:
      return 2;
    case Grade::kPossible:
      return 1;
    default:
      return 0;
  }
}

// By strength, then agreeing items, then the subject's name: never by the order of arrival.
void Order(std::vector<Contender>& contenders) {
  std::sort(contenders.begin(), contenders.end(), [](const Contender& a, const Contender& b) {
    return std::tuple(-Strength(a.grade), -a.evidence.Exact(), std::string_view(a.subject_id)) <
           std::tuple(-Strength(b.grade), -b.evidence.Exact(), std::string_view(b.subject_id));
  });
}

Grade OverallGrade(const std::vector<Contender>& ordered) {
  if (ordered.empty()) return Grade::kNone;
  if (ordered.size() > 1 && ordered[0].grade == ordered[1].grade) return Grade::kSeveral;
  return ordered[0].grade;
}

void Show(const std::vector<Contender>& ordered, Grade grade, ReceiptCase& c) {
  Identification& shown = c.decision.identification.emplace();
  shown.grade = grade;
  const Row* row = c.Consult(c.tables.candidates);
  const int64_t most = grade == Grade::kCertain || row == nullptr ? 1 : row->Number("shown");
  const size_t count = std::min(ordered.size(), static_cast<size_t>(most));
  for (size_t i = 0; i < count; ++i) shown.candidates.push_back({ordered[i].subject_id, ordered[i].evidence.Fields()});
}

std::vector<PersonId> PersonsOf(const std::vector<Contender>& contenders) {
  std::vector<PersonId> persons;
  for (const Contender& one : contenders) persons.push_back(one.person);
  return persons;
}

}  // namespace

Coverages CountingCoverages(const ReceiptCase& c, PersonId person, const Search& search) {
  Coverages coverages = OnCardsThatCount(c, c.registry.CoveragesOf(person, c.context.now));
  const auto unwanted = [&](const Coverage& row) {
    return (search.within.value != 0 && row.card.insurer != search.within) || Denied(c, row);
  };
  coverages.erase(std::remove_if(coverages.begin(), coverages.end(), unwanted), coverages.end());
  return coverages;
}

absl::StatusOr<Found> Identify(ReceiptCase& c, const Search& search) {
  const Sought sought = SoughtPerson(c);
  std::vector<Contender> contenders;
  for (PersonId person : PersonsByName(c)) {
    if (person == search.other_than) continue;
    const Coverages counting = CountingCoverages(c, person, search);
    if ((DaysOf(counting, c.month()) & search.days).Empty()) continue;
    Contender& one = contenders.emplace_back();
    one.person = person;
    one.evidence = Compare(c, sought, counting);
    RETURN_IF_ERROR(Complete(c, counting, one));
  }
  GradeAll(c, contenders);
  Order(contenders);
  const Grade grade = OverallGrade(contenders);
  if (!contenders.empty() && contenders.front().row != nullptr) c.Trace(*contenders.front().row);
  Show(contenders, grade, c);
  return Found{grade, PersonsOf(contenders)};
}

absl::Status ShowCandidates(ReceiptCase& c, Grade grade, const std::vector<PersonId>& persons) {
  const Sought sought = SoughtPerson(c);
  std::vector<Contender> contenders;
  for (PersonId person : persons) {
    const Coverages coverages = c.registry.CoveragesOf(person, c.context.now);
    if (coverages.empty()) continue;
    Contender& one = contenders.emplace_back();
    one.person = person;
    one.evidence = Compare(c, sought, coverages);
    RETURN_IF_ERROR(Complete(c, coverages, one));
  }
  Order(contenders);
  Show(contenders, grade, c);
  return absl::OkStatus();
}

}  // namespace furikae::rules
