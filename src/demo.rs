//! `marsad demo`: the real daemon against a newspaper on this machine, a year of coverage in a few seconds.

mod coverage;
mod newspaper;
pub fn run(_serve: bool, _out: &mut dyn std::io::Write) -> anyhow::Result<()> {
    Ok(())
}
