//! The data that languages, frames, gazetteers and storylines are made of.

/// One file of the packs, as the configuration found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackSource {
    /// Path relative to the folder of the configuration, with forward slashes: `packs/lang/ar.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}
