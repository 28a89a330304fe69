#include "rules/table_json.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/concat.h"
#include "core/json_walk.h"

namespace furikae::rules {
namespace {

using nlohmann::json;

// Walks the text once without building anything, so that a nesting bomb or a doubled key is known before memory is
// spent.
class StrictCheck final : public JsonWalk {
 public:
  bool start_object(std::size_t) override { return Open(); }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t) override { return Open(); }
  bool end_array() override { return Close(); }
  bool key(string_t& name) override {
    if (keys_.back().insert(name).second) return true;
    complaint_ = Concat("the key \"", name, "\" stands twice in one object");
    return false;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    position_ = position;
    complaint_ = "not valid JSON (comments, trailing commas and bytes that are no UTF-8 are not allowed)";
    return false;
  }

  const std::string& complaint() const { return complaint_; }
  std::size_t position() const { return position_; }  // 0 = unknown

 private:
  bool Open() {
    if (static_cast<int>(keys_.size()) >= kMaxJsonDepth) {
      complaint_ = Concat("nested deeper than ", kMaxJsonDepth, " levels");
      return false;
    }
    keys_.emplace_back();
    return true;
  }
  bool Close() {
    keys_.pop_back();
    return true;
  }

  std::vector<std::set<std::string>> keys_;  // of each object or array that is open
  std::string complaint_;
  std::size_t position_ = 0;
};

}  // namespace

absl::StatusOr<json> ParseStrictJson(std::string_view text) {
  if (text.size() > kMaxJsonBytes) {
    return absl::InvalidArgumentError(Concat("longer than ", kMaxJsonBytes, " bytes"));
  }
  StrictCheck check;
  if (!json::sax_parse(text.begin(), text.end(), &check)) {
    std::string where;
    if (check.position() > 0) {
      const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(check.position() - 1, text.size()));
      where = Concat("line ", 1 + std::count(text.begin(), end, '\n'), ": ");
    }
    return absl::InvalidArgumentError(Concat(where, check.complaint()));
  }
  json document = json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) return absl::InvalidArgumentError("not valid JSON");
  return document;
}

}  // namespace furikae::rules
