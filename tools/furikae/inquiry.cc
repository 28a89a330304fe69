// furikae inquiry — asking an insurer about a patient (照会), and its answer.
#include <memory>

#include "core/status.h"
#include "tools/furikae/people.h"

namespace furikae::tools {
namespace {

using Stub = v1::InquiryService::Stub;
using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const v1::PersonAction&, v1::ClaimView*);

ActionCall Calling(Method method) {
  return [method](Session& session, grpc::ClientContext& context, const v1::PersonAction& request,
                  v1::ClaimView& response) {
    return (v1::InquiryService::NewStub(session.channel()).get()->*method)(&context, request, &response);
  };
}

}  // namespace

void AddInquiry(Program& program) {
  CLI::App* verb = program.Add("inquiry", "ask insurers, take their answers", "furikae inquiry list --data-dir data");
  verb->require_subcommand(1);
  CLI::App* list = program.Add(*verb, "list", "open inquiries", "furikae inquiry list --data-dir data");
  list->callback([&program] {
    program.work = [&program] {
      return ListOpen(program.globals, [](Session& session, grpc::ClientContext& context,
                                          const v1::ListReviewsRequest& request, v1::ListReviewsResponse& response) {
        return v1::InquiryService::NewStub(session.channel())->ListInquiries(&context, request, &response);
      });
    };
  });
  const std::string common =
      " --data-dir data --month 2024-10 --actor desk-3 1311234567-1-202410-0123456789abcdef-000001";
  AddActionVerb(
      program, *verb,
      {"open", "ask an insurer about the patient", "furikae inquiry open --insurer 06139463" + common, false, true},
      Calling(&Stub::OpenInquiry));
  CLI::App* answer =
      program.Add(*verb, "answer", "an insurer's answer", "furikae inquiry answer confirm --insurer 06139463" + common);
  answer->require_subcommand(1);
  AddActionVerb(program, *answer,
                {"confirm", "the insurer covers the patient",
                 "furikae inquiry answer confirm --insurer 06139463" + common, true, true},
                Calling(&Stub::ConfirmInquiry));
  AddActionVerb(program, *answer,
                {"deny", "the insurer does not cover the patient",
                 "furikae inquiry answer deny --insurer 06139463" + common, false, true},
                Calling(&Stub::DenyInquiry));
}

}  // namespace furikae::tools
