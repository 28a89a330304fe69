#include "tests/rpc/services_fixture.h"

#include "core/uke/cp932.h"
#include "tests/core/uke_text.h"

namespace furikae::rpc {

std::string ReceiptFile(int receipts, const std::string& institution) {
  std::vector<std::string> lines = {"IR,1,13,1," + institution + ",,青空医院,202410,00,0311112222"};
  for (int i = 1; i <= receipts; ++i) {
    const std::string number = std::to_string(i);
    lines.push_back(uke::Row(
        "RE", 38,
        {{2, number}, {3, "1112"}, {4, "202409"}, {5, "山田　花子"}, {6, "2"}, {7, "19850402"}, {37, "ヤマダハナコ"}}));
    lines.push_back(uke::Row("HO", 14, {{2, "01130012"}, {3, "64"}, {4, number}, {5, "1"}, {6, "282"}}));
    lines.push_back(uke::Si("11", "282", "1", {{5, "1"}}));
  }
  lines.push_back("GO," + std::to_string(receipts) + "," + std::to_string(receipts * 282) + ",99");
  return uke::Text(lines);
}

void Services::SetUp() {
  auto backend = Backend::Open({.data_dir = directory_.File("data")});
  ASSERT_TRUE(backend.ok()) << backend.status();
  backend_ = *std::move(backend);
  auto server = Server::Start(*backend_, "");
  ASSERT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
  claims_ = Stub<v1::ClaimService>();
}

void Services::TearDown() {
  claims_.reset();
  server_.reset();
  backend_.reset();
}

v1::UploadOptions Services::Options(const std::string& month, const std::string& now) {
  v1::UploadOptions options;
  options.set_month(month);
  options.set_now(now);
  options.set_want_claim_ids(true);
  return options;
}

void Services::Send(grpc::ClientWriter<v1::FileChunk>& stream, const std::string& path, const std::string& bytes,
                    const v1::UploadOptions& options, bool cut) {
  constexpr size_t kPiece = 700;  // several pieces even of a small file
  size_t at = 0;
  do {
    v1::FileChunk chunk;
    if (at == 0) {
      chunk.set_path(path);
      *chunk.mutable_options() = options;
    }
    chunk.set_data(bytes.substr(at, kPiece));
    at += kPiece;
    chunk.set_last(at >= bytes.size() && !cut);
    if (!stream.Write(chunk)) break;
  } while (at < bytes.size());
  stream.WritesDone();
}

grpc::Status Services::Submit(const std::string& path, const std::string& bytes, v1::SubmitResponse& response,
                              const v1::UploadOptions& options, bool cut) {
  grpc::ClientContext context;
  auto stream = claims().SubmitFile(&context, &response);
  Send(*stream, path, bytes, options, cut);
  return stream->Finish();
}

grpc::Status Services::Load(const std::string& path, const std::string& bytes, v1::LoadResponse& response,
                            bool to_registry, const v1::UploadOptions& options) {
  grpc::ClientContext context;
  const auto registry = Stub<v1::RegistryService>();
  const auto reference = Stub<v1::ReferenceService>();
  auto stream = to_registry ? registry->LoadFile(&context, &response) : reference->LoadFile(&context, &response);
  Send(*stream, path, bytes, options);
  return stream->Finish();
}

grpc::Status Services::Decide(std::vector<v1::DecideProgress>& messages, const std::string& month,
                              const std::string& now) {
  v1::RunMoment run;
  run.set_month(month);
  run.set_now(now);
  grpc::ClientContext context;
  auto stream = claims().DecideClaims(&context, run);
  for (v1::DecideProgress message; stream->Read(&message);) messages.push_back(message);
  return stream->Finish();
}

grpc::Status Services::List(const v1::ListClaimsRequest& request, v1::ListClaimsResponse& response) {
  grpc::ClientContext context;
  return claims().ListClaims(&context, request, &response);
}

}  // namespace furikae::rpc
