#include "rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/status.h"
#include "rpc/services/services.h"

namespace furikae::rpc {
namespace {

constexpr int kLargestRequestBytes = 16 << 20;  // chunks of a file are 1 MiB
constexpr int kAnySize = -1;
constexpr int kLargestPort = 65535;

// A name may lead anywhere, whatever it begins with: besides localhost only addresses in figures are loopback for
// certain.
bool IsLoopback(const std::string& address) {
  const bool figures = address.find_first_not_of("0123456789.:") == std::string::npos;
  return (figures && absl::StartsWith(address, "127.")) || absl::StartsWith(address, "localhost:") ||
         absl::StartsWith(address, "[::1]:") || absl::StartsWith(address, "unix:");
}

// gRPC takes a port beyond 65535 modulo 65536, and a name of a service for its port.
absl::Status CheckPort(const std::string& address) {
  if (absl::StartsWith(address, "unix:")) return absl::OkStatus();
  const size_t colon = address.rfind(':');
  const std::string port = colon == std::string::npos ? "" : address.substr(colon + 1);
  const bool digits = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos;
  if (digits && std::stoi(port) <= kLargestPort) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("cannot listen on ", address, ": \"", port,
                                                 "\" is no port; write a number from 0 (any free one) to ",
                                                 kLargestPort, " behind the last colon"));
}

}  // namespace

absl::Status CheckAddress(const std::string& address) {
  if (IsLoopback(address)) return CheckPort(address);
  return absl::InvalidArgumentError(absl::StrCat("cannot listen on ", address,
                                                 ": calls are not authenticated yet, so only loopback addresses are "
                                                 "served (127.0.0.1:PORT, [::1]:PORT, unix:PATH)"));
}

grpc::ChannelArguments ClientArguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kAnySize);
  return arguments;
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(Backend& backend, const std::string& address) {
  if (!address.empty()) RETURN_IF_ERROR(CheckAddress(address));
  static const bool plugins_ready = [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  (void)plugins_ready;

  std::unique_ptr<Server> server(new Server);
  server->services_ = MakeServices(backend);
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kLargestRequestBytes);
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

std::shared_ptr<grpc::Channel> Server::InProcessChannel() { return server_->InProcessChannel(ClientArguments()); }

void Server::Wait() { server_->Wait(); }

void Server::Shutdown() {
  if (server_ != nullptr) server_->Shutdown();
}

}  // namespace furikae::rpc
