// tools/furikae/session.h — the way from a verb to the services: in process over --data-dir, or to `furikae serve` with
// --server.
//
//   ASSIGN_OR_RETURN(auto session, Session::Open(globals));
//   auto stub = v1::ClaimService::NewStub(session->channel());
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "rpc/backend.h"
#include "rpc/proto/furikae/v1/services.grpc.pb.h"
#include "rpc/server.h"

namespace furikae::tools {

// Options that every verb takes.
struct Globals {
  std::string data_dir = "furikae-data";
  std::string server;       // host:port of a running `furikae serve`; empty: in process
  std::string regulations;  // directory of the agency's own tables; empty: those built in
  bool json = false;
};

class Session {
 public:
  // Of the verbs only those that bring data in may begin a new data directory: the others would answer a mistyped name
  // with an empty one.
  enum class Data { kMustExist, kMayBeNew };
  static absl::StatusOr<std::unique_ptr<Session>> Open(const Globals& globals, Data data = Data::kMustExist);
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  std::unique_ptr<rpc::Backend> backend_;
  std::unique_ptr<rpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

// Exit codes of the program (files.md "The main job").
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitSomeRefused = 3;

}  // namespace furikae::tools
