// The server itself: what it listens on, its health, what it tells about itself; and the services around a month.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>

#include "rpc/json_claims.h"
#include "tests/rpc/services_fixture.h"

namespace furikae::rpc {
namespace {

using grpc::StatusCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Serving : public Services {};

// One call by the name of its method, with bytes as they go over the wire: Debian ships no protos of health and
// reflection.
grpc::Status CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                     const std::string& request, std::string& response) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  auto stream = stub.PrepareCall(&context, method, &queue);
  void* tag = nullptr;
  bool ok = false;
  stream->StartCall(nullptr);
  queue.Next(&tag, &ok);
  const grpc::Slice slice(request);
  stream->Write(grpc::ByteBuffer(&slice, 1), nullptr);
  queue.Next(&tag, &ok);
  grpc::ByteBuffer answer;
  stream->Read(&answer, nullptr);
  queue.Next(&tag, &ok);
  if (ok) {
    std::vector<grpc::Slice> slices;
    (void)answer.Dump(&slices);
    for (const grpc::Slice& piece : slices) response.append(reinterpret_cast<const char*>(piece.begin()), piece.size());
  }
  stream->WritesDone(nullptr);
  queue.Next(&tag, &ok);
  grpc::Status status;
  stream->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  return status;
}

TEST_F(Serving, IsHealthy) {
  std::string response;
  const grpc::Status status = CallRaw(server_->InProcessChannel(), "/grpc.health.v1.Health/Check", "", response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response, "\x08\x01");  // status: SERVING
}

TEST_F(Serving, TellsItsServices) {
  std::string response;
  // ServerReflectionRequest.list_services (field 7) = "".
  const grpc::Status status =
      CallRaw(server_->InProcessChannel(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
              std::string("\x3a\x00", 2), response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  for (const char* service : {"ClaimService", "RegistryService", "ReferenceService", "ReviewService", "InquiryService",
                              "ApportionmentService", "AdminService"}) {
    EXPECT_THAT(response, HasSubstr(std::string("furikae.v1.") + service));
  }
  EXPECT_THAT(response, HasSubstr("grpc.health.v1.Health"));
}

TEST_F(Serving, RefusesAddressesThatOthersCanReach) {
  for (const char* address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:7443", ":7443", "example.org:7443", "127.example.org:0",
                              "localhost.example.org:0"}) {
    const auto server = Server::Start(*backend_, address);
    EXPECT_EQ(server.status().code(), absl::StatusCode::kInvalidArgument) << address;
    EXPECT_THAT(std::string(server.status().message()), HasSubstr("only loopback addresses are served"));
  }
}

TEST_F(Serving, RefusesPortsThatAreNone) {
  for (const char* address :
       {"127.0.0.1:99999", "127.0.0.1:65536", "127.0.0.1:", "localhost:http", "[::1]:-1", "127.0.0.1:4294967296"}) {
    const auto server = Server::Start(*backend_, address);
    EXPECT_EQ(server.status().code(), absl::StatusCode::kInvalidArgument) << address;
    EXPECT_THAT(std::string(server.status().message()), HasSubstr("is no port; write a number from 0"));
  }
}

TEST_F(Serving, ListensOnLoopbackAndNotTwiceOnOnePort) {
  const auto server = Server::Start(*backend_, "127.0.0.1:0");
  ASSERT_TRUE(server.ok()) << server.status();
  ASSERT_GT((*server)->port(), 0);
  const std::string address = "127.0.0.1:" + std::to_string((*server)->port());
  grpc::ClientContext context;
  v1::Version version;
  const auto stub = v1::AdminService::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  ASSERT_TRUE(stub->GetVersion(&context, {}, &version).ok());
  EXPECT_EQ(version.version(), kVersion);
  EXPECT_EQ(version.rules_digest(), backend_->rulebook.digest());
  const auto second = Server::Start(*backend_, address);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("is another program using the port?"));
}

TEST_F(Serving, AFileGoesToTheServiceOfItsKind) {
  v1::LoadResponse response;
  for (const auto& [path, registry] :
       std::vector<std::pair<std::string, bool>>{{"registry.csv", false}, {"insurers.csv", true}}) {
    const grpc::Status status = Load(path, "a\n", response, registry);
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT) << path;
    EXPECT_THAT(status.error_message(), HasSubstr("the name says no kind of file for this service"));
  }
  for (const char* path : {"a.UKE", ""}) {
    const grpc::Status status = Load(path, "a\n", response);
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT) << path;
    EXPECT_THAT(status.error_message(),
                HasSubstr("the name says no kind of file; use registry*.csv, registry*.xml, insurers*.csv"));
  }
  const std::string insurers =
      "InsurerNumber,Name,Kind,ReviewAgency,ValidFrom\n01130012,ある支部,協会けんぽ,1,2000-04-01\nx,x,x,1,2000-04-01\n";
  const grpc::Status status = Load("in/insurers-2024.csv", insurers, response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.kind(), "insurers");
  EXPECT_EQ(response.loaded(), 1);
  EXPECT_EQ(response.refused(), 1);
}

TEST_F(Serving, ClosingSaysWhatIsNotReadyAndThenWhatItDid) {
  v1::SubmitResponse submitted;
  ASSERT_TRUE(Submit("receipts/a.UKE", ReceiptFile(2), submitted).ok());
  const auto close = [&](std::vector<v1::CloseProgress>& messages) {
    v1::RunMoment run;
    run.set_month("2024-10");
    grpc::ClientContext context;
    const auto stub = Stub<v1::ApportionmentService>();
    auto stream = stub->CloseMonth(&context, run);
    for (v1::CloseProgress message; stream->Read(&message);) messages.push_back(message);
    return stream->Finish();
  };
  std::vector<v1::CloseProgress> early;
  EXPECT_EQ(close(early).error_code(), StatusCode::FAILED_PRECONDITION);
  std::vector<v1::DecideProgress> decided;
  ASSERT_TRUE(Decide(decided).ok());
  for (const bool before : {false, true}) {
    std::vector<v1::CloseProgress> messages;
    ASSERT_TRUE(close(messages).ok());
    ASSERT_FALSE(messages.empty());
    EXPECT_EQ(messages.back().report().already_closed(), before);
    EXPECT_EQ(messages.back().report().claims(), 2);
  }
  // A closed month takes in nothing more.
  v1::SubmitResponse late;
  EXPECT_EQ(Submit("receipts/b.UKE", ReceiptFile(1, "1000009"), late).error_code(), StatusCode::FAILED_PRECONDITION);
}

TEST_F(Serving, AnExportEndsWithItsLastPiece) {
  v1::ExportRequest request;
  request.set_month("2024-10");
  grpc::ClientContext context;
  const auto stub = Stub<v1::AdminService>();
  auto stream = stub->ExportMonth(&context, request);
  std::vector<std::string> paths;
  bool last = false;
  for (v1::FileChunk chunk; stream->Read(&chunk);) {
    EXPECT_FALSE(last) << "nothing follows the last piece";
    last = chunk.last();
    if (!last) paths.push_back(chunk.path());
  }
  ASSERT_TRUE(stream->Finish().ok());
  EXPECT_TRUE(last);
  EXPECT_THAT(paths,
              ::testing::IsSupersetOf({"decisions.jsonl", "summary.json", "ledger.csv", "apportionment/shares.csv"}));
}

TEST_F(Serving, AnActionNeedsAnActorAndAReadableInsurer) {
  const auto stub = Stub<v1::InquiryService>();
  v1::PersonAction action;
  action.set_claim_id("1311234567-1-202410-0123456789abcdef-000001");
  action.mutable_run()->set_month("2024-10");
  v1::ClaimView view;
  {
    grpc::ClientContext context;
    const grpc::Status status = stub->OpenInquiry(&context, action, &view);
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(status.error_message(), HasSubstr("actor is missing"));
  }
  action.set_actor("desk-3");
  action.set_insurer("協会");
  grpc::ClientContext context;
  const grpc::Status status = stub->OpenInquiry(&context, action, &view);
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("is no insurer number"));
}

TEST(DataDirectory, IsNotBegunUnlessAsked) {
  const storage::TemporaryDirectory directory;
  const auto backend = Backend::Open({.data_dir = directory.File("mistyped"), .create = false});
  EXPECT_EQ(backend.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(backend.status().message()), HasSubstr("does not exist"));
}

}  // namespace
}  // namespace furikae::rpc
