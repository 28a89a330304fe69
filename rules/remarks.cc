#include "rules/remarks.h"

#include <algorithm>

#include "core/text/letter_set.h"
#include "rules/remark_labels.h"
#include "rules/remark_shapes.h"
#include "rules/remark_words.h"

namespace furikae::rules {
namespace {

using Text = std::u32string_view;
using enum RemarkItem;

// Remarks longer than this are read up to here: the eight items fit many times over.
constexpr size_t kLongestRemarks = 16 * 1024;

// Between items, always.
bool IsStrongSeparator(char32_t c) {
  constexpr text::LetterSet kStrong(U"、,。;\n\r|【】「」『』[]〔〕◆■※①②③④⑤⑥⑦⑧⑨");
  return kStrong.Has(c);
}
// Between items, unless what follows goes on with a labelled item.
bool IsWeakSeparator(char32_t c) { return Text(U"・:/").find(c) != Text::npos; }
bool IsSeparator(char32_t c) { return IsStrongSeparator(c) || IsWeakSeparator(c); }

bool SpansAreSpaced(Text text) { return text.find(U' ') != Text::npos; }

// What follows a mark takes it back (証回収なし).
bool IsTakenBack(const Mark& mark, Text after, const RemarkWords& words) {
  return mark.may_be_taken_back && std::any_of(words.taking_back.begin(), words.taking_back.end(),
                                               [&](const std::u32string& word) { return after.starts_with(word); });
}

class RemarksReader {
 public:
  RemarksReader(std::string_view remarks, const RemarkWords& words)
      : original_(remarks), text_(FoldCharacters(remarks)), words_(words) {}

  Text folded() const { return text_.folded; }

  void Read(Declaration& out) {
    out_ = &out;
    SkipBetweenItems();
    ReadHead();
    for (SkipBetweenItems(); at_ < folded().size(); SkipBetweenItems()) {
      if (const std::optional<LabelMatch> label = LabelAt(folded(), at_, true)) {
        ReadLabelled(*label);
      } else {
        ReadUnlabelled();
      }
    }
    TakeGuesses();
  }

 private:
  struct Span {
    size_t begin = 0, end = 0;
  };

  Text TextOf(Span span) const { return folded().substr(span.begin, span.end - span.begin); }
  std::string Original(Span span) const {
    const uint32_t from = text_.offsets[span.begin];
    return std::string(original_.substr(from, text_.offsets[span.end] - from));
  }
  Span Trim(Span span) const {
    while (span.begin < span.end && folded()[span.begin] == U' ') ++span.begin;
    while (span.begin < span.end && folded()[span.end - 1] == U' ') --span.end;
    return span;
  }

  void SkipBetweenItems() {
    while (at_ < folded().size() && (folded()[at_] == U' ' || IsSeparator(folded()[at_]))) ++at_;
  }

  void ReadHead() {
    const Text head = folded().substr(at_);
    const auto mark = std::find_if(words_.unidentified.begin(), words_.unidentified.end(), [&](const Mark& known) {
      return head.starts_with(known.word) && !IsTakenBack(known, head.substr(known.word.size()), words_);
    });
    out_->marker_unidentified = mark != words_.unidentified.end();
    if (out_->marker_unidentified) at_ += mark->word.size();
  }

  // The end of the token that begins at `from`: the next separator or label. A date is one token, whatever parts it.
  size_t TokenEnd(size_t from) const {
    for (size_t i = from; i < folded().size(); ++i) {
      size_t length = 0;
      const bool number_goes_on = i > from && folded()[i - 1] >= U'0' && folded()[i - 1] <= U'9';
      if (!number_goes_on && DateAt(folded().substr(i), &length)) {
        i += length - 1;
        continue;
      }
      if (IsSeparator(folded()[i])) return i;
      if (i > from && LabelAt(folded(), i, false)) return i;
    }
    return folded().size();
  }

  // 事業所名：「株式会社山川、第二工場」: what stands in corner brackets is the value, whatever is in it.
  std::optional<Span> QuotedAt(size_t at) const {
    while (at < folded().size() && (folded()[at] == U' ' || folded()[at] == U':')) ++at;
    const Text rest = folded().substr(std::min(at, folded().size()));
    const char32_t close = rest.starts_with(U'「') ? U'」' : rest.starts_with(U'『') ? U'』' : U'\0';
    const size_t end = close == U'\0' ? Text::npos : folded().find(close, at);
    if (end == Text::npos) return std::nullopt;
    return Span{at + 1, end};
  }

  void ReadLabelled(const LabelMatch& label) {
    if (const std::optional<Span> quoted = QuotedAt(label.end)) {
      at_ = quoted->end + 1;
      return TakeLabelled(label.item, Trim(*quoted));
    }
    at_ = label.end;
    while (at_ < folded().size() && folded()[at_] == U' ') ++at_;
    if (at_ < folded().size() && IsSeparator(folded()[at_])) {
      if (label.closed && IsStrongSeparator(folded()[at_])) return;  // 事業所名：、 — left blank
      SkipBetweenItems();
    }
    if (LabelAt(folded(), at_, true)) return;
    Span value{at_, TokenEnd(at_)};
    while (value.end < folded().size() && IsWeakSeparator(folded()[value.end])) {
      const Span next = Trim({value.end + 1, TokenEnd(value.end + 1)});
      if (!Continues(label.item, TextOf(Trim(value)), next)) break;
      value.end = next.end;
    }
    at_ = value.end;
    TakeLabelled(label.item, Trim(value));
  }

  // Whether `next`, after a weak separator, still belongs to the labelled item whose value so far is `value`.
  bool Continues(RemarkItem item, Text value, Span next) const {
    const Text token = TextOf(next);
    if (token.empty() || LabelAt(folded(), next.begin, true)) return false;
    switch (item) {
      case kKana:
      case kName:
        return LooksLikeKana(token) && !SpansAreSpaced(value);
      case kType:
        return words_.insurance_types.TypeOf(token) != DeclaredType::kNone;
      case kAddress:
        return ContinuesAddress(token);
      case kContact:
        return LooksLikePhone(token);
      case kContactedOn:
        return false;
      default:
        return Recognise(token) == kNone;
    }
  }

  void TakeLabelled(RemarkItem item, Span value) {
    const Text text = TextOf(value);
    Declaration& d = *out_;
    switch (item) {
      case kKana:
        return Fill(d.name_kana, value);
      case kName:
        return TakeName(value);
      case kType:
        return TakeType(text);
      case kInsurer:
        return Fill(d.insurer_name, value);
      case kWorkplace:
        return Fill(d.workplace, value);
      case kAddress:
        last_address_ = LastAddress::kLabelled;
        return Fill(d.address, value);
      case kContact:
        return Fill(d.contact, value);
      case kContactedOn:
        if (!d.contacted_on) d.contacted_on = DateIn(text);
        return;
      default:
        return;
    }
  }

  void Fill(std::string& field, Span value) {
    if (field.empty() && !SaysNothing(TextOf(value))) field = Original(value);
  }

  // 氏名 may hold the kana, alone or in brackets behind the kanji.
  void TakeName(Span value) {
    const Text text = TextOf(value);
    if (LooksLikeKana(text)) return Fill(out_->name_kana, value);
    const size_t open = text.find(U'(');
    Fill(out_->name, Trim({value.begin, open == Text::npos ? value.end : value.begin + open}));
    if (open == Text::npos) return;
    const size_t close = std::min(text.find(U')', open), text.size());
    const Span inside = Trim({value.begin + open + 1, value.begin + close});
    if (LooksLikeKana(TextOf(inside))) Fill(out_->name_kana, inside);
  }

  void TakeType(Text text) {
    if (out_->type == DeclaredType::kNone) out_->type = words_.insurance_types.TypeIn(text);
  }

  // What an unlabelled token is by its shape alone.
  RemarkItem Recognise(Text token) const {
    size_t length = 0;
    if (DateAt(token, &length) || (Contains(token, U"連絡") && DateIn(token))) return kContactedOn;
    if (LooksLikePhone(token)) return kContact;
    if (words_.insurance_types.TypeOf(token) != DeclaredType::kNone) return kType;
    if (LooksLikeKana(token)) return kKana;
    if (LooksLikeAddress(token) && (StartsWithPrefecture(token) || token[0] == U'〒')) return kAddress;
    if (LooksLikeInsurer(token)) return kInsurer;
    if (LooksLikeWorkplace(token)) return kWorkplace;
    if (LooksLikeAddress(token)) return kAddress;
    return kNone;
  }

  void ReadUnlabelled() {
    const Span token = Trim({at_, TokenEnd(at_)});
    const bool after_dot = at_ > 0 && folded()[at_ - 1] == U'・';
    at_ = std::max(token.end, at_ + 1);
    const Text text = TextOf(token);
    if (text.empty()) return;
    const bool goes_on_address = last_address_ == LastAddress::kUnlabelled && ContinuesAddress(text);
    const RemarkItem item = Recognise(text);
    if (goes_on_address && (item == kNone || item == kAddress)) {
      address_.end = token.end;
      out_->address = Original(address_);
      return;
    }
    last_address_ = LastAddress::kNone;
    switch (item) {
      case kContactedOn:
        return TakeContactDate(text);
      case kContact:
        return Fill(out_->contact, token);
      case kType:
        return TakeTypeWord(token);
      case kKana:
        return TakeKana(token, after_dot);
      case kInsurer:
        if (!out_->insurer_name.empty() && LooksLikeWorkplace(text)) return Fill(out_->workplace, token);
        return Fill(out_->insurer_name, token);
      case kWorkplace:
        return Fill(out_->workplace, token);
      case kAddress:
        if (!out_->address.empty()) return;
        address_ = token;
        last_address_ = LastAddress::kUnlabelled;
        return Fill(out_->address, token);
      default:
        return TakeUnknown(token);
    }
  }

  // 令和6年10月3日連絡; a date of birth is none.
  void TakeContactDate(Text text) {
    size_t length = 0;
    const bool birth = DateAt(text, &length) && text.substr(length).find(U'生') != Text::npos;
    if (!birth && !out_->contacted_on) out_->contacted_on = DateIn(text);
  }

  void TakeTypeWord(Span token) {
    const Text text = TextOf(token);
    const bool first = out_->type == DeclaredType::kNone;
    if (first) {
      out_->type = words_.insurance_types.TypeOf(text);
      seen_type_ = true;
    }
    // The word may name the insurer too (協会けんぽ), or carry it in brackets: 社保（協会けんぽ）.
    const size_t open = text.find(U'(');
    if (open != Text::npos && text.back() == U')') {
      Guess(insurer_guess_, Trim({token.begin + open + 1, token.end - 1}));
    } else if (Contains(text, U"協会") || (!first && LooksLikeInsurer(text))) {
      Guess(insurer_guess_, token);
    }
  }

  // アラン・スミス is one name: its second half follows a dot, and neither half has a space of its own.
  void TakeKana(Span token, bool after_dot) {
    const bool second_half = after_dot && kana_.end > 0 && kana_.end + 1 == token.begin &&
                             !SpansAreSpaced(TextOf(kana_)) && !SpansAreSpaced(TextOf(token));
    if (second_half) {
      kana_.end = token.end;
      out_->name_kana = Original(kana_);
    } else if (out_->name_kana.empty()) {
      kana_ = token;
      Fill(out_->name_kana, token);
    } else {
      TakeUnknown(token);  // a second text in katakana: perhaps where the patient works
    }
  }

  // Neither label nor shape: its place may tell. The usual order is type, insurer, workplace, address.
  void TakeUnknown(Span token) {
    const Text text = TextOf(token);
    if (SaysNothing(text)) return;
    if (NamesMunicipality(text))
      return Guess(StartsWithPrefecture(text) || !seen_type_ ? address_guess_ : insurer_guess_, token);
    if (seen_type_ && out_->address.empty()) unknown_.push_back(token);
  }

  void Guess(Span& guess, Span token) {
    if (guess.end == 0) guess = token;
  }

  void TakeGuesses() {
    Declaration& d = *out_;
    if (insurer_guess_.end > 0) Fill(d.insurer_name, insurer_guess_);
    if (address_guess_.end > 0) Fill(d.address, address_guess_);
    if (d.address.empty()) return;  // no order to go by
    const bool works = d.type != DeclaredType::kKokuho && d.type != DeclaredType::kLateElderly;
    size_t next = 0;
    if (d.insurer_name.empty() && next < unknown_.size() && (!works || unknown_.size() > 1))
      Fill(d.insurer_name, unknown_[next++]);
    if (works && next < unknown_.size()) Fill(d.workplace, unknown_[next]);
  }

  enum class LastAddress : uint8_t { kNone, kLabelled, kUnlabelled };

  std::string_view original_;
  FoldedText text_;
  const RemarkWords& words_;
  size_t at_ = 0;
  Declaration* out_ = nullptr;
  bool seen_type_ = false;
  Span kana_, address_, insurer_guess_, address_guess_;
  LastAddress last_address_ = LastAddress::kNone;
  std::vector<Span> unknown_;  // between the type and the address
};

// The mark stands in `text`, at least once without being taken back.
bool Says(Text text, const Mark& mark, const RemarkWords& words) {
  for (size_t at = text.find(mark.word); at != Text::npos; at = text.find(mark.word, at + mark.word.size())) {
    if (!IsTakenBack(mark, text.substr(at + mark.word.size()), words)) return true;
  }
  return false;
}

bool SaysAny(Text text, const std::vector<Mark>& marks, const RemarkWords& words) {
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) { return Says(text, mark, words); });
}

std::string_view Capped(std::string_view text) {
  if (text.size() <= kLongestRemarks) return text;
  size_t end = kLongestRemarks;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

Declaration ParseRemarks(std::string_view remarks, const RemarkWords& words) {
  Declaration declaration;
  remarks = Capped(remarks);
  RemarksReader reader(remarks, words);
  const std::u32string all = WithoutBlanks(reader.folded());
  declaration.any = all.find_first_not_of(U"\r\n") != std::u32string::npos;
  if (!declaration.any) return declaration;
  declaration.former_qualification = SaysAny(all, words.former_qualification, words);
  declaration.collected_card = SaysAny(all, words.card_collected, words);
  declaration.card_forgotten = SaysAny(all, words.card_forgotten, words);
  reader.Read(declaration);
  return declaration;
}

}  // namespace furikae::rules
