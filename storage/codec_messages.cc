// Structs to messages and back. Whatever the disk says is checked: a number without an enumerator is damage.
#include <algorithm>
#include <cstring>

#include "absl/strings/escaping.h"
#include "core/concat.h"
#include "core/status.h"
#include "storage/codec.h"

namespace furikae::storage {
namespace {

// The numbers of the C++ enumerations are those on disk.
#define SAME_NUMBER(ours, stored) static_assert(static_cast<int>(ours) == static_cast<int>(schema::stored))
SAME_NUMBER(Flavour::kUnknown, FLAVOUR_UNKNOWN);
SAME_NUMBER(Flavour::kMedical, FLAVOUR_MEDICAL);
SAME_NUMBER(Flavour::kDpc, FLAVOUR_DPC);
SAME_NUMBER(Flavour::kDental, FLAVOUR_DENTAL);
SAME_NUMBER(Flavour::kPharmacy, FLAVOUR_PHARMACY);
SAME_NUMBER(Flavour::kNursing, FLAVOUR_NURSING);
SAME_NUMBER(Agency::kUnknown, AGENCY_UNKNOWN);
SAME_NUMBER(Agency::kShaho, AGENCY_SHAHO);
SAME_NUMBER(Agency::kKokuho, AGENCY_KOKUHO);
SAME_NUMBER(Origin::kUndecided, ORIGIN_UNDECIDED);
SAME_NUMBER(Origin::kOutOfScope, ORIGIN_OUT_OF_SCOPE);
SAME_NUMBER(Origin::kUnidentified, ORIGIN_UNIDENTIFIED);
SAME_NUMBER(Origin::kDisasterUnidentified, ORIGIN_DISASTER_UNIDENTIFIED);
SAME_NUMBER(Origin::kDisasterInsurerKnown, ORIGIN_DISASTER_INSURER_KNOWN);
SAME_NUMBER(Origin::kInvalidNumber, ORIGIN_INVALID_NUMBER);
SAME_NUMBER(Origin::kValid, ORIGIN_VALID);
SAME_NUMBER(Origin::kLapsed, ORIGIN_LAPSED);
SAME_NUMBER(Origin::kUnmatched, ORIGIN_UNMATCHED);
SAME_NUMBER(Outcome::kUndecided, OUTCOME_UNDECIDED);
SAME_NUMBER(Outcome::kAsClaimed, OUTCOME_AS_CLAIMED);
SAME_NUMBER(Outcome::kBranchCompleted, OUTCOME_BRANCH_COMPLETED);
SAME_NUMBER(Outcome::kTransferred, OUTCOME_TRANSFERRED);
SAME_NUMBER(Outcome::kSplit, OUTCOME_SPLIT);
SAME_NUMBER(Outcome::kBilledToClaimed, OUTCOME_BILLED_TO_CLAIMED);
SAME_NUMBER(Outcome::kReturned, OUTCOME_RETURNED);
SAME_NUMBER(Outcome::kInReview, OUTCOME_IN_REVIEW);
SAME_NUMBER(Outcome::kPending, OUTCOME_PENDING);
SAME_NUMBER(Outcome::kApportioned, OUTCOME_APPORTIONED);
SAME_NUMBER(Outcome::kPassedThrough, OUTCOME_PASSED_THROUGH);
SAME_NUMBER(Grade::kNone, GRADE_NONE);
SAME_NUMBER(Grade::kCertain, GRADE_CERTAIN);
SAME_NUMBER(Grade::kProbable, GRADE_PROBABLE);
SAME_NUMBER(Grade::kPossible, GRADE_POSSIBLE);
SAME_NUMBER(Grade::kSeveral, GRADE_SEVERAL);
SAME_NUMBER(DaysFrom::kUnknown, DAYS_FROM_UNKNOWN);
SAME_NUMBER(DaysFrom::kJd, DAYS_FROM_JD);
SAME_NUMBER(DaysFrom::kLines, DAYS_FROM_LINES);
SAME_NUMBER(DaysFrom::kMonth, DAYS_FROM_MONTH);
SAME_NUMBER(RowStatus::kSourced, ROW_STATUS_SOURCED);
SAME_NUMBER(RowStatus::kAssumed, ROW_STATUS_ASSUMED);
SAME_NUMBER(Action::kUnknown, ACTION_UNKNOWN);
SAME_NUMBER(Action::kAccept, ACTION_ACCEPT);
SAME_NUMBER(Action::kReject, ACTION_REJECT);
SAME_NUMBER(Action::kInquire, ACTION_INQUIRE);
SAME_NUMBER(Action::kConfirm, ACTION_CONFIRM);
SAME_NUMBER(Action::kDeny, ACTION_DENY);
SAME_NUMBER(Action::kUndo, ACTION_UNDO);
SAME_NUMBER(Action::kDefer, ACTION_DEFER);
SAME_NUMBER(ClaimState::kReceived, CLAIM_STATE_RECEIVED);
SAME_NUMBER(ClaimState::kDecided, CLAIM_STATE_DECIDED);
#undef SAME_NUMBER

template <typename Stored, typename Ours>
Stored Store(Ours value) {
  return static_cast<Stored>(value);
}

absl::Status Damaged(std::string_view kind, std::string_view field) {
  return absl::DataLossError(Concat("a stored ", kind, " holds an unknown value of ", field));
}

template <typename Ours>
bool Load(int stored, bool (*is_valid)(int), Ours* value) {
  *value = static_cast<Ours>(stored);
  return is_valid(stored);
}

void ToMessage(const Part& part, schema::Part* message) {
  message->set_insurer(part.card.insurer.value);
  message->set_symbol(part.card.symbol);
  message->set_number(part.card.number);
  message->set_branch(part.card.branch);
  message->set_agency(Store<schema::Agency>(part.agency));
  message->set_days(part.days.bits);
  message->set_points(part.points);
  message->set_yen(part.yen.value);
  message->set_subject_id(part.subject_id);
  if (part.disqualified != kOpenEnd) message->set_disqualified(part.disqualified.days);
  message->set_receipt_type(part.receipt_type);
  if (part.rate >= 0) message->set_rate(part.rate);
}

absl::StatusOr<Part> PartFrom(const schema::Part& message) {
  Part part;
  part.card = {{message.insurer()}, message.symbol(), message.number(), message.branch()};
  if (!Load(message.agency(), schema::Agency_IsValid, &part.agency)) return Damaged("claim", "an agency");
  part.days.bits = message.days();
  part.points = message.points();
  part.yen.value = message.yen();
  part.subject_id = message.subject_id();
  if (message.has_disqualified()) part.disqualified.days = message.disqualified();
  part.receipt_type = static_cast<int>(message.receipt_type());
  if (message.has_rate()) part.rate = static_cast<int>(message.rate());
  return part;
}

void ToMessage(const Identification& identification, schema::Identification* message) {
  message->set_grade(Store<schema::Grade>(identification.grade));
  for (const Candidate& candidate : identification.candidates) {
    schema::Candidate* stored = message->add_candidates();
    stored->set_subject_id(candidate.subject_id);
    for (const auto& [field, evidence] : candidate.fields) {
      schema::FieldEvidence* pair = stored->add_fields();
      pair->set_field(field);
      pair->set_evidence(evidence);
    }
  }
  if (identification.bits) message->set_bits(*identification.bits);
  if (identification.margin_bits) message->set_margin_bits(*identification.margin_bits);
}

absl::StatusOr<Identification> IdentificationFrom(const schema::Identification& message) {
  Identification identification;
  if (!Load(message.grade(), schema::Grade_IsValid, &identification.grade)) return Damaged("claim", "a grade");
  for (const schema::Candidate& stored : message.candidates()) {
    Candidate& candidate = identification.candidates.emplace_back();
    candidate.subject_id = stored.subject_id();
    for (const schema::FieldEvidence& pair : stored.fields()) {
      candidate.fields.emplace_back(pair.field(), pair.evidence());
    }
  }
  if (message.has_bits()) identification.bits = message.bits();
  if (message.has_margin_bits()) identification.margin_bits = message.margin_bits();
  return identification;
}

// Rule set digests are hexadecimal in practice: half the bytes in every claim.
bool IsPackable(std::string_view digest) {
  return digest.size() % 2 == 0 && std::all_of(digest.begin(), digest.end(),
                                               [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

void SetRulesDigest(const std::string& digest, schema::Claim* message) {
  if (!IsPackable(digest)) {
    message->set_rules_digest(digest);
    return;
  }
  auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string* packed = message->mutable_rules_digest_packed();
  packed->resize(digest.size() / 2);
  for (size_t i = 0; i < packed->size(); ++i) {
    (*packed)[i] = static_cast<char>(value(digest[2 * i]) << 4 | value(digest[2 * i + 1]));
  }
}

bool LoadDigest(std::string_view bytes, Digest* digest) {
  if (bytes.size() != digest->size()) return false;
  std::memcpy(digest->data(), bytes.data(), bytes.size());
  return true;
}

}  // namespace

void ToMessage(const Decision& decision, schema::Decision* message) {
  message->set_origin(Store<schema::Origin>(decision.origin));
  message->set_outcome(Store<schema::Outcome>(decision.outcome));
  message->set_confirmation_class(decision.confirmation_class);
  message->set_return_reason(decision.return_reason);
  message->set_flags(decision.flags);
  message->set_total_points(decision.total_points);
  message->set_public_points(decision.public_points);
  message->set_insurer_yen(decision.insurer_yen.value);
  message->set_pool_agency(Store<schema::Agency>(decision.pool_agency));
  message->set_days(decision.days.bits);
  message->set_days_from(Store<schema::DaysFrom>(decision.days_from));
  for (const Part& part : decision.parts) ToMessage(part, message->add_parts());
  for (const TraceRow& row : decision.trace) {
    schema::TraceRow* stored = message->add_trace();
    stored->set_table(row.table);
    stored->set_row(row.row);
    stored->set_status(Store<schema::RowStatus>(row.status));
  }
  message->set_moment(decision.moment.seconds);
  if (decision.identification) ToMessage(*decision.identification, message->mutable_identification());
  for (const std::string& item : decision.missing_items) message->add_missing_items(item);
  message->set_fallback_outcome(Store<schema::Outcome>(decision.fallback_outcome));
  message->set_fallback_class(decision.fallback_class);
  message->set_fallback_reason(decision.fallback_reason);
  message->set_inquiry_needed(decision.inquiry_needed);
  if (decision.claimed_disqualified != kOpenEnd) {
    message->set_claimed_disqualified(decision.claimed_disqualified.days);
  }
}

absl::StatusOr<Decision> FromMessage(const schema::Decision& message) {
  Decision decision;
  if (!Load(message.origin(), schema::Origin_IsValid, &decision.origin)) return Damaged("claim", "an origin");
  if (!Load(message.outcome(), schema::Outcome_IsValid, &decision.outcome)) return Damaged("claim", "an outcome");
  if (!Load(message.pool_agency(), schema::Agency_IsValid, &decision.pool_agency)) return Damaged("claim", "an agency");
  if (!Load(message.days_from(), schema::DaysFrom_IsValid, &decision.days_from)) return Damaged("claim", "days_from");
  if (!Load(message.fallback_outcome(), schema::Outcome_IsValid, &decision.fallback_outcome)) {
    return Damaged("claim", "a fallback outcome");
  }
  decision.confirmation_class = message.confirmation_class();
  decision.return_reason = message.return_reason();
  decision.flags = message.flags();
  decision.total_points = message.total_points();
  decision.public_points = message.public_points();
  decision.insurer_yen.value = message.insurer_yen();
  decision.days.bits = message.days();
  decision.parts.reserve(message.parts_size());
  for (const schema::Part& stored : message.parts()) {
    ASSIGN_OR_RETURN(decision.parts.emplace_back(), PartFrom(stored));
  }
  decision.trace.reserve(message.trace_size());
  for (const schema::TraceRow& stored : message.trace()) {
    TraceRow& row = decision.trace.emplace_back(TraceRow{stored.table(), stored.row(), RowStatus::kSourced});
    if (!Load(stored.status(), schema::RowStatus_IsValid, &row.status)) return Damaged("claim", "a row status");
  }
  decision.moment.seconds = message.moment();
  if (message.has_identification()) {
    ASSIGN_OR_RETURN(decision.identification, IdentificationFrom(message.identification()));
  }
  decision.missing_items.assign(message.missing_items().begin(), message.missing_items().end());
  decision.fallback_class = message.fallback_class();
  decision.fallback_reason = message.fallback_reason();
  decision.inquiry_needed = message.inquiry_needed();
  if (message.has_claimed_disqualified()) decision.claimed_disqualified.days = message.claimed_disqualified();
  return decision;
}

void ToMessage(const PeopleRow& row, schema::PeopleRow* message) {
  message->set_claim_id(row.claim_id);
  message->set_action(Store<schema::Action>(row.action));
  message->set_subject_id(row.subject_id);
  message->set_insurer(row.insurer.value);
  message->set_actor(row.actor);
  message->set_at(row.at.seconds);
}

absl::StatusOr<PeopleRow> FromMessage(const schema::PeopleRow& message) {
  PeopleRow row;
  row.claim_id = message.claim_id();
  if (!Load(message.action(), schema::Action_IsValid, &row.action)) return Damaged("claim", "an action");
  row.subject_id = message.subject_id();
  row.insurer.value = message.insurer();
  row.actor = message.actor();
  row.at.seconds = message.at();
  return row;
}

void ToMessage(const Claim& claim, schema::Claim* message) {
  message->set_submission(claim.key.submission);
  message->set_receipt(claim.key.receipt);
  message->set_state(claim.state == ClaimState::kReceived ? schema::CLAIM_STATE_RECEIVED : schema::CLAIM_STATE_DECIDED);
  message->set_flavour(Store<schema::Flavour>(claim.flavour));
  message->set_service_month(claim.service_month.index);
  message->set_first_line(claim.first_line);
  if (claim.state != ClaimState::kReceived || claim.decision != Decision()) {
    ToMessage(claim.decision, message->mutable_decision());
  }
  message->set_decided_month(claim.decided_month.index);
  message->set_changed_month(claim.changed_month.index);
  for (const PeopleRow& row : claim.people) ToMessage(row, message->add_people());
  message->set_review_open(claim.review_open);
  message->set_inquiry_open(claim.inquiry_open);
  message->set_deferred(claim.deferred);
  message->set_entries(claim.entries);
  SetRulesDigest(claim.rules_digest, message);
}

absl::StatusOr<Claim> FromMessage(const schema::Claim& message) {
  Claim claim;
  claim.key = {message.submission(), message.receipt()};
  if (!Load(message.state(), schema::ClaimState_IsValid, &claim.state)) return Damaged("claim", "its state");
  if (!Load(message.flavour(), schema::Flavour_IsValid, &claim.flavour)) return Damaged("claim", "a flavour");
  claim.service_month.index = message.service_month();
  claim.first_line = message.first_line();
  if (message.has_decision()) {
    ASSIGN_OR_RETURN(claim.decision, FromMessage(message.decision()));
  }
  claim.decided_month.index = message.decided_month();
  claim.changed_month.index = message.changed_month();
  for (const schema::PeopleRow& stored : message.people()) {
    ASSIGN_OR_RETURN(claim.people.emplace_back(), FromMessage(stored));
  }
  claim.review_open = message.review_open();
  claim.inquiry_open = message.inquiry_open();
  claim.deferred = message.deferred();
  claim.entries = message.entries();
  claim.rules_digest = message.rules_digest_packed().empty() ? message.rules_digest()
                                                             : absl::BytesToHexString(message.rules_digest_packed());
  return claim;
}

void ToMessage(const Submission& submission, schema::Submission* message) {
  message->set_sequence(submission.sequence);
  message->set_digest(submission.digest.data(), submission.digest.size());
  message->set_file(submission.file);
  message->set_flavour(Store<schema::Flavour>(submission.flavour));
  message->set_agency(Store<schema::Agency>(submission.agency));
  message->set_institution(submission.institution.value);
  message->set_claim_month(submission.claim_month.index);
  message->set_written_claim_month(submission.written_claim_month.index);
  message->set_head(submission.head);
  message->set_volume(submission.volume);
  message->set_go_volume(submission.go_volume);
  message->set_counted_claims(submission.counted_claims);
  message->set_counted_points(submission.counted_points);
  message->set_accepted(submission.accepted);
  message->set_refused(submission.refused);
  message->set_refused_whole(submission.refused_whole);
  message->set_complete(submission.complete);
  for (const std::string& complaint : submission.complaints) message->add_complaints(complaint);
  for (const std::string& note : submission.notes) message->add_notes(note);
  message->set_moment(submission.moment.seconds);
  message->set_paper(submission.paper);
}

absl::StatusOr<Submission> FromMessage(const schema::Submission& message) {
  Submission submission;
  submission.sequence = message.sequence();
  if (!LoadDigest(message.digest(), &submission.digest)) return Damaged("submission", "its digest");
  submission.file = message.file();
  if (!Load(message.flavour(), schema::Flavour_IsValid, &submission.flavour)) return Damaged("submission", "a flavour");
  if (!Load(message.agency(), schema::Agency_IsValid, &submission.agency)) return Damaged("submission", "an agency");
  submission.institution.value = message.institution();
  submission.claim_month.index = message.claim_month();
  submission.written_claim_month.index = message.written_claim_month();
  submission.head = message.head();
  submission.original = message.original();
  submission.volume = message.volume();
  submission.go_volume = message.go_volume();
  submission.counted_claims = message.counted_claims();
  submission.counted_points = message.counted_points();
  submission.accepted = message.accepted();
  submission.refused = message.refused();
  submission.refused_whole = message.refused_whole();
  submission.complete = message.complete();
  submission.complaints.assign(message.complaints().begin(), message.complaints().end());
  submission.notes.assign(message.notes().begin(), message.notes().end());
  submission.moment.seconds = message.moment();
  submission.paper = message.paper();
  return submission;
}

void ToMessage(const Pool& pool, schema::Pool* message) {
  message->set_institution(pool.key.institution.value);
  message->set_agency(Store<schema::Agency>(pool.key.agency));
  message->set_service_month(pool.key.service_month.index);
  message->set_late_month(pool.key.late_month.index);
  message->set_closed_month(pool.closed_month.index);
  for (const ClaimKey& key : pool.receipts) {
    schema::PoolReceipt* receipt = message->add_receipts();
    receipt->set_submission(key.submission);
    receipt->set_receipt(key.receipt);
  }
  message->set_yen(pool.yen.value);
  message->set_rung(pool.rung);
  message->set_weights_total(pool.weights_total.value);
  for (const Share& share : pool.shares) {
    schema::Share* stored = message->add_shares();
    stored->set_insurer(share.insurer.value);
    stored->set_weight(share.weight.value);
    stored->set_quota_numerator_high(share.quota_numerator_high);
    stored->set_quota_numerator_low(share.quota_numerator_low);
    stored->set_quota_denominator(share.quota_denominator.value);
    stored->set_remainder_rank(share.remainder_rank);
    stored->set_yen(share.yen.value);
  }
  for (const std::string& text : pool.left_out) message->add_left_out(text);
  message->set_entries(pool.entries);
}

absl::StatusOr<Pool> FromMessage(const schema::Pool& message) {
  Pool pool;
  pool.key.institution.value = message.institution();
  if (!Load(message.agency(), schema::Agency_IsValid, &pool.key.agency)) return Damaged("pool", "an agency");
  pool.key.service_month.index = message.service_month();
  pool.key.late_month.index = message.late_month();
  pool.closed_month.index = message.closed_month();
  for (const schema::PoolReceipt& receipt : message.receipts()) {
    pool.receipts.push_back({receipt.submission(), receipt.receipt()});
  }
  pool.yen.value = message.yen();
  pool.rung = message.rung();
  pool.weights_total.value = message.weights_total();
  for (const schema::Share& stored : message.shares()) {
    pool.shares.push_back({.insurer = {stored.insurer()},
                           .weight = {stored.weight()},
                           .quota_numerator_high = stored.quota_numerator_high(),
                           .quota_numerator_low = stored.quota_numerator_low(),
                           .quota_denominator = {stored.quota_denominator()},
                           .remainder_rank = stored.remainder_rank(),
                           .yen = {stored.yen()}});
  }
  pool.left_out.assign(message.left_out().begin(), message.left_out().end());
  pool.entries = message.entries();
  return pool;
}

}  // namespace furikae::storage
