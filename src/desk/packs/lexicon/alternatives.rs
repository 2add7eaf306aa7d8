//! Alternatives within a phrase: `{will,would} {meet,be held}` stands for four phrases, `س{يعقد,تعقد}` for two words.

/// Phrases that one line may stand for: a slip in the braces must not make a million.
const EXPANSIONS_MAX: usize = 4_000;

/// Why a phrase cannot be expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ExpandError {
    /// A brace has no partner.
    #[error("a brace has no partner; alternatives are written {{a,b}} and do not nest")]
    Unbalanced,
    /// Too many combinations.
    #[error("it stands for more than {EXPANSIONS_MAX} phrases; split the line")]
    TooMany,
}

/// All phrases that a phrase with alternatives stands for. An empty alternative leaves its words out.
pub(super) fn expand(phrase: &str) -> Result<Vec<String>, ExpandError> {
    let mut out = vec![String::new()];
    let mut rest = phrase;
    while let Some(open) = rest.find(['{', '}']) {
        let (plain, group) = rest.split_at(open);
        let group = group.strip_prefix('{').ok_or(ExpandError::Unbalanced)?;
        let (inner, behind) = group.split_once('}').ok_or(ExpandError::Unbalanced)?;
        if inner.contains('{') {
            return Err(ExpandError::Unbalanced);
        }
        let choices: Vec<&str> = inner.split(',').map(str::trim).collect();
        if out.len() * choices.len() > EXPANSIONS_MAX {
            return Err(ExpandError::TooMany);
        }
        out = out
            .iter()
            .flat_map(|begun| choices.iter().map(move |choice| format!("{begun}{plain}{choice}")))
            .collect();
        rest = behind;
    }
    Ok(out.into_iter().map(|begun| format!("{begun}{rest}").trim().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_stand_for_every_combination() {
        let check = |phrase: &str, expect: &[&str]| {
            assert_eq!(expand(phrase).expect(phrase), expect, "{phrase}");
        };
        check("called off", &["called off"]);
        check("{will,would} meet", &["will meet", "would meet"]);
        check("س{يعقد,تعقد}", &["سيعقد", "ستعقد"]);
        check("{не,} {состоится,пройдет}", &["не состоится", "не пройдет", "состоится", "пройдет"]);
    }

    #[test]
    fn slips_are_told() {
        assert_eq!(expand("{will meet"), Err(ExpandError::Unbalanced));
        assert_eq!(expand("will} meet"), Err(ExpandError::Unbalanced));
        assert_eq!(expand("{a{b,c}}"), Err(ExpandError::Unbalanced));
        let many = "{1,2,3,4,5,6,7,8,9,10}".repeat(4);
        assert_eq!(expand(&many), Err(ExpandError::TooMany));
    }
}
