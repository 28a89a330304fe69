// rpc/server.h — the running services: in process for the command line, or on a loopback port for `furikae serve`.
//
//   ASSIGN_OR_RETURN(auto server, Server::Start(*backend, ""));                 // in process only
//   auto stub = v1::ClaimService::NewStub(server->InProcessChannel());
//   ASSIGN_OR_RETURN(auto server, Server::Start(*backend, "127.0.0.1:7443"));   // health and reflection are on
//
// Start fails with InvalidArgument for an address that is not loopback or whose port is none, and with Unavailable when
// it cannot listen there. What it is sent is at most 16 MiB a message; an answer may be larger (the claims of a large
// file). Wait may run in one thread while another calls Shutdown. Source: DESIGN §3 (in process), §9 (health checking,
// server reflection).
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/service_type.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rpc/backend.h"

namespace furikae::rpc {

// InvalidArgument unless it is one on which calls may be taken: loopback, with a port.
absl::Status CheckAddress(const std::string& address);

// Of a channel to a server: its answers are taken at any size.
grpc::ChannelArguments ClientArguments();

class Server {
 public:
  // `address` empty: in process only. Refuses addresses that are not loopback: calls are not yet authenticated.
  static absl::StatusOr<std::unique_ptr<Server>> Start(Backend& backend, const std::string& address);
  ~Server();
  std::shared_ptr<grpc::Channel> InProcessChannel();
  int port() const { return port_; }  // the one taken, when the address asked for port 0
  void Wait();
  void Shutdown();

 private:
  Server() = default;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace furikae::rpc
