# The regulations (rules/regulations/*.json) become part of the program, so that it runs without any file beside it.
set(FURIKAE_RULES_GENERATED)
