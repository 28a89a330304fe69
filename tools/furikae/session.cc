#include "tools/furikae/session.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/status.h"

namespace furikae::tools {
namespace {

constexpr auto kLongestWait = std::chrono::seconds(10);  // for a server on the same machine

// A call to nobody would fail with names of sockets, not with what to do.
absl::Status Connect(grpc::Channel& channel, const std::string& server) {
  const auto deadline = std::chrono::system_clock::now() + kLongestWait;
  grpc_connectivity_state state = channel.GetState(/*try_to_connect=*/true);
  while (state != GRPC_CHANNEL_READY && state != GRPC_CHANNEL_TRANSIENT_FAILURE &&
         channel.WaitForStateChange(state, deadline)) {
    state = channel.GetState(/*try_to_connect=*/true);
  }
  if (state == GRPC_CHANNEL_READY) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("no furikae server answers at ", server, "; is `furikae serve` running at that address?"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Session>> Session::Open(const Globals& globals, Data data) {
  std::unique_ptr<Session> session(new Session);
  if (!globals.server.empty()) {
    session->channel_ =
        grpc::CreateCustomChannel(globals.server, grpc::InsecureChannelCredentials(), rpc::ClientArguments());
    RETURN_IF_ERROR(Connect(*session->channel_, globals.server));
    return session;
  }
  ASSIGN_OR_RETURN(session->backend_, rpc::Backend::Open({.data_dir = globals.data_dir,
                                                          .regulations_dir = globals.regulations,
                                                          .create = data == Data::kMayBeNew}));
  ASSIGN_OR_RETURN(session->server_, rpc::Server::Start(*session->backend_, ""));
  session->channel_ = session->server_->InProcessChannel();
  return session;
}

}  // namespace furikae::tools
