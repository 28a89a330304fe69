// core/money.h — amounts of the medical fee system. All integers; no floating point touches an amount.
//
//   Points p{282};                     // fee points (点数)
//   Yen fee = p.ToYen(10);             // yen a point, as the rules say: 2,820 yen
//   Yen share = PerCent(fee, 70);      // 1,974 yen, rounded down
//
// Yen are yen and points are points; nothing can fail, and overflow is not looked for. Source: decisions.md §7
// (insurer's share).
#pragma once

#include <compare>
#include <cstdint>

namespace furikae {

struct Yen {
  int64_t value = 0;
  auto operator<=>(const Yen&) const = default;
  Yen& operator+=(Yen other) {
    value += other.value;
    return *this;
  }
  Yen& operator-=(Yen other) {
    value -= other.value;
    return *this;
  }
  friend Yen operator+(Yen a, Yen b) { return {a.value + b.value}; }
  friend Yen operator-(Yen a, Yen b) { return {a.value - b.value}; }
  friend Yen operator-(Yen a) { return {-a.value}; }
};

struct Points {
  int64_t value = 0;
  auto operator<=>(const Points&) const = default;
  Points& operator+=(Points other) {
    value += other.value;
    return *this;
  }
  friend Points operator+(Points a, Points b) { return {a.value + b.value}; }
  friend Points operator-(Points a, Points b) { return {a.value - b.value}; }
  Yen ToYen(int64_t yen_per_point) const { return {value * yen_per_point}; }
};

// `amount` × `per_cent` / 100, rounded towards minus infinity (an insurer never pays a fraction of a yen more).
inline Yen PerCent(Yen amount, int per_cent) {
  const int64_t product = amount.value * per_cent;
  return {product >= 0 ? product / 100 : -((-product + 99) / 100)};
}

}  // namespace furikae
