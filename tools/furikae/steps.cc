#include "tools/furikae/steps.h"

#include "core/status.h"
#include "rpc/status.h"

namespace furikae::tools {
namespace {

// Reads a stream whose messages carry progress, the last one the report.
template <typename Report, typename Message>
absl::StatusOr<Report> ReadToReport(grpc::ClientReader<Message>& stream, Progress& progress) {
  Message message;
  Report report;
  while (stream.Read(&message)) {
    if (message.has_progress()) progress.Show(message.progress());
    if (message.has_report()) report = message.report();
  }
  RETURN_IF_ERROR(rpc::FromGrpc(stream.Finish()));
  return report;
}

}  // namespace

absl::StatusOr<v1::DecideReport> DecideClaims(Session& session, const v1::RunMoment& run, Progress& progress) {
  auto stub = v1::ClaimService::NewStub(session.channel());
  grpc::ClientContext context;
  return ReadToReport<v1::DecideReport>(*stub->DecideClaims(&context, run), progress);
}

absl::StatusOr<v1::CloseReport> CloseMonth(Session& session, const v1::RunMoment& run, Progress& progress) {
  auto stub = v1::ApportionmentService::NewStub(session.channel());
  grpc::ClientContext context;
  return ReadToReport<v1::CloseReport>(*stub->CloseMonth(&context, run), progress);
}

}  // namespace furikae::tools
