#include "storage/registry_row_layout.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "core/sha256.h"
#include "core/status.h"
#include "core/text/name_keys.h"

namespace furikae::storage {
namespace {

constexpr int64_t kDaysBefore1970 = 719'528;  // 1970-01-01 counted from 0000-01-01
constexpr int64_t kLastDay = 3'652'425;       // 10000-01-01: the day after the last that a file can write
constexpr uint64_t kOpenDay = IndexRow::Qualified::kMax;
constexpr int64_t kSecondsBefore1970 = (kDaysBefore1970 + 1) * 86'400;  // a day to spare for offsets from UTC

Date UnpackedDay(uint64_t packed) {
  if (packed == kOpenDay) return kOpenEnd;
  return {static_cast<int32_t>(static_cast<int64_t>(packed) - kDaysBefore1970)};
}

// ReasonOfLoss in three bits.
constexpr uint64_t kOtherLoss = 7;
uint64_t PackedLoss(LossReason reason) {
  return reason == LossReason::kOther ? kOtherLoss : static_cast<uint64_t>(reason);
}
LossReason UnpackedLoss(uint64_t packed) {
  return packed == kOtherLoss ? LossReason::kOther : static_cast<LossReason>(packed);
}

absl::Status CheckFits(const RegistryRow& row, int branch) {
  const auto fits = [](Date day) {
    return day == kOpenEnd || (day.days >= -kDaysBefore1970 && day.days + kDaysBefore1970 <= kLastDay);
  };
  const auto refuse = [](const char* column) {
    return absl::InvalidArgumentError(absl::StrCat("registry row: ", column, " is out of range"));
  };
  if (row.card.insurer.value > 99'999'999) return refuse("InsurerNumber");
  if (static_cast<uint64_t>(branch) > IndexRow::Branch::kMax) return refuse("InsuredBranchNumber");
  if (row.contribution_per_cent < 0 || row.contribution_per_cent > 100)
    return refuse("InsuredPartialContributionRatio");
  if (!fits(row.birth)) return refuse("Birthdate");
  if (!fits(row.qualified)) return refuse("QualificationDate");
  if (!fits(row.disqualified)) return refuse("DisqualificationDate");
  if (!fits(row.issued)) return refuse("InsuredCertificateIssuanceDate");
  const int64_t seconds = row.registered_at.seconds;
  if (seconds < -kSecondsBefore1970 || seconds > (kLastDay - kDaysBefore1970 + 1) * 86'400)
    return refuse("RegisteredAt");
  return absl::OkStatus();
}

void PutSubject(std::string_view subject_id, IndexRow& row) {
  const std::array<uint8_t, 32> digest = Sha256(subject_id);
  uint64_t top;
  std::memcpy(&row.subject, digest.data(), sizeof row.subject);
  std::memcpy(&top, digest.data() + sizeof row.subject, sizeof top);
  row.span |= IndexRow::SubjectTop::Put(top);
}

uint64_t PhoneNumber(std::string_view telephone) {
  uint64_t number = 0;
  for (char digit : text::PhoneKey(telephone)) number = number * 10 + static_cast<uint64_t>(digit - '0');
  return number;
}

}  // namespace

uint64_t PackedDay(Date day) { return day == kOpenEnd ? kOpenDay : static_cast<uint64_t>(day.days + kDaysBefore1970); }

uint64_t PackedMoment(Moment moment) {
  constexpr int64_t kLatest = static_cast<int64_t>(IndexRow::Registered::kMax) - kSecondsBefore1970;
  return static_cast<uint64_t>(std::clamp(moment.seconds, -kSecondsBefore1970, kLatest) + kSecondsBefore1970);
}

absl::StatusOr<IndexRow> EncodeIndexRow(const RegistryRow& row) {
  const int branch = BranchKey(row.card.branch);
  RETURN_IF_ERROR(CheckFits(row, branch));
  IndexRow out;
  out.card_text = KeyOf(row.card).text;
  out.kana = text::HashKey(text::KanaKey(row.name_kana));
  out.kanji = text::HashKey(text::KanjiKey(row.name));
  out.address = text::HashKey(text::AddressKey(row.address));
  out.workplace = text::HashKey(text::WorkplaceKey(row.workplace));
  out.who = IndexRow::Insurer::Put(row.card.insurer.value) | IndexRow::Phone::Put(PhoneNumber(row.telephone)) |
            IndexRow::SexField::Put(static_cast<uint64_t>(row.sex)) |
            IndexRow::FamilyField::Put(static_cast<uint64_t>(row.family)) |
            IndexRow::Loss::Put(PackedLoss(row.loss_reason)) | IndexRow::Suspended::Put(row.suspended) |
            IndexRow::Withdrawn::Put(row.withdrawn);
  out.when = IndexRow::Registered::Put(PackedMoment(row.registered_at)) | IndexRow::Birth::Put(PackedDay(row.birth));
  out.span = IndexRow::Qualified::Put(PackedDay(row.qualified)) |
             IndexRow::Disqualified::Put(PackedDay(row.disqualified)) |
             IndexRow::Contribution::Put(static_cast<uint64_t>(row.contribution_per_cent));
  out.tail = static_cast<uint32_t>(IndexRow::Issued::Put(PackedDay(row.issued)) |
                                   IndexRow::Branch::Put(static_cast<uint64_t>(branch)));
  PutSubject(row.subject_id, out);
  return out;
}

Coverage DecodeIndexRow(const IndexRow& row) {
  Coverage coverage;
  coverage.card = {InsurerNumber{static_cast<uint32_t>(row.insurer())}, row.card_text};
  coverage.branch = static_cast<int>(row.branch());
  coverage.qualified = UnpackedDay(row.qualified());
  coverage.disqualified = UnpackedDay(IndexRow::Disqualified::Get(row.span));
  coverage.issued = UnpackedDay(IndexRow::Issued::Get(row.tail));
  coverage.loss_reason = UnpackedLoss(IndexRow::Loss::Get(row.who));
  coverage.family = static_cast<Family>(IndexRow::FamilyField::Get(row.who));
  coverage.sex = static_cast<Sex>(IndexRow::SexField::Get(row.who));
  coverage.birth = UnpackedDay(row.birth());
  coverage.contribution_per_cent = static_cast<int>(IndexRow::Contribution::Get(row.span));
  coverage.kana_key = row.kana;
  coverage.kanji_key = row.kanji;
  coverage.address_key = row.address;
  coverage.workplace_key = row.workplace;
  coverage.phone_key = static_cast<uint32_t>(IndexRow::Phone::Get(row.who));
  return coverage;
}

IndexRow RowOfSubject(std::string_view subject_id) {
  IndexRow row;
  PutSubject(subject_id, row);
  return row;
}

absl::Status DifferentVersions(RowId row, RowId there) {
  return absl::FailedPreconditionError(absl::StrCat("registry row ", row, " and registry row ", there,
                                                    " are different versions of one coverage with equal RegisteredAt"));
}

}  // namespace furikae::storage
