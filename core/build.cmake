# Tables of the core floor that a small program writes at build time from the system's own data.
set(FURIKAE_CORE_GENERATED)
