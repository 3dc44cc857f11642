//! The conditions that a handler can name, with the SQLSTATE codes of each.

/// `name SQLSTATE`, sorted; a name with two codes is there twice.
///
/// Source: the appendix "PostgreSQL Error Codes" of the manuals of version 15 to 18.
const CONDITIONS: &str = include_str!("../../data/conditions.txt");

/// The codes of a condition: those that a name stands for, or the code itself. None where there is
/// no such condition. Of `others`, there is none to give.
pub(crate) fn states(condition: &str) -> Option<Vec<&str>> {
    let is_code = condition.len() == 5
        && condition.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_uppercase());
    if is_code {
        return Some(vec![condition]);
    }
    let lines = CONDITIONS.lines().filter_map(|line| line.split_once(' '));
    let states: Vec<&str> =
        lines.filter(|(name, _)| *name == condition).map(|(_, state)| state).collect();
    (!states.is_empty() || condition == "others").then_some(states)
}

/// The names of all conditions.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    CONDITIONS.lines().filter_map(|line| Some(line.split_once(' ')?.0))
}

/// Whether a handler of a condition handles an error of a code. A code that ends in `000` stands
/// for its class.
///
/// Source: PostgreSQL manual, "Trapping Errors"; `exception_matches_conditions` in PostgreSQL's
/// `pl_exec.c`.
pub(crate) fn handles(condition: &str, state: &str) -> bool {
    if condition == "others" {
        // Those must be named.
        return !["57014", "P0004"].contains(&state);
    }
    states(condition).unwrap_or_default().into_iter().any(|it| {
        it == state || it.strip_suffix("000").is_some_and(|class| state.starts_with(class))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_found_by_name_and_by_code() {
        assert_eq!(states("unique_violation"), Some(vec!["23505"]));
        assert_eq!(states("null_value_not_allowed"), Some(vec!["22004", "39004"]));
        assert_eq!(states("23505"), Some(vec!["23505"]));
        assert_eq!(states("no_such_condition"), None);
        assert_eq!(states("Unique_violation"), None);
        assert_eq!(states("others"), Some(vec![]));
    }

    #[test]
    fn a_class_stands_for_all_its_codes() {
        assert!(handles("integrity_constraint_violation", "23505"));
        assert!(handles("duplicate_table", "42P07"));
        assert!(!handles("duplicate_table", "42710"));
        assert!(handles("others", "42710"));
        assert!(!handles("others", "P0004"));
    }
}
