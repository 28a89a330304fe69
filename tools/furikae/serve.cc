// furikae serve — the services on a loopback address, until interrupted.
#include <csignal>
#include <iostream>
#include <memory>
#include <thread>

#include "core/status.h"
#include "rpc/server.h"
#include "tools/furikae/verbs.h"

namespace furikae::tools {
namespace {

// Signals are taken by a thread of their own, so that shutting down runs as ordinary code.
sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

absl::StatusOr<int> Serve(const Globals& globals, const std::string& listen) {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread starts, so that all inherit it
  ASSIGN_OR_RETURN(const auto backend,
                   rpc::Backend::Open({.data_dir = globals.data_dir, .regulations_dir = globals.regulations}));
  ASSIGN_OR_RETURN(const auto server, rpc::Server::Start(*backend, listen));
  std::cout << "serving " << globals.data_dir << " on " << listen << " (port " << server->port()
            << "); stop with Ctrl-C" << std::endl;
  std::thread stopper([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    server->Shutdown();
  });
  server->Wait();
  stopper.join();
  std::cout << "stopped" << std::endl;
  return kExitDone;
}

}  // namespace

void AddServe(Program& program) {
  auto listen = std::make_shared<std::string>("127.0.0.1:7443");
  CLI::App* verb = program.Add("serve", "run the services on a loopback address",
                               "furikae serve --data-dir data --listen 127.0.0.1:7443");
  verb->add_option("--listen", *listen, "loopback HOST:PORT (port 0: any free one) or unix:PATH")
      ->check([](const std::string& address) { return std::string(rpc::CheckAddress(address).message()); })
      ->capture_default_str();
  verb->callback([&program, listen] { program.work = [&program, listen] { return Serve(program.globals, *listen); }; });
}

}  // namespace furikae::tools
