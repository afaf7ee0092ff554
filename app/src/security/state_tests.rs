//! The table's rules.
