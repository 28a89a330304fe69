#include "storage/reference_codec.h"

#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "storage/schema/registry.pb.h"

namespace furikae::storage {
namespace {

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("stored ", what, " row is damaged; restore a backup or load its file anew"));
}

// One message per thread and kind: rows come by the million, and a message that is used again keeps its memory.
template <typename Message>
Message& Scratch() {
  thread_local Message message;
  message.Clear();
  return message;
}

template <typename Message>
absl::StatusOr<const Message*> Parse(std::string_view bytes, const char* what) {
  Message& message = Scratch<Message>();
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return Damaged(what);
  return &message;
}

// proto3 keeps numbers that no enumerator has; a stored one means damage.
template <typename Enum, typename Stored>
bool ReadEnum(Stored stored, bool (*valid)(int), Enum& out) {
  out = static_cast<Enum>(stored);
  return valid(stored);
}

}  // namespace

std::string SerializeRow(const RegistryRow& row) {
  auto& message = Scratch<schema::RegistryRow>();
  message.set_subject_id(row.subject_id);
  message.set_insurer(row.card.insurer.value);
  message.set_symbol(row.card.symbol);
  message.set_number(row.card.number);
  message.set_branch(row.card.branch);
  message.set_family(static_cast<schema::Family>(row.family));
  message.set_name(row.name);
  message.set_name_kana(row.name_kana);
  message.set_birth(row.birth.days);
  message.set_sex(static_cast<schema::Sex>(row.sex));
  message.set_post_number(row.post_number);
  message.set_address(row.address);
  message.set_telephone(row.telephone);
  message.set_workplace(row.workplace);
  message.set_qualified(row.qualified.days);
  message.set_registered_at(row.registered_at.seconds);
  if (row.disqualified != kOpenEnd) message.set_disqualified(row.disqualified.days);
  message.set_loss_reason(static_cast<schema::LossReason>(row.loss_reason));
  message.set_issued(row.issued.days);
  message.set_contribution_per_cent(static_cast<uint32_t>(row.contribution_per_cent));
  message.set_suspended(row.suspended);
  message.set_withdrawn(row.withdrawn);
  return message.SerializeAsString();
}

absl::StatusOr<RegistryRow> ParseRegistryRow(std::string_view bytes) {
  ASSIGN_OR_RETURN(const schema::RegistryRow* message, Parse<schema::RegistryRow>(bytes, "registry"));
  RegistryRow row;
  row.subject_id = message->subject_id();
  row.card = {InsurerNumber{message->insurer()}, message->symbol(), message->number(), message->branch()};
  row.name = message->name();
  row.name_kana = message->name_kana();
  row.birth = {message->birth()};
  row.post_number = message->post_number();
  row.address = message->address();
  row.telephone = message->telephone();
  row.workplace = message->workplace();
  row.qualified = {message->qualified()};
  row.registered_at = {message->registered_at()};
  if (message->has_disqualified()) row.disqualified = {message->disqualified()};
  row.issued = {message->issued()};
  row.contribution_per_cent = static_cast<int>(message->contribution_per_cent());
  row.suspended = message->suspended();
  row.withdrawn = message->withdrawn();
  const bool known = ReadEnum(message->family(), schema::Family_IsValid, row.family) &&
                     ReadEnum(message->sex(), schema::Sex_IsValid, row.sex) &&
                     ReadEnum(message->loss_reason(), schema::LossReason_IsValid, row.loss_reason);
  if (!known) return Damaged("registry");
  return row;
}

std::string SerializeRow(const InsurerRow& row) {
  auto& message = Scratch<schema::InsurerRow>();
  message.set_number(row.number.value);
  message.set_name(row.name);
  message.set_kind(static_cast<schema::InsurerKind>(row.kind));
  message.set_prefecture(static_cast<uint32_t>(row.prefecture));
  message.set_agency(static_cast<schema::Agency>(row.agency));
  message.set_valid_from(row.valid_from.days);
  if (row.valid_to != kOpenEnd) message.set_valid_to(row.valid_to.days);
  message.set_successor(row.successor.value);
  return message.SerializeAsString();
}

absl::StatusOr<InsurerRow> ParseInsurerRow(std::string_view bytes) {
  ASSIGN_OR_RETURN(const schema::InsurerRow* message, Parse<schema::InsurerRow>(bytes, "insurer"));
  InsurerRow row;
  row.number = {message->number()};
  row.name = message->name();
  row.prefecture = static_cast<int>(message->prefecture());
  row.valid_from = {message->valid_from()};
  if (message->has_valid_to()) row.valid_to = {message->valid_to()};
  row.successor = {message->successor()};
  const bool known = ReadEnum(message->kind(), schema::InsurerKind_IsValid, row.kind) &&
                     ReadEnum(message->agency(), schema::Agency_IsValid, row.agency);
  if (!known) return Damaged("insurer");
  return row;
}

std::string SerializeRow(const InstitutionRow& row) {
  auto& message = Scratch<schema::InstitutionRow>();
  message.set_code(row.code.value);
  message.set_name(row.name);
  message.set_kind(static_cast<schema::InstitutionKind>(row.kind));
  message.set_valid_from(row.valid_from.days);
  if (row.valid_to != kOpenEnd) message.set_valid_to(row.valid_to.days);
  return message.SerializeAsString();
}

absl::StatusOr<InstitutionRow> ParseInstitutionRow(std::string_view bytes) {
  ASSIGN_OR_RETURN(const schema::InstitutionRow* message, Parse<schema::InstitutionRow>(bytes, "institution"));
  InstitutionRow row;
  row.code = {message->code()};
  row.name = message->name();
  row.valid_from = {message->valid_from()};
  if (message->has_valid_to()) row.valid_to = {message->valid_to()};
  if (!ReadEnum(message->kind(), schema::InstitutionKind_IsValid, row.kind)) return Damaged("institution");
  return row;
}

std::string SerializeRow(const PaymentRow& row) {
  auto& message = Scratch<schema::PaymentRow>();
  message.set_institution(row.institution.value);
  message.set_insurer(row.insurer.value);
  message.set_month(static_cast<uint32_t>(row.month.index));
  message.set_receipts(row.receipts);
  message.set_points(row.points);
  message.set_amount(row.amount.value);
  return message.SerializeAsString();
}

absl::StatusOr<PaymentRow> ParsePaymentRow(std::string_view bytes) {
  ASSIGN_OR_RETURN(const schema::PaymentRow* message, Parse<schema::PaymentRow>(bytes, "payment"));
  PaymentRow row;
  row.institution = {message->institution()};
  row.insurer = {message->insurer()};
  row.month = {static_cast<int32_t>(message->month())};
  row.receipts = message->receipts();
  row.points = message->points();
  row.amount = {message->amount()};
  return row;
}

}  // namespace furikae::storage
