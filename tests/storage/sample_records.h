// tests/storage/sample_records.h — records with every field filled, and short ones that tests number.
#pragma once

#include <string>

#include "storage/event_chain.h"
#include "storage/records.h"

namespace furikae::storage {

inline Digest DigestOf(uint8_t number) {
  Digest digest{};
  digest.fill(number);
  return digest;
}

inline Submission SampleSubmission(uint32_t sequence) {
  return {.sequence = sequence,
          .digest = DigestOf(static_cast<uint8_t>(sequence)),
          .file = "receipts/RECEIPTC.UKE",
          .flavour = Flavour::kMedical,
          .agency = Agency::kKokuho,
          .institution = InstitutionCode::Of(13, 1, 1234567),
          .claim_month = ServiceMonth::Of(2024, 10),
          .written_claim_month = ServiceMonth::Of(2024, 9),
          .head = "IR,2,13,1,1234567,,\x83\x65\x83\x58\x83\x67,202409,00,\r\n",
          .original = std::string("\xef\xbb\xbf\0IR", 6),
          .volume = 1,
          .go_volume = 99,
          .counted_claims = 140,
          .counted_points = 86392,
          .accepted = 139,
          .refused = 1,
          .complete = true,
          .complaints = {" line 3, column 4: \"12a4\" is not a number"},
          .notes = {" line 2: a blank line"},
          .moment = {1730386799}};
}

inline Decision SampleDecision() {
  Decision decision;
  decision.origin = Origin::kLapsed;
  decision.outcome = Outcome::kSplit;
  decision.confirmation_class = 5;
  decision.flags = kRateDiffers | kMealsNotByDay;
  decision.total_points = 846;
  decision.public_points = -3;
  decision.insurer_yen = {5922};
  decision.pool_agency = Agency::kShaho;
  decision.days = DayMask::Of({3, 10, 31});
  decision.days_from = DaysFrom::kJd;
  decision.parts = {
      {.card = {{6139463}, "６４", "1234567", "01"},
       .agency = Agency::kShaho,
       .days = DayMask::Of({3, 10}),
       .points = 564,
       .yen = {3948},
       .subject_id = "S1",
       .disqualified = {20012},
       .receipt_type = 1116,
       .rate = 70},
      {.card = {{138016}, "", "7", ""}, .agency = Agency::kKokuho, .days = DayMask::Of({31}), .points = 282}};
  decision.identification = Identification{.grade = Grade::kProbable,
                                           .candidates = {{"S1", {{"name_kana", "exact"}, {"address", "missing"}}}},
                                           .bits = 31,
                                           .margin_bits = -2};
  decision.missing_items = {"address"};
  decision.trace = {{"routing", "L3", RowStatus::kSourced}, {"policy", "rates", RowStatus::kAssumed}};
  decision.fallback_outcome = Outcome::kReturned;
  decision.fallback_class = 3;
  decision.fallback_reason = 5;
  decision.inquiry_needed = true;
  decision.claimed_disqualified = {20000};
  decision.moment = {1730386799};
  return decision;
}

inline Claim SampleClaim(ClaimKey key) {
  return {.key = key,
          .state = ClaimState::kDecided,
          .flavour = Flavour::kPharmacy,
          .service_month = ServiceMonth::Of(2024, 9),
          .first_line = 17,
          .decision = SampleDecision(),
          .decided_month = ServiceMonth::Of(2024, 10),
          .changed_month = ServiceMonth::Of(2024, 10),
          .people = {{"", Action::kConfirm, "S1", {6139463}, "reviewer", {1730386700}}},
          .review_open = true,
          .inquiry_open = true,
          .deferred = true,
          .entries = 3,
          .rules_digest = "00ff12ab"};
}

inline LedgerEntry SampleEntry(ClaimKey claim, uint32_t number = 1) {
  return {.month = ServiceMonth::Of(2024, 10),
          .claim = claim,
          .number = number,
          .kind = "CLAIMED",
          .lines = {{"clearing/1", {5922}, {}}, {"institution/1311234567", {}, {5922}}}};
}

inline Pool SamplePool() {
  return {.key = {InstitutionCode::Of(13, 1, 1234567), Agency::kShaho, ServiceMonth::Of(2024, 8),
                  ServiceMonth::Of(2024, 11)},
          .closed_month = ServiceMonth::Of(2024, 11),
          .receipts = {{1, 2}, {3, 4}},
          .yen = {10000},
          .rung = "WINDOW",
          .weights_total = {30000},
          .shares = {{.insurer = {6139463},
                      .weight = {30000},
                      .quota_numerator_high = 1,
                      .quota_numerator_low = ~uint64_t{0},
                      .quota_denominator = {30000},
                      .remainder_rank = 1,
                      .yen = {10000}}},
          .left_out = {"01130012: ceased without a successor"},
          .entries = 2};
}

inline Event DecidedEvent(ClaimKey claim, std::string payload) {
  return {.kind = EventKind::kDecided,
          .month = ServiceMonth::Of(2024, 10),
          .moment = {1730386799},
          .claim = claim,
          .payload = std::move(payload)};
}

}  // namespace furikae::storage
