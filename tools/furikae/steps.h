// tools/furikae/steps.h — the steps of a month as calls: decide and close, with their progress.
#pragma once

#include "absl/status/statusor.h"
#include "rpc/proto/furikae/v1/services.grpc.pb.h"
#include "tools/furikae/console.h"
#include "tools/furikae/session.h"

namespace furikae::tools {

absl::StatusOr<v1::DecideReport> DecideClaims(Session& session, const v1::RunMoment& run, Progress& progress);
absl::StatusOr<v1::CloseReport> CloseMonth(Session& session, const v1::RunMoment& run, Progress& progress);

}  // namespace furikae::tools
