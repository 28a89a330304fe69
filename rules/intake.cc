#include "rules/intake.h"

#include <future>
#include <map>
#include <optional>
#include <utility>

#include "core/concat.h"
#include "core/status.h"
#include "core/uke/receipt.h"
#include "rules/booking.h"
#include "rules/open_month.h"
#include "rules/stored_claim.h"
#include "storage/codec.h"

namespace furikae::rules {
namespace {

using storage::ClaimKey;
using storage::Store;
using storage::Submission;

constexpr size_t kGroupBytes = 4 << 20;  // of receipts: most files are one group and wait for the disk once
constexpr int kLastVolume = 99;
constexpr size_t kThreadBytes = 64 << 10;  // a file from which on the digest is worth a thread of its own

// Digest and parsing are the two passes over all bytes of a file, equally long: they run side by side.
std::future<storage::Digest> BeginDigest(std::string_view bytes) {
  const auto either = std::launch::async | std::launch::deferred;  // also when no thread is to be had
  return std::async(bytes.size() < kThreadBytes ? std::launch::deferred : either, [bytes] { return DigestOf(bytes); });
}

// The submission of these bytes, when they were sent before.
absl::StatusOr<std::optional<Submission>> FindKnown(const Store& store, const storage::Digest& digest) {
  const std::optional<uint32_t> sequence = store.FindSubmission(storage::DigestPrefix(digest));
  if (!sequence) return std::optional<Submission>();
  absl::StatusOr<Submission> found = store.GetSubmission(*sequence);
  if (absl::IsNotFound(found.status())) return std::optional<Submission>();  // begun, and cut short
  if (!found.ok()) return found.status();
  if (found->digest != digest) {
    return absl::AlreadyExistsError(Concat("another file has a digest that begins with ", storage::DigestPrefix(digest),
                                           "; claim ids would not tell the two apart"));
  }
  return std::optional<Submission>(*std::move(found));
}

// A complaint as it follows the name of the file. Data directories that were begun before names were left out have it
// in front.
std::string_view WithoutName(std::string_view complaint, std::string_view file) {
  return complaint.starts_with(file) ? complaint.substr(file.size()) : complaint;
}

// What is kept about a submission, told of the file that it came in now.
void Tell(const Submission& submission, const PreparedFile& file, SubmitReport& report) {
  report.digest = submission.digest;
  report.file = file.file.name;
  report.refused_whole = submission.refused_whole;
  report.accepted = submission.accepted;
  report.refused = submission.refused;
  // The same directories kept notes among the complaints.
  const bool refused = submission.refused_whole || submission.refused > 0;
  for (const std::string& complaint : submission.complaints)
    (refused ? report.complaints : report.notes).push_back(Concat(file.place, WithoutName(complaint, submission.file)));
  for (const std::string& note : submission.notes) report.notes.push_back(Concat(file.place, note));
}

absl::StatusOr<SubmitReport> ReportKnown(const Store& store, const Submission& known, const PreparedFile& file,
                                         bool want_claim_ids) {
  SubmitReport report;
  Tell(known, file, report);
  report.already_known = true;
  if (!want_claim_ids) return report;
  RETURN_IF_ERROR(store.ForEachClaim({known.sequence, 0}, /*with_receipts=*/false,
                                     [&](const storage::Claim& claim, std::string_view) {
                                       if (claim.key.submission != known.sequence) return absl::CancelledError();
                                       report.claim_ids.push_back(storage::ClaimIdOf(known, claim.key.receipt));
                                       return absl::OkStatus();
                                     }));
  return report;
}

// As they follow the name of the file, in its order.
std::vector<std::string> Texts(const uke::ParsedFile& parsed, uke::Complaint::Severity severity) {
  std::vector<std::string> texts;
  for (const uke::Complaint& complaint : parsed.complaints) {
    if (complaint.severity == severity) texts.push_back(complaint.ToString(/*file=*/""));
  }
  return texts;
}

Submission Describe(uint32_t sequence, const storage::Digest& digest, const IncomingFile& file,
                    const uke::ParsedFile& parsed, const RunMoment& run) {
  Submission submission;
  submission.sequence = sequence;
  submission.digest = digest;
  submission.file = file.name;
  submission.flavour = parsed.head.flavour;
  submission.agency = parsed.head.agency;
  submission.institution = parsed.head.institution;
  submission.claim_month = run.month;
  submission.written_claim_month = parsed.head.claim_month;
  submission.head = parsed.head.bytes;
  if (!parsed.converted.empty() || file.sent.data() != file.records.data()) submission.original = file.sent;
  submission.volume = parsed.head.volume;
  submission.go_volume = parsed.go_volume;
  submission.counted_claims = parsed.counted_claims;
  submission.counted_points = parsed.counted_points;
  submission.accepted = static_cast<int64_t>(parsed.receipts.size());
  submission.refused = parsed.refused;
  submission.refused_whole = parsed.refused_whole;
  submission.complaints = Texts(parsed, uke::Complaint::Severity::kFile);
  for (std::string& text : Texts(parsed, uke::Complaint::Severity::kReceipt))
    submission.complaints.push_back(std::move(text));
  submission.notes = Texts(parsed, uke::Complaint::Severity::kNote);
  submission.paper = file.paper;
  submission.complete = true;
  submission.moment = run.now;
  return submission;
}

bool SameSeries(const Submission& a, const Submission& b) {
  return a.institution == b.institution && a.agency == b.agency && a.flavour == b.flavour &&
         a.written_claim_month == b.written_claim_month;
}

// GO of the last volume counts all volumes (one volume alone is checked by the reader). What the volumes before it
// counted is known once they are here; they are accepted already, so a difference is told and refuses nothing.
absl::Status CheckVolumes(const Store& store, const uke::ParsedFile& parsed, Submission& submission) {
  if (submission.volume == 0 || submission.go_volume != kLastVolume || (parsed.go_claims <= 0 && parsed.go_points <= 0))
    return absl::OkStatus();
  std::map<int, Submission> earlier;  // by volume; of a volume sent twice the first received
  RETURN_IF_ERROR(store.ForEachSubmission([&](const Submission& other) {
    if (other.sequence != submission.sequence && other.complete && SameSeries(other, submission) &&
        other.volume < submission.volume) {
      earlier.emplace(other.volume, other);
    }
    return absl::OkStatus();
  }));
  int64_t claims = submission.counted_claims, points = submission.counted_points;
  for (const auto& [volume, other] : earlier) {
    claims += other.counted_claims;
    points += other.counted_points;
  }
  const auto volumes = static_cast<int>(earlier.size());
  if (volumes != submission.volume) {
    submission.notes.push_back(Concat(": the totals of GO count all volumes and could not be checked: ", volumes,
                                      " of the ", submission.volume, " volumes before this one were submitted"));
    return absl::OkStatus();
  }
  if (parsed.go_claims >= 0 && parsed.go_claims != claims) {
    submission.notes.push_back(Concat(": GO says ", parsed.go_claims, " claims over all volumes, they count ", claims));
  }
  if (parsed.go_points >= 0 && parsed.go_points != points) {
    submission.notes.push_back(Concat(": GO says ", parsed.go_points, " points over all volumes, they count ", points));
  }
  return absl::OkStatus();
}

void CheckInstitution(const Store& store, ServiceMonth month, Submission& submission) {
  const storage::Masters& masters = store.masters();
  if (submission.accepted == 0 || masters.institutions().empty()) return;
  if (masters.InstitutionIn(submission.institution, month) != nullptr) return;
  submission.notes.push_back(
      Concat(": institution ", submission.institution.ToString(), " is not in the master of institutions"));
}

void PutReceipt(const uke::ParsedFile& parsed, size_t index, uint32_t sequence, storage::Group& group) {
  const uke::Receipt& receipt = parsed.receipts[index];
  storage::Claim claim;
  claim.key = {sequence, receipt.number};
  claim.flavour = receipt.flavour;
  claim.service_month = receipt.service_month;
  claim.first_line = parsed.first_line[index];
  group.PutReceipt(claim.key, receipt.bytes);
  group.PutClaim(claim);
}

// Receipts in groups; the submission itself comes with the last one, so that it is there wholly or not at all.
absl::Status Write(Store& store, const uke::ParsedFile& parsed, const Submission& submission, const RunMoment& run) {
  Booking booking(run.month, run.now);
  size_t bytes = 0;
  for (size_t i = 0; i < parsed.receipts.size(); ++i) {
    PutReceipt(parsed, i, submission.sequence, booking.group());
    bytes += parsed.receipts[i].bytes.size();
    if (bytes < kGroupBytes) continue;
    RETURN_IF_ERROR(store.Apply(booking.Take()));
    bytes = 0;
  }
  booking.group().PutSubmission(submission);
  storage::schema::Submitted payload;
  storage::ToMessage(submission, payload.mutable_submission());
  booking.Tell(storage::EventKind::kSubmitted, {}, payload);
  return store.Apply(booking.Take());
}

}  // namespace

PreparedFile Prepare(const IncomingFile& file, const RunMoment& run) {
  std::future<storage::Digest> digesting = BeginDigest(file.sent);
  auto parsed = std::make_unique<uke::ParsedFile>(uke::ReadFile(file.name, file.records, run.month));
  return {.file = file,
          .run = run,
          .digest = digesting.get(),
          .parsed = std::move(parsed),
          .place = std::string(file.name)};
}

absl::StatusOr<SubmitReport> TakeIn(Store& store, const PreparedFile& prepared, bool want_claim_ids) {
  const RunMoment& run = prepared.run;
  const uke::ParsedFile& parsed = *prepared.parsed;
  ASSIGN_OR_RETURN(const std::optional<Submission> known, FindKnown(store, prepared.digest));
  // Of a file refused as a whole nothing was taken in: it may be sent again in a later month.
  if (known && known->complete && !(known->refused_whole && run.month > known->claim_month)) {
    return ReportKnown(store, *known, prepared, want_claim_ids);
  }
  RETURN_IF_ERROR(RequireOpen(store, run.month));
  ASSIGN_OR_RETURN(const Store::Begun begun, store.BeginSubmission(prepared.digest));
  Submission submission = Describe(begun.sequence, prepared.digest, prepared.file, parsed, run);
  RETURN_IF_ERROR(CheckVolumes(store, parsed, submission));
  CheckInstitution(store, run.month, submission);
  RETURN_IF_ERROR(Write(store, parsed, submission, run));

  SubmitReport report;
  Tell(submission, prepared, report);
  if (want_claim_ids) {
    for (const uke::Receipt& receipt : parsed.receipts)
      report.claim_ids.push_back(storage::ClaimIdOf(submission, receipt.number));
  }
  return report;
}

}  // namespace furikae::rules
