#include "tools/generate/payments.h"

#include <string>
#include <vector>

#include "core/files/payments_csv.h"
#include "core/status.h"

namespace furikae::generate {
namespace {

constexpr size_t kChunkBytes = 8 << 20;
constexpr int kInsurersPerInstitution = 12;
constexpr int kMonths = 12;
constexpr int kOldMonths = 8;  // M−12 … M−5: before the window of three settled months

std::vector<InsurerNumber> PayersOf(World& world, const InstitutionRow& institution, Random& random) {
  const Insurers& all = world.insurers();
  std::vector<InsurerNumber> payers;
  for (int i = 0; i < kInsurersPerInstitution; ++i) {
    const bool employees = institution.kind == InstitutionKind::kDentist || random.Chance(60);
    payers.push_back(random.Pick(employees ? all.employees : all.kokuho));
  }
  if (institution.kind == InstitutionKind::kDentist) return payers;
  payers.push_back(all.late_elderly[0]);
  // Societies that have ceased paid in their time; what they paid goes to whoever succeeded them.
  for (InsurerNumber gone :
       {all.dissolved_with_successor, all.dissolved_chain_first, all.dissolved_without_successor}) {
    if (random.Chance(25)) payers.push_back(gone);
  }
  return payers;
}

void AppendMonths(InstitutionCode institution, const std::vector<InsurerNumber>& payers, ServiceMonth from, int months,
                  Random& random, std::string& text) {
  for (int m = 0; m < months; ++m) {
    for (InsurerNumber insurer : payers) {
      PaymentRow row{institution, insurer, from.Plus(m), random.Between(1, 40), 0, {}};
      row.points = row.receipts * random.Between(300, 2500);
      row.amount = {row.points * 7};
      AppendPaymentsCsv(row, text);
    }
  }
}

}  // namespace

absl::Status WritePayments(World& world,
                           absl::FunctionRef<absl::Status(std::string_view path, std::string_view bytes)> sink) {
  std::string text;
  AppendPaymentsCsvHeader(text);
  const ServiceMonth first = world.service_month().Plus(-kMonths);
  int clinics = 0;
  for (const InstitutionRow& institution : world.institutions()) {
    if (institution.kind == InstitutionKind::kNursingStation) continue;
    const int clinic = institution.kind == InstitutionKind::kClinic ? clinics++ : -1;
    if (clinic == 1) continue;
    Random random(world.options().seed, institution.code.value);
    AppendMonths(institution.code, PayersOf(world, institution, random), first, clinic == 0 ? kOldMonths : kMonths,
                 random, text);
    if (text.size() < kChunkBytes) continue;
    RETURN_IF_ERROR(sink("payments.csv", text));
    text.clear();
  }
  Random random(world.options().seed, 20);
  AppendMonths(InstitutionCode::Of(20, 6, 9000013),
               {world.insurers().employees[0], world.insurers().employees[2], world.insurers().kokuho[0]}, first,
               kMonths, random, text);
  return sink("payments.csv", text);
}

}  // namespace furikae::generate
