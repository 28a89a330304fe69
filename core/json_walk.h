// core/json_walk.h — goes through a JSON text without building anything: the base of what looks at a text before memory
// is spent on it.
//
//   struct Keys : JsonWalk { bool key(string_t&) override { ++count; return true; } int count = 0; };
//   Keys keys;
//   bool read = nlohmann::json::sax_parse(text, &keys);   // false: no JSON, or something answered false
//
// Everything is passed over; a walk overrides what it asks for. Without its own parse_error a fault of syntax only ends
// the walk. Nothing can fail. Source: DESIGN §10 (hostile input).
#pragma once

#include <cstddef>
#include <string>

#include "nlohmann/json.hpp"

namespace furikae {

class JsonWalk : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool key(string_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }
};

}  // namespace furikae
