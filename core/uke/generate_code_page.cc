// core/uke/generate_code_page.cc — writes cp932_table.inc: CP932 to Unicode and back, asked from iconv character by
// character. A build-time program; usage: generate_code_page <output file>.
#include <iconv.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace {

// The one conversion asked for; empty when iconv refuses or consumes only a part.
std::string Convert(iconv_t converter, std::string in) {
  char out[16];
  char* in_at = in.data();
  char* out_at = out;
  size_t in_left = in.size(), out_left = sizeof(out);
  iconv(converter, nullptr, nullptr, nullptr, nullptr);
  if (iconv(converter, &in_at, &in_left, &out_at, &out_left) == static_cast<size_t>(-1) || in_left != 0) return "";
  return std::string(out, out_at);
}

std::string Utf16(unsigned code) { return {static_cast<char>(code & 0xff), static_cast<char>(code >> 8)}; }

void WriteRow(std::FILE* file, const std::vector<unsigned>& values) {
  std::fputs("    {", file);
  for (unsigned value : values) std::fprintf(file, "%u,", value);
  std::fputs("},\n", file);
}

}  // namespace

int main(int argc, char** argv) {
  std::FILE* file = argc == 2 ? std::fopen(argv[1], "w") : nullptr;
  const iconv_t decode = iconv_open("UTF-16LE", "CP932"), encode = iconv_open("CP932", "UTF-16LE");
  if (file == nullptr || decode == reinterpret_cast<iconv_t>(-1) || encode == reinterpret_cast<iconv_t>(-1)) {
    std::fputs("usage: generate_code_page <output file>, on a system whose iconv knows CP932\n", stderr);
    return 1;
  }
  std::fputs("// Code point of each byte pair, first byte 0x81 to 0xfc, second 0x40 to 0xfc; 0 = no character.\n",
             file);
  std::fputs("constexpr uint16_t kPairs[0xfc - 0x81 + 1][0xfc - 0x40 + 1] = {\n", file);
  for (unsigned first = 0x81; first <= 0xfc; ++first) {
    std::vector<unsigned> row;
    const bool single = first >= 0xa0 && first <= 0xdf;
    for (unsigned second = 0x40; second <= 0xfc; ++second) {
      const std::string code = single ? "" : Convert(decode, {static_cast<char>(first), static_cast<char>(second)});
      row.push_back(code.size() == 2 ? static_cast<uint8_t>(code[0]) | static_cast<uint8_t>(code[1]) << 8 : 0u);
    }
    WriteRow(file, row);
  }
  std::fputs("};\n\n", file);

  std::vector<std::vector<unsigned>> pages(1, std::vector<unsigned>(256));  // page 0: nothing has a place
  std::vector<unsigned> page_of(256);
  for (unsigned high = 0; high < 256; ++high) {
    std::vector<unsigned> page;
    bool any = false;
    for (unsigned low = 0; low < 256; ++low) {
      const unsigned code = high << 8 | low;
      const bool surrogate = code >= 0xd800 && code < 0xe000;
      const std::string bytes = surrogate ? "" : Convert(encode, Utf16(code));
      unsigned value = 0;
      for (char c : bytes) value = value << 8 | static_cast<uint8_t>(c);
      page.push_back(value);
      any = any || value != 0;
    }
    if (!any) continue;
    page_of[high] = static_cast<unsigned>(pages.size());
    pages.push_back(page);
  }
  std::fputs("// Bytes of each character of the basic plane, one byte or two; 0 = it has no place (or is U+0000).\n",
             file);
  std::fprintf(file, "constexpr uint8_t kPageOf[1][256] = {\n");
  WriteRow(file, page_of);
  std::fprintf(file, "};\nconstexpr uint16_t kPages[%zu][256] = {\n", pages.size());
  for (const std::vector<unsigned>& page : pages) WriteRow(file, page);
  std::fputs("};\n", file);
  iconv_close(decode);
  iconv_close(encode);
  return std::fclose(file) == 0 ? 0 : 1;
}
