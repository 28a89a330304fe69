// rpc/json_fault.h — why a text is no JSON form of a message, told without a value of it.
//
//   JsonFault(R"({"patient":{"sex":"f"}})", *v1::Claim::descriptor());   // patient.sex: expected a whole number
//   JsonFault(R"({"agency":1,"colour":2})", *v1::Claim::descriptor());   // member 2 is an unknown field
//   JsonFault(R"({"agency":1,,})", *v1::Claim::descriptor());            // syntax error of JSON at character 13
//
// For a text that the parser of protobuf refused: its own words quote what it read, which may be a patient's data. Here
// fields are named as the message names them, list members counted from 0 as in lines[0], members of an object from 1.
// The work is in proportion to the text, and of a text of more than 1 MiB only faults of syntax are looked for. Nothing
// can fail. Thread-safe. Source: DESIGN §9 (nothing personal), §10 (hostile input); files.md "In" (protobuf JSON
// mapping).
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>

namespace furikae::rpc {

// The first fault, in the order of the text. `type` is that of a generated message.
std::string JsonFault(const std::string& text, const google::protobuf::Descriptor& type);

}  // namespace furikae::rpc
