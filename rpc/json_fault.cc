#include "rpc/json_fault.h"

#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/concat.h"
#include "core/json_walk.h"
#include "nlohmann/json.hpp"

namespace furikae::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Json = nlohmann::ordered_json;

constexpr size_t kDeepest = 32;         // far below what recursion over it can carry
constexpr size_t kMostMembers = 1'000;  // of one object: no message comes near, and each looks for its like among them
constexpr size_t kLongestText = 1 << 20;  // bytes: a claim of thousands of lines is far shorter
constexpr std::string_view kWholeNumber = "a whole number";
constexpr std::string_view kSpaces = " \t\r\n";

int64_t Characters(std::string_view utf8) {
  return std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

// Reads without building anything: where the text stops to be JSON, and whether it is too deep or too wide to be
// walked.
class Syntax final : public JsonWalk {
 public:
  explicit Syntax(std::string_view text) : text_(text) { good_ = nlohmann::json::sax_parse(text, this); }

  bool good() const { return good_; }
  std::string Fault() const {
    if (members_.size() > kDeepest) return Concat("nested deeper than ", kDeepest, " levels");
    if (!members_.empty() && members_.back() > kMostMembers)
      return Concat("an object in it has more than ", kMostMembers, " members");
    if (position_ > text_.find_last_not_of(kSpaces) + 1)
      return "the JSON stops before its end: something is not closed";
    return Concat("syntax error of JSON at character ", Characters(text_.substr(0, position_)), " (byte ", position_,
                  " of the line)");
  }

  bool key(string_t&) override { return ++members_.back() <= kMostMembers; }
  bool start_object(std::size_t) override { return Open(); }
  bool start_array(std::size_t) override { return Open(); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    position_ = position;
    return false;
  }

 private:
  bool Open() {
    members_.push_back(0);
    return members_.size() <= kDeepest;
  }
  bool Close() {
    members_.pop_back();
    return true;
  }

  const std::string_view text_;
  bool good_ = false;
  std::vector<std::size_t> members_;  // of each object and list that is open, so far
  std::size_t position_ = 0;          // bytes read up to and with the one that is wrong
};

const FieldDescriptor* FieldOf(const Descriptor& type, const std::string& name) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (field->name() == name || field->json_name() == name) return field;
  }
  return nullptr;
}

// Whether the parser of protobuf takes this one member: what it takes is for it alone to say.
bool Reads(const FieldDescriptor& field, const std::string& json) {
  const std::unique_ptr<google::protobuf::Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(field.containing_type())->New());
  const std::string object = Concat("{\"", field.name(), "\":", json, "}");
  return google::protobuf::util::JsonStringToMessage(object, message.get()).ok();
}

// The first of the members of a list or a map that is not taken; nullopt when each alone is. Halves are tried, so that
// a long list is read about twice, not once for each.
template <typename Members>
std::optional<size_t> FirstNotRead(const FieldDescriptor& field, const Members& members) {
  const auto reads = [&](size_t from, size_t to) {
    const auto begin = members.begin();
    return Reads(field, Json(Members(begin + static_cast<ptrdiff_t>(from), begin + static_cast<ptrdiff_t>(to))).dump());
  };
  size_t first = 0, end = members.size();
  while (end - first > 1) {
    const size_t middle = first + (end - first) / 2;
    (reads(first, middle) ? first : end) = middle;
  }
  if (members.empty() || reads(first, end)) return std::nullopt;
  return first;
}

std::string_view Expected(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT64:
      return kWholeNumber;
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return "a number";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    case FieldDescriptor::CPPTYPE_STRING:
      return "a text in quotes";
    case FieldDescriptor::CPPTYPE_ENUM:
      return "a name of the list of allowed ones";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return "an object in { }";
  }
  return "something else";
}

std::string InObject(const Descriptor& type, const Json& object, const std::string& path);

// `value` stands at `path` as the field or as one of its list; "" when no fault is found in it.
std::string InValue(const FieldDescriptor& field, const Json& value, const std::string& path) {
  const bool message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  if (message && value.is_object()) return InObject(*field.message_type(), value, path);
  const bool too_large = Expected(field) == kWholeNumber && value.is_number_integer();
  return Concat(path, ": expected ", Expected(field), too_large ? " that is not so large" : "");
}

std::string InMap(const FieldDescriptor& field, const Json& value, const std::string& path) {
  const std::string expected = Concat(Expected(*field.message_type()->map_key()), " in quotes, and ",
                                      Expected(*field.message_type()->map_value()), " for each");
  if (!value.is_object()) return Concat(path, ": expected an object in { }: ", expected);
  const auto first = FirstNotRead(field, value.get_ref<const Json::object_t&>());
  return first ? Concat(path, ": member ", *first + 1, ": expected ", expected) : "";
}

std::string InList(const FieldDescriptor& field, const Json& value, const std::string& path) {
  if (!value.is_array()) return Concat(path, ": expected a list in [ ], each of it ", Expected(field));
  const auto first = FirstNotRead(field, value.get_ref<const Json::array_t&>());
  return first ? InValue(field, value[*first], Concat(path, "[", *first, "]")) : "";
}

std::string InObject(const Descriptor& type, const Json& object, const std::string& path) {
  int number = 0;
  for (const auto& [name, value] : object.items()) {
    ++number;
    const FieldDescriptor* field = FieldOf(type, name);
    if (field == nullptr) {
      return Concat(path, path.empty() ? "" : ": ", "member ", number, " is an unknown field");
    }
    if (Reads(*field, value.dump())) continue;
    const std::string here = Concat(path, path.empty() ? "" : ".", field->name());
    std::string fault = field->is_map()        ? InMap(*field, value, here)
                        : field->is_repeated() ? InList(*field, value, here)
                                               : InValue(*field, value, here);
    return fault.empty() ? Concat(here, ": is not as the message has it") : fault;
  }
  return "";
}

}  // namespace

std::string JsonFault(const std::string& text, const Descriptor& type) {
  const Syntax syntax(text);
  if (!syntax.good()) return syntax.Fault();
  if (text.size() > kLongestText) return Concat("is no ", type.full_name(), ", and too long to look for why");
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return "expected an object in { }";
  const std::string fault = InObject(type, json, "");
  return fault.empty() ? Concat("is no ", type.full_name(), ": check the names of its fields and their values") : fault;
}

}  // namespace furikae::rpc
