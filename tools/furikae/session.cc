#include "tools/furikae/session.h"

#include <utility>

#include "core/status.h"

namespace furikae::tools {

absl::StatusOr<std::unique_ptr<Session>> Session::Open(const Globals& globals, Data data) {
  std::unique_ptr<Session> session(new Session);
  if (!globals.server.empty()) {
    session->channel_ =
        grpc::CreateCustomChannel(globals.server, grpc::InsecureChannelCredentials(), rpc::ClientArguments());
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
