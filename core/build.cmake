# Tables of the core floor that a small program writes at build time from the system's own data.
set(FURIKAE_CORE_GENERATED)

# CP932 <-> Unicode, written from iconv's own mapping.
add_executable(generate_code_page ${CMAKE_SOURCE_DIR}/core/uke/generate_code_page.cc)
set(FURIKAE_CP932_TABLE ${CMAKE_BINARY_DIR}/generated/core/uke/cp932_table.inc)
add_custom_command(OUTPUT ${FURIKAE_CP932_TABLE}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/generated/core/uke
  COMMAND generate_code_page ${FURIKAE_CP932_TABLE} DEPENDS generate_code_page VERBATIM)
list(APPEND FURIKAE_CORE_GENERATED ${FURIKAE_CP932_TABLE})

# Kanji variants → common form, written from Debian's unicode-data and our own list.
add_executable(generate_kanji_fold ${CMAKE_SOURCE_DIR}/core/text/generate_kanji_fold.cc ${CMAKE_SOURCE_DIR}/core/text/utf8.cc)
set(FURIKAE_KANJI_FOLD_TABLE ${CMAKE_BINARY_DIR}/generated/core/text/kanji_fold_table.inc)
set(FURIKAE_UNICODE /usr/share/unicode CACHE PATH "UnicodeData.txt and Unihan_*.txt.bz2 (package unicode-data)")
add_custom_command(OUTPUT ${FURIKAE_KANJI_FOLD_TABLE}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/generated/core/text
  COMMAND sh -c "bzip2 -dc \"$1\"/Unihan_Variants.txt.bz2 \"$1\"/Unihan_OtherMappings.txt.bz2 \"$1\"/Unihan_IRGSources.txt.bz2 | \"$2\" \"$3\" \"$4\" \"$1\"/UnicodeData.txt"
          sh ${FURIKAE_UNICODE} $<TARGET_FILE:generate_kanji_fold> ${CMAKE_SOURCE_DIR}/core/text/kanji_variants.txt ${FURIKAE_KANJI_FOLD_TABLE}
  DEPENDS generate_kanji_fold ${CMAKE_SOURCE_DIR}/core/text/kanji_variants.txt VERBATIM)
list(APPEND FURIKAE_CORE_GENERATED ${FURIKAE_KANJI_FOLD_TABLE})
