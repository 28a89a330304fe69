// core/uke/file_head.h — the header record of a claim file (IR, UK, YK, HM) and what a file's name says. Private to the
// reader.
//
// Lines and columns count from 1. What is wrong becomes a refusal; nothing else can fail. Thread-safe. Source:
// uke_layouts.md §1 (dates, file names, volumes), §3 IR, §5 UK, §6 YK, §7 HM.
#pragma once

#include <string_view>
#include <vector>

#include "core/uke/receipt.h"

namespace furikae::uke {

// Reads a header line. False when it is none. Columns that cannot be read become refusals of the whole file.
bool ReadFileHead(std::string_view line, uint32_t line_number, FileHead& head, std::vector<Complaint>& refusals);

// RECEIPTC.UKE → 医科, RECEIPTD → DPC, RECEIPTS → 歯科, RECEIPTY or *.CYO → 調剤; kUnknown when the name says nothing.
Flavour FlavourOfFileName(std::string_view path);

}  // namespace furikae::uke
