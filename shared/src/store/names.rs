//! By what lists are in the order of names: as in dictionaries Ё stands with Е, and Latin letters of either case together.

/// What the column `sort_name` is of this name.
pub fn sort_name(name: &str) -> String {
    name.replace('Ё', "Е").replace('ё', "е").to_ascii_lowercase()
}
