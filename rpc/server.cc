#include "rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rpc/services/services.h"

namespace furikae::rpc {
namespace {

// Decisions of a claim, a page of claims: far below; chunks are 1 MiB.
constexpr int kLargestMessageBytes = 16 << 20;

// A name may lead anywhere, whatever it begins with: besides localhost only addresses in figures are loopback for
// certain.
bool IsLoopback(const std::string& address) {
  const bool figures = address.find_first_not_of("0123456789.:") == std::string::npos;
  return (figures && absl::StartsWith(address, "127.")) || absl::StartsWith(address, "localhost:") ||
         absl::StartsWith(address, "[::1]:") || absl::StartsWith(address, "unix:");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(Backend& backend, const std::string& address) {
  if (!address.empty() && !IsLoopback(address)) {
    return absl::InvalidArgumentError(absl::StrCat("cannot listen on ", address,
                                                   ": calls are not authenticated yet, so only loopback addresses are "
                                                   "served (127.0.0.1:PORT, [::1]:PORT, unix:PATH)"));
  }
  static const bool plugins_ready = [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  (void)plugins_ready;

  std::unique_ptr<Server> server(new Server);
  server->services_ = MakeServices(backend);
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kLargestMessageBytes);
  // A second server on the same port would take half of the calls without a word.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  if (!address.empty()) builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &server->port_);
  for (const auto& service : server->services_) builder.RegisterService(service.get());
  server->server_ = builder.BuildAndStart();
  const bool listens = address.empty() || absl::StartsWith(address, "unix:") || server->port_ != 0;
  if (server->server_ == nullptr || !listens) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", address, ": is another program using the port?"));
  }
  return server;
}

Server::~Server() { Shutdown(); }

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kLargestMessageBytes);
  return server_->InProcessChannel(arguments);
}

void Server::Wait() { server_->Wait(); }

void Server::Shutdown() {
  if (server_ != nullptr) server_->Shutdown();
}

}  // namespace furikae::rpc
