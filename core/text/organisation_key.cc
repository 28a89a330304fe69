// Keys of workplaces and insurers: the words that say what kind of organisation it is are taken off or unified.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "core/text/fold.h"
#include "core/text/name_keys.h"
#include "core/text/utf8.h"

namespace furikae::text {
namespace {

// Forms that have a mark in common, longest first, so that no form leaves the rest of a longer one behind. Short forms
// count only in brackets.
constexpr std::array<std::string_view, 18> kCorporations = {
    "特定非営利活動法人", "国立大学法人", "地方独立行政法人", "独立行政法人", "公益社団法人", "公益財団法人",
    "一般社団法人",       "一般財団法人", "社会医療法人",     "社会福祉法人", "医療法人社団", "医療法人財団",
    "医療法人",           "学校法人",     "宗教法人",         "社団法人",     "財団法人",     "NPO法人"};
constexpr std::array<std::string_view, 7> kCompanies = {"特例有限会社", "株式会社", "有限会社", "合同会社",
                                                        "合資会社",     "合名会社", "相互会社"};
constexpr std::array<std::string_view, 9> kShortForms = {"(株)", "(有)", "(同)", "(資)", "(名)",
                                                         "(医)", "(福)", "(財)", "(社)"};

struct FormsOfMark {
  std::string_view mark;
  std::span<const std::string_view> forms;
};
// A search for its mark spares the searches for its forms.
constexpr FormsOfMark kLegalForms[] = {{"法人", kCorporations}, {"会社", kCompanies}, {"(", kShortForms}};

// The bank transfer abbreviations of legal forms: カ)ヤマダ, ヤマダ(カ, スズキ(ユ)シブヤ.
constexpr std::array<std::string_view, 9> kBankForms = {"(カ)", "(ユ)", "(ド)", "カ)", "ユ)",
                                                        "ド)",  "(カ",  "(ユ",  "(ド"};

constexpr std::array<std::string_view, 14> kBranchWords = {"営業本部", "事業本部", "営業所", "出張所", "事業所",
                                                           "事務所",   "支店",     "支社",   "支部",   "支所",
                                                           "本社",     "本店",     "工場",   "店"};

// One sign that stands for a bracketed or written-out form.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kSigns = {{{"㈱", "(株)"},
                                                                                  {"㈲", "(有)"},
                                                                                  {"㈳", "(社)"},
                                                                                  {"㈶", "(財)"},
                                                                                  {"㈴", "(名)"},
                                                                                  {"㈾", "(資)"},
                                                                                  {"㈻", "学校法人"},
                                                                                  {"㍿", "株式会社"}}};

std::string Replaced(std::string name, std::string_view word, std::string_view by) {
  std::string_view text = name;
  if (text.find(word) == std::string_view::npos) return name;
  std::string replaced;
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word)) {
    replaced.append(text.substr(0, at)).append(by);
    text.remove_prefix(at + word.size());
  }
  return replaced.append(text);
}

std::string WithoutSigns(std::u32string_view name) {
  std::string plain = ToUtf8(name);
  const bool any = std::any_of(name.begin(), name.end(), [](char32_t c) { return c >= U'㈱' && c <= U'㍿'; });
  if (!any) return plain;
  for (const auto& [sign, meaning] : kSigns) plain = Replaced(std::move(plain), sign, meaning);
  return plain;
}

bool Contains(std::string_view name, std::string_view word) { return name.find(word) != std::string_view::npos; }

// The place of a legal form becomes a space, for it may part the company from its branch: 山田商事(株)東京支店.
std::string WithoutLegalForms(std::string name) {
  for (const auto& [mark, forms] : kLegalForms) {
    if (!Contains(name, mark)) continue;
    for (std::string_view form : forms) name = Replaced(std::move(name), form, " ");
  }
  if (!Contains(name, "(") && !Contains(name, ")")) return name;
  for (std::string_view form : kBankForms) {
    if (name.starts_with(form) || name.ends_with(form)) name = Replaced(std::move(name), form, " ");
  }
  return name;
}

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// A last word that names a branch goes, with the place in front of it when a space shows where that begins.
std::string_view WithoutBranch(std::string_view name) {
  name = Trimmed(name);
  for (std::string_view word : kBranchWords) {
    if (!name.ends_with(word) || name.size() == word.size()) continue;
    const size_t space = name.rfind(' ');
    if (space != std::string_view::npos) return Trimmed(name.substr(0, space));
    if (word == "店") return name;  // part of many names: 山田書店
    return name.substr(0, name.size() - word.size());
  }
  return name;
}

// Kinds of insurer as people shorten them, longest first, and as their names have them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kInsurerWords = {
    {{"全国健康保険協会", "全国健康保険協会"},
     {"協会ケンポ", "全国健康保険協会"},
     {"協会健保", "全国健康保険協会"},
     {"健康保険組合", "健康保険組合"},
     {"健保組合", "健康保険組合"},
     {"健保", "健康保険組合"},
     {"国民健康保険", "国民健康保険"},
     {"国保", "国民健康保険"},
     {"共済組合", "共済組合"}}};

constexpr std::array<std::string_view, 5> kInsurerKinds = {"健康保険組合", "国民健康保険組合", "国民健康保険",
                                                           "共済組合", "共済"};

// The name without its kind, or the whole name when it states none.
std::string_view WithoutKind(std::string_view key) {
  for (std::string_view kind : kInsurerKinds) {
    if (key.ends_with(kind) && key.size() > kind.size()) return key.substr(0, key.size() - kind.size());
  }
  return key;
}

// Left to right, each place once: 健保 inside 健保組合 is not written out a second time.
std::string WithKindsWrittenOut(std::string_view key) {
  std::string written;
  while (!key.empty()) {
    size_t taken = 0;
    for (const auto& [word, full] : kInsurerWords) {
      if (!key.starts_with(word)) continue;
      written += full;
      taken = word.size();
      break;
    }
    if (taken == 0) {
      written += key.front();
      taken = 1;
    }
    key.remove_prefix(taken);
  }
  return written;
}

}  // namespace

std::string WorkplaceKey(std::string_view name) {
  if (name.size() > kLongestText) return "";
  std::string plain = WithoutSigns(FoldedWidth(CodePoints(name)));
  return KanjiKey(WithoutBranch(WithoutLegalForms(std::move(plain))));
}

std::string InsurerKey(std::string_view name) { return WithKindsWrittenOut(KanjiKey(name)); }

bool SameInsurer(std::string_view key_a, std::string_view key_b) {
  if (key_a.empty() || key_b.empty()) return false;
  if (key_a == key_b) return true;
  const std::string_view bare_a = WithoutKind(key_a), bare_b = WithoutKind(key_b);
  const bool one_states_no_kind = bare_a.size() == key_a.size() || bare_b.size() == key_b.size();
  return one_states_no_kind && bare_a == bare_b;
}

}  // namespace furikae::text
