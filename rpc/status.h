// rpc/status.h — absl::Status to grpc::Status and back. Codes are the same numbers; the message travels as it is.
//
// Details of a status do not travel. Nothing can fail. Thread-safe. Source: STYLE (Abseil's canonical codes map 1:1 to
// gRPC's).
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace furikae::rpc {

inline grpc::Status ToGrpc(const absl::Status& status) {
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()));
}

inline absl::Status FromGrpc(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

}  // namespace furikae::rpc
