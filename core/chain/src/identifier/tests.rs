use super::Purpose::{self, Downgrade, RangeStart, Show, Stamp, Upgrade};
use super::{Identifier, IdentifierError, IdentifierErrorKind as Kind, Range};
use crate::testing::{applied, graph, names};
use crate::{Applied, Graph};

const PURPOSES: [Purpose; 7] =
    [Upgrade, Downgrade, Show, Stamp, Purpose::Parent, RangeStart, Purpose::RangeEnd];

fn resolve(
    text: &str,
    graph: &Graph,
    applied: Option<&Applied>,
    purpose: Purpose,
) -> Result<String, IdentifierError> {
    let resolved = Identifier::parse(text)?.resolve(graph, applied, purpose)?;
    let revisions =
        if resolved.is_base() { "base".to_owned() } else { names(graph, &resolved.revisions) };
    Ok(match resolved.branch {
        Some(branch) => format!("{revisions} on {}", graph.id(branch)),
        None => revisions,
    })
}

/// One line, of which the last revision is not applied.
const LINE: &str = "
    aaaa1
    bbbb2 < aaaa1
    cccc3 < bbbb2
    dddd4 < cccc3
";

/// Two branches on a trunk and a chain of its own, each with one revision left.
const BRANCHES: &str = "
    root
    trunk < root
    l1 < trunk
    l2 < l1        # left
    r1 < trunk     # right
    r2 < r1
    other1         # other
    other2 < other1
";

/// Two branches that were merged.
const MERGED: &str = "
    r
    s < r
    a1 < s         # a
    a2 < a1
    b1 < s         # b
    m < a2 b1
    n < m          # late
";

/// Names that look like one another.
const ALIKE: &str = "
    1
    12 < 1         # x-1
    1e10 < 12      # v1.2-3
    x < 1e10       # 12a
    12abc < x      # tip
";

#[track_caller]
fn check(lines: &str, db: &str, rows: &[Row]) {
    let (graph, db) = (graph(lines), applied(db));
    for &(form, usual, exceptions) in rows {
        for purpose in PURPOSES {
            let exception = exceptions.iter().find(|(other, _)| *other == purpose);
            let expected = exception.map_or(usual, |&(_, expected)| expected);
            let found = outcome(form, &graph, Some(&db), purpose);
            assert_eq!(found, expected, "{purpose:?} {form}");
        }
    }
}

/// What an identifier comes to; of an error, the first word of its kind.
fn outcome(text: &str, graph: &Graph, applied: Option<&Applied>, purpose: Purpose) -> String {
    resolve(text, graph, applied, purpose).unwrap_or_else(|error| {
        let kind = format!("{:?}", error.kind);
        let word = kind.split(|c: char| !c.is_alphanumeric()).next();
        format!("! {}", word.unwrap_or_default())
    })
}

/// What every form comes to for most purposes, and for which it comes to something else.
type Row = (&'static str, &'static str, &'static [(Purpose, &'static str)]);

#[test]
fn forms_on_a_line() {
    check(
        LINE,
        "aaaa1 bbbb2 cccc3",
        &[
            ("cccc3", "cccc3", &[]),
            ("c", "cccc3", &[]),
            ("dddd4", "dddd4", &[]),
            ("head", "dddd4", &[(Downgrade, "! NothingToUndo")]),
            ("heads", "dddd4", &[(Downgrade, "! NothingToUndo")]),
            ("base", "base", &[(Upgrade, "! NoRevisionThere"), (Show, "! NoRevisionThere")]),
            ("current", "cccc3", &[(Downgrade, "! NothingToUndo")]),
            ("+1", "dddd4", &[(Downgrade, "! WrongWay")]),
            ("+2", "! TooFar", &[(Downgrade, "! WrongWay")]),
            ("-1", "bbbb2", &[(Upgrade, "! WrongWay")]),
            ("-2", "aaaa1", &[(Upgrade, "! WrongWay")]),
            ("-3", "base", &[(Upgrade, "! WrongWay"), (Show, "! NoRevisionThere")]),
            ("-4", "! TooFar", &[(Upgrade, "! WrongWay")]),
            ("bbbb2+1", "cccc3", &[]),
            ("bbbb2+2", "dddd4", &[]),
            ("bbbb2+3", "! TooFar", &[]),
            ("bbbb2-1", "aaaa1", &[]),
            ("bbbb2-2", "base", &[(Upgrade, "! NoRevisionThere"), (Show, "! NoRevisionThere")]),
            ("bbbb2-3", "! TooFar", &[]),
            ("bbbb2+99999999999999999999999", "! TooFar", &[]),
            ("head-1", "cccc3", &[]),
            ("head-4", "base", &[(Upgrade, "! NoRevisionThere"), (Show, "! NoRevisionThere")]),
            ("head-5", "! TooFar", &[]),
            ("heads-1", "cccc3", &[]),
            ("head+1", "! AboveHead", &[]),
            ("base+1", "aaaa1", &[]),
            ("base+4", "dddd4", &[]),
            ("base+5", "! TooFar", &[]),
            ("base-1", "! BelowBase", &[]),
            ("current+1", "dddd4", &[(Downgrade, "! WrongWay")]),
            ("current+2", "! TooFar", &[(Downgrade, "! WrongWay")]),
            ("current-1", "bbbb2", &[(Upgrade, "! WrongWay")]),
            ("b@head", "dddd4 on bbbb2", &[(Downgrade, "! NothingToUndo")]),
            ("b@heads", "dddd4 on bbbb2", &[(Downgrade, "! NothingToUndo")]),
            (
                "b@base",
                "base on bbbb2",
                &[
                    (Upgrade, "! NoRevisionThere"),
                    (Show, "! NoRevisionThere"),
                    (RangeStart, "aaaa1 on bbbb2"),
                ],
            ),
            ("b@current", "cccc3 on bbbb2", &[(Downgrade, "! NothingToUndo")]),
            ("b@+1", "dddd4 on bbbb2", &[(Downgrade, "! WrongWay")]),
            ("b@+2", "! TooFar", &[(Downgrade, "! WrongWay")]),
            ("b@-1", "bbbb2 on bbbb2", &[(Upgrade, "! WrongWay")]),
            ("b@head-1", "cccc3 on bbbb2", &[]),
            ("b@base+2", "bbbb2 on bbbb2", &[]),
            ("b@cccc3", "cccc3 on bbbb2", &[]),
            ("b@cccc3+1", "dddd4 on bbbb2", &[]),
            ("zzz", "! Unknown", &[]),
            ("zzz+1", "! Unknown", &[]),
            ("zzz@head", "! Unknown", &[]),
            ("b@zzz", "! Unknown", &[]),
        ],
    );
}

#[test]
fn forms_on_branches_under_way() {
    check(
        BRANCHES,
        "root trunk l1 r1 other1",
        &[
            ("head", "! SeveralHeads", &[(Downgrade, "! NothingToUndo")]),
            ("heads", "l2 r2 other2", &[(Downgrade, "! NothingToUndo")]),
            ("heads-1", "! SeveralHeads", &[]),
            ("base", "base", &[(Upgrade, "! NoRevisionThere"), (Show, "! NoRevisionThere")]),
            ("base+1", "! SeveralNext", &[]),
            ("base+2", "! SeveralNext", &[]),
            ("current", "l1 r1 other1", &[(Downgrade, "! NothingToUndo")]),
            ("+1", "! SeveralNext", &[(Downgrade, "! WrongWay")]),
            ("-1", "! SeveralCurrent", &[(Upgrade, "! WrongWay")]),
            ("left", "l2 on l2", &[(Downgrade, "! NothingToUndo")]),
            ("right", "r2 on r1", &[(Downgrade, "! NothingToUndo")]),
            ("other", "other2 on other1", &[(Downgrade, "! NothingToUndo")]),
            ("left@head", "l2 on l2", &[(Downgrade, "! NothingToUndo")]),
            ("left@heads", "l2 on l2", &[(Downgrade, "! NothingToUndo")]),
            (
                "right@base",
                "trunk on r1",
                &[
                    (Upgrade, "! NoRevisionThere"),
                    (Show, "! NoRevisionThere"),
                    (RangeStart, "r1 on r1"),
                ],
            ),
            (
                "left@base",
                "trunk on l2",
                &[
                    (Upgrade, "! NoRevisionThere"),
                    (Show, "! NoRevisionThere"),
                    (RangeStart, "l1 on l2"),
                ],
            ),
            ("right@base+1", "r1 on r1", &[]),
            ("left@base+1", "l1 on l2", &[]),
            ("left@current", "l1 on l2", &[(Downgrade, "! NothingToUndo")]),
            ("left@+1", "l2 on l2", &[(Downgrade, "! WrongWay")]),
            ("left@+2", "! TooFar", &[(Downgrade, "! WrongWay")]),
            ("left@-1", "trunk on l2", &[(Upgrade, "! WrongWay")]),
            (
                "left@-2",
                "root on l2",
                &[
                    (Upgrade, "! WrongWay"),
                    (Downgrade, "! LeavesBranch"),
                    (Stamp, "! LeavesBranch"),
                ],
            ),
            ("left@head-1", "l1 on l2", &[]),
            ("left@head-2", "trunk on l2", &[]),
            (
                "left@head-3",
                "root on l2",
                &[(Downgrade, "! LeavesBranch"), (Stamp, "! LeavesBranch")],
            ),
            ("left@l1", "l1 on l2", &[]),
            ("left@r1", "! NotOnBranch", &[]),
            ("left@right", "! NotOnBranch", &[]),
            ("right-1", "r1 on r1", &[]),
            ("right+1", "! AboveHead", &[]),
            ("trunk@head", "! SeveralHeads", &[(Downgrade, "! NothingToUndo")]),
            ("trunk@heads", "l2 r2 on trunk", &[(Downgrade, "! NothingToUndo")]),
            ("trunk@current", "l1 r1 on trunk", &[(Downgrade, "! NothingToUndo")]),
            ("trunk+1", "! SeveralNext", &[]),
            ("trunk+2", "! SeveralNext", &[]),
            ("left@trunk+2", "l2 on l2", &[]),
            (
                "other@base",
                "base on other1",
                &[
                    (Upgrade, "! NoRevisionThere"),
                    (Show, "! NoRevisionThere"),
                    (RangeStart, "other1 on other1"),
                ],
            ),
            ("other@base+2", "other2 on other1", &[]),
            ("other@-1", "base on other1", &[(Upgrade, "! WrongWay"), (Show, "! NoRevisionThere")]),
            ("other@-2", "! TooFar", &[(Upgrade, "! WrongWay")]),
            ("r1@+1", "r2 on r1", &[(Downgrade, "! WrongWay")]),
            ("trunk@-1", "! SeveralCurrent", &[(Upgrade, "! WrongWay")]),
        ],
    );
}

#[test]
fn forms_on_one_branch_left() {
    check(
        BRANCHES,
        "root trunk r1 r2 other1 other2",
        &[
            ("+1", "l1", &[(Downgrade, "! WrongWay")]),
            ("+2", "l2", &[(Downgrade, "! WrongWay")]),
            ("+3", "! TooFar", &[(Downgrade, "! WrongWay")]),
            ("left@+1", "l1 on l2", &[(Downgrade, "! WrongWay")]),
            (
                "left@-1",
                "root on l2",
                &[
                    (Upgrade, "! WrongWay"),
                    (Downgrade, "! LeavesBranch"),
                    (Stamp, "! LeavesBranch"),
                ],
            ),
            ("left@current", "trunk on l2", &[(Downgrade, "! NothingToUndo")]),
            ("right@-1", "r1 on r1", &[(Upgrade, "! WrongWay")]),
            ("other@+1", "! NothingToUpgrade", &[(Downgrade, "! WrongWay")]),
        ],
    );
}

#[test]
fn forms_on_one_revision_left() {
    check(
        BRANCHES,
        "root trunk l1 l2 r1 r2 other1",
        &[
            ("+1", "other2", &[(Downgrade, "! WrongWay")]),
            ("+2", "! TooFar", &[(Downgrade, "! WrongWay")]),
        ],
    );
}

#[test]
fn forms_on_nothing_applied() {
    check(
        BRANCHES,
        "",
        &[
            ("+1", "! SeveralNext", &[(Downgrade, "! WrongWay")]),
            ("left@+1", "root on l2", &[(Downgrade, "! WrongWay")]),
            ("left@+4", "l2 on l2", &[(Downgrade, "! WrongWay")]),
            ("left@+5", "! TooFar", &[(Downgrade, "! WrongWay")]),
            ("current", "base", &[(Downgrade, "! NothingToUndo"), (Show, "! NothingApplied")]),
            ("-1", "! NothingApplied", &[(Upgrade, "! WrongWay")]),
            (
                "left@current",
                "base on l2",
                &[(Downgrade, "! NothingToUndo"), (Show, "! NothingApplied")],
            ),
            ("other@+1", "other1 on other1", &[(Downgrade, "! WrongWay")]),
        ],
    );
}

#[test]
fn forms_on_all_applied_and_merged() {
    check(
        MERGED,
        "r s a1 a2 b1 m n",
        &[
            ("+1", "! NothingToUpgrade", &[(Downgrade, "! WrongWay")]),
            ("-1", "m", &[(Upgrade, "! WrongWay")]),
            ("-2", "a2 b1", &[(Upgrade, "! WrongWay")]),
            ("-3", "! ThroughMerge", &[(Upgrade, "! WrongWay")]),
            ("a@-3", "a1 on a1", &[(Upgrade, "! WrongWay")]),
            ("a@-4", "s on a1", &[(Upgrade, "! WrongWay")]),
            (
                "a@-5",
                "r on a1",
                &[
                    (Upgrade, "! WrongWay"),
                    (Downgrade, "! LeavesBranch"),
                    (Stamp, "! LeavesBranch"),
                ],
            ),
            ("b@-3", "s on b1", &[(Upgrade, "! WrongWay")]),
            ("late@-1", "m on n", &[(Upgrade, "! WrongWay")]),
            ("late@-2", "a2 b1 on n", &[(Upgrade, "! WrongWay")]),
            ("late@-3", "! ThroughMerge", &[(Upgrade, "! WrongWay")]),
            ("a", "n on a1", &[(Downgrade, "! NothingToUndo")]),
            ("late", "n on n", &[(Downgrade, "! NothingToUndo")]),
            (
                "a@base",
                "s on a1",
                &[
                    (Upgrade, "! NoRevisionThere"),
                    (Show, "! NoRevisionThere"),
                    (RangeStart, "a1 on a1"),
                ],
            ),
            (
                "late@base",
                "m on n",
                &[
                    (Upgrade, "! NoRevisionThere"),
                    (Show, "! NoRevisionThere"),
                    (RangeStart, "n on n"),
                ],
            ),
            ("m-1", "a2 b1", &[]),
            ("m-2", "! ThroughMerge", &[]),
            ("a@m-2", "a1 on a1", &[]),
            ("s+1", "! SeveralNext", &[]),
            ("s+2", "! SeveralNext", &[]),
            ("a@s+2", "a2 on a1", &[]),
            ("a@s+5", "! TooFar", &[]),
        ],
    );
}

#[test]
fn forms_on_ready_to_merge() {
    check(
        MERGED,
        "r s a1 a2 b1",
        &[
            ("+1", "m", &[(Downgrade, "! WrongWay")]),
            ("+2", "n", &[(Downgrade, "! WrongWay")]),
            ("+3", "! TooFar", &[(Downgrade, "! WrongWay")]),
            ("a@+1", "m on a1", &[(Downgrade, "! WrongWay")]),
            ("-1", "! SeveralCurrent", &[(Upgrade, "! WrongWay")]),
            ("a@-1", "a1 on a1", &[(Upgrade, "! WrongWay")]),
            ("current", "a2 b1", &[(Downgrade, "! NothingToUndo")]),
            ("a@current", "a2 on a1", &[(Downgrade, "! NothingToUndo")]),
        ],
    );
}

#[test]
fn forms_on_one_side_of_a_merge() {
    check(
        MERGED,
        "r s a1 a2",
        &[
            ("+1", "m", &[(Downgrade, "! WrongWay")]),
            ("+2", "n", &[(Downgrade, "! WrongWay")]),
            ("-1", "a1", &[(Upgrade, "! WrongWay")]),
        ],
    );
}

#[test]
fn forms_on_below_the_branches() {
    check(
        MERGED,
        "r s",
        &[
            ("+1", "! SeveralNext", &[(Downgrade, "! WrongWay")]),
            ("+2", "! SeveralNext", &[(Downgrade, "! WrongWay")]),
            ("a@+1", "a1 on a1", &[(Downgrade, "! WrongWay")]),
            ("a@+3", "m on a1", &[(Downgrade, "! WrongWay")]),
        ],
    );
}

#[test]
fn forms_on_names_alike() {
    check(
        ALIKE,
        "1 12",
        &[
            ("1", "1", &[]),
            ("12", "12", &[]),
            ("1e", "1e10", &[]),
            ("1e10", "1e10", &[]),
            ("12a", "12abc on x", &[(Downgrade, "! NothingToUndo")]),
            ("12ab", "12abc", &[]),
            ("1+1", "12", &[]),
            ("12-1", "1", &[]),
            ("x-1", "12abc on 12", &[(Downgrade, "! NothingToUndo")]),
            ("x-2", "12", &[]),
            ("x+1", "12abc", &[]),
            ("v1.2-3", "12abc on 1e10", &[(Downgrade, "! NothingToUndo")]),
            ("v1.2-3-1", "x on 1e10", &[]),
            ("tip-1", "x on 12abc", &[]),
            ("x-1@head", "12abc on 12", &[(Downgrade, "! NothingToUndo")]),
            ("1@12", "12 on 1", &[]),
            ("12@1e10-1", "12 on 12", &[]),
        ],
    );
}

#[test]
fn forms_on_no_revisions() {
    check(
        "",
        "",
        &[
            ("head", "! NoRevisions", &[(Downgrade, "! NothingToUndo")]),
            ("heads", "! NoRevisions", &[(Downgrade, "! NothingToUndo")]),
            ("base", "base", &[(Upgrade, "! NoRevisionThere"), (Show, "! NoRevisionThere")]),
            ("current", "base", &[(Downgrade, "! NothingToUndo"), (Show, "! NothingApplied")]),
            ("+1", "! NothingToUpgrade", &[(Downgrade, "! WrongWay")]),
            ("-1", "! NothingApplied", &[(Upgrade, "! WrongWay")]),
            ("base+1", "! TooFar", &[]),
        ],
    );
}

#[test]
fn without_a_database_only_what_needs_it_fails() {
    let graph = graph(BRANCHES);
    for purpose in PURPOSES {
        for form in ["current", "current-1", "left@current", "+1", "-1", "left@+1", "left@-1"] {
            let found = outcome(form, &graph, None, purpose);
            let says_why = match purpose {
                Upgrade => found == "! NeedsDatabase" || found == "! WrongWay",
                Downgrade => found != "! NothingApplied" && found.starts_with('!'),
                _ => found == "! NeedsDatabase",
            };
            assert!(says_why, "{purpose:?} {form}: {found}");
        }
        assert_eq!(outcome("r1", &graph, None, purpose), "r1");
        assert_eq!(outcome("left@head-1", &graph, None, purpose), "l1 on l2");
    }
}

/// A chain, what is applied of it, a purpose, an identifier, and the whole error.
const ERRORS: &[(&str, &str, Purpose, &str, &str)] = &[
    (LINE, "aaaa1", Upgrade, "-1", "`-1` goes down; use `downgrade -1`"),
    (LINE, "aaaa1", Downgrade, "+1", "`+1` goes up; use `upgrade +1`"),
    (
        LINE,
        "aaaa1",
        Upgrade,
        "base",
        "`base` is the state below the first revision, not a revision; use `downgrade base`",
    ),
    (
        LINE,
        "aaaa1",
        Show,
        "base",
        "`base` is the state below the first revision, not a revision; use `base+1`",
    ),
    (LINE, "aaaa1", Downgrade, "head", "there is nothing to undo above `head`; use `-1` or `base`"),
    (
        LINE,
        "aaaa1",
        Upgrade,
        "+9",
        "`+9` goes too far: only 3 revisions are left to apply; use `+3`",
    ),
    (
        LINE,
        "aaaa1 bbbb2",
        Downgrade,
        "-9",
        "`-9` goes too far: only 2 steps lead down from what is applied; use `-2`",
    ),
    (
        LINE,
        "aaaa1 bbbb2",
        Upgrade,
        "cccc3+2",
        "`cccc3+2` goes too far: only 1 step leads up from there; use `cccc3+1`",
    ),
    (
        LINE,
        "aaaa1 bbbb2",
        Upgrade,
        "dddd4+1",
        "`dddd4+1` goes too far: no step leads up from there",
    ),
    (
        LINE,
        "aaaa1 bbbb2 cccc3 dddd4",
        Upgrade,
        "+1",
        "`+1` names nothing, as nothing is left to apply",
    ),
    (LINE, "", Downgrade, "-1", "`-1` names nothing, as nothing is applied"),
    (LINE, "", Upgrade, "head+1", "`head+1` names nothing: nothing is above a head; use `+1`"),
    (LINE, "", Show, "head+1", "`head+1` names nothing: nothing is above a head"),
    (LINE, "", Show, "base-1", "`base-1` names nothing: nothing is below `base`"),
    (LINE, "zzz1", Show, "zzz1", "revision zzz1 is applied, but not part of this chain"),
    (LINE, "", Show, "zzz1", "`zzz1` is neither a revision nor a branch"),
    (LINE, "", Show, "bbbb3", "`bbbb3` is neither a revision nor a branch; use `bbbb2`"),
    (LINE, "", Show, "BBB", "`BBB` is neither a revision nor a branch; use `bbbb2`"),
    (LINE, "", Show, "bbbb2ff9", "`bbbb2ff9` is neither a revision nor a branch; use `bbbb2`"),
    (LINE, "", Show, "haed-1", "`haed` is neither a revision nor a branch; use `head-1`"),
    (LINE, "", Show, "heed-1", "`heed` is neither a revision nor a branch; use `head-1`"),
    (
        BRANCHES,
        "",
        Upgrade,
        "lefd@head",
        "`lefd` is neither a revision nor a branch; use `left@head`",
    ),
    (
        BRANCHES,
        "",
        Upgrade,
        "left@trunc+1",
        "`trunc` is neither a revision nor a branch; use `left@trunk+1`",
    ),
    (
        BRANCHES,
        "",
        Show,
        "r",
        "several revisions start with `r`: r1 (right), r2 (right), \
                                   root; use `r1`, `r2` or `root`",
    ),
    (
        BRANCHES,
        "",
        Show,
        "r@r+1",
        "several revisions start with `r`: r1 (right), r2 (right), \
                                       root; use `r1@r+1`, `r2@r+1` or `root@r+1`",
    ),
    (
        BRANCHES,
        "",
        Show,
        "right@r+1",
        "several revisions start with `r`: r1 (right), r2 (right), root; \
          use `right@r1+1`, `right@r2+1` or `right@root+1`",
    ),
    (
        BRANCHES,
        "",
        Upgrade,
        "head",
        "`head` could be any of several heads: l2 (left), r2 (right), other2 (other); \
          use `heads`, `left@head`, `right@head` or `other@head`",
    ),
    (
        BRANCHES,
        "",
        Upgrade,
        "head-1",
        "`head-1` could be any of several heads: l2 (left), r2 (right), other2 (other); \
          use `left@head-1`, `right@head-1` or `other@head-1`",
    ),
    (
        BRANCHES,
        "",
        Upgrade,
        "trunk@head",
        "`trunk@head` could be any of several heads: l2 (left), r2 (right); \
          use `trunk@heads`, `left@head` or `right@head`",
    ),
    (
        "a\n b < a\n c < a",
        "",
        Upgrade,
        "head",
        "`head` could be any of several heads: b, c; use `heads`, `b@head` or `c@head`",
    ),
    (
        BRANCHES,
        "root trunk l1 r1",
        Downgrade,
        "-1",
        "`-1` could start from any of several current revisions: l1 (left), r1 (right); \
          use `left@-1` or `right@-1`",
    ),
    (
        BRANCHES,
        "root trunk",
        Upgrade,
        "+2",
        "`+2` is ambiguous: after trunk comes any of l1 (left), r1 (right); \
          use `left@+2` or `right@+2`",
    ),
    (
        BRANCHES,
        "",
        Upgrade,
        "+2",
        "`+2` is ambiguous: next comes any of root, other1 (other); \
          use `root+1` or `other@+2`",
    ),
    (
        BRANCHES,
        "",
        Upgrade,
        "base+2",
        "`base+2` is ambiguous: next comes any of root, other1 (other); \
          use `root+1` or `other1+1`",
    ),
    (
        BRANCHES,
        "",
        Show,
        "root+2",
        "`root+2` is ambiguous: after trunk comes any of l1 (left), r1 (right); use `l1` or `r1`",
    ),
    (
        BRANCHES,
        "root trunk l1 r1",
        Downgrade,
        "left@-2",
        "`left@-2` leaves its branch: only 1 step stays on it, and r1 (right) is built on trunk \
          too; use `left@-1`",
    ),
    (
        BRANCHES,
        "root trunk r1 r2",
        Downgrade,
        "left@-1",
        "`left@-1` leaves its branch: no step stays on it, and r1 (right) is built on trunk too",
    ),
    (
        BRANCHES,
        "",
        Show,
        "right@base",
        "`right@base` is the state below a branch, not a revision on it; use `right@base+1`",
    ),
    (
        BRANCHES,
        "",
        Downgrade,
        "right",
        "there is nothing to undo above `right`; use `right@-1` or `right@base`",
    ),
    (BRANCHES, "", Upgrade, "left@r2", "revision r2 is not on the branch of `left`"),
    (BRANCHES, "root", Show, "other@-1", "`other@-1` names nothing, as nothing is applied there"),
    (
        MERGED,
        "r s a1 a2 b1 m n",
        Downgrade,
        "-4",
        "`-4` is ambiguous: it leads through m, which merges a2 (a), b1 (b); \
          use `a@-4` or `b@-4`",
    ),
    (
        MERGED,
        "",
        Show,
        "n-4",
        "`n-4` is ambiguous: it leads through m, which merges a2 (a), b1 (b); \
          use `a2-2` or `b1-2`",
    ),
    ("", "", Upgrade, "head", "there is no `head`: the chain is empty"),
];

#[test]
fn errors_say_what_to_type_instead() {
    for &(lines, db, purpose, form, message) in ERRORS {
        let error = resolve(form, &graph(lines), Some(&applied(db)), purpose).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    let error = resolve("left@-1", &graph(BRANCHES), None, Stamp).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`left@-1` depends on what a database has applied; name a revision, or say which database \
         is meant"
    );
}

/// What an error suggests can be typed.
#[test]
fn suggestions_resolve() {
    for (lines, db) in [
        (BRANCHES, "root trunk l1 r1 other1"),
        (BRANCHES, "root trunk"),
        (BRANCHES, ""),
        (MERGED, "r s a1 a2 b1 m n"),
        (MERGED, "r s"),
    ] {
        let (graph, db) = (graph(lines), applied(db));
        let mut suggestions = 0;
        for purpose in PURPOSES {
            for form in [
                "head", "head-1", "base", "base+1", "base+2", "+1", "+2", "+9", "-1", "-2", "-3",
                "-9", "left@-3", "trunk+1", "s+1", "s+3", "n-3", "n-4", "r", "a", "left", "m-9",
            ] {
                let Err(error) = resolve(form, &graph, Some(&db), purpose) else { continue };
                for instead in &error.instead {
                    let (purpose, instead) = match instead.split_once(' ') {
                        Some(("upgrade", instead)) => (Upgrade, instead),
                        Some(("downgrade", instead)) => (Downgrade, instead),
                        _ => (purpose, instead.as_str()),
                    };
                    // It may lead to the next question, but never to the same one.
                    if let Err(next) = resolve(instead, &graph, Some(&db), purpose) {
                        let again = next.instead.iter().any(|text| text == instead);
                        assert!(!again, "{purpose:?} {form}: {error}; {next}");
                    }
                    suggestions += 1;
                }
            }
        }
        assert!(suggestions > 50);
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    for (text, message) in [
        ("", "the identifier of a revision is empty"),
        ("@head", "`@head` lacks a name beside its `@`"),
        ("left@", "`left@` lacks a name beside its `@`"),
        ("+0", "`+0` goes nowhere; use `current` for what is applied"),
        ("head-0", "`head-0` goes nowhere; use `current` for what is applied"),
        ("+", "`+` cannot be read: '+' is not part of a name"),
        ("a+", "`a+` cannot be read: '+' is not part of a name"),
        ("a+b", "`a+b` cannot be read: '+' is not part of a name"),
        ("a+1+1", "`a+1+1` cannot be read: '+' is not part of a name"),
        ("--1", "`--1` cannot be read: '-' is not part of a name"),
        ("a b", "`a b` cannot be read: ' ' is not part of a name"),
        ("a@b@c", "`a@b@c` cannot be read: '@' is not part of a name"),
        ("a:b", "`a:b` is a range, and one revision is meant here"),
        ("é", "`é` cannot be read: 'é' is not part of a name"),
        ("head@head", "`head@head` cannot be read: `head` does not name a branch"),
    ] {
        let error = text.parse::<Identifier>().unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.identifier, text);
    }
    assert_eq!("left@head-2".parse::<Identifier>().unwrap().to_string(), "left@head-2");
}

#[test]
fn long_lists_are_cut() {
    let heads: Vec<String> = (0..1_000).map(|head| format!("h{head:03} < a\n")).collect();
    let graph = graph(&format!("a\n{}", heads.concat()));
    let error = resolve("head", &graph, None, Upgrade).unwrap_err();
    let Kind::SeveralHeads { heads } = &error.kind else { panic!("{error}") };
    assert_eq!(heads.len(), 1_000);
    assert_eq!(
        error.to_string(),
        "`head` could be any of several heads: h000, h001, h002, h003, h004, h005, h006, h007 and \
         992 more; use `heads`, `h000@head`, `h001@head`, `h002@head`, `h003@head`, `h004@head`, \
         `h005@head`, `h006@head`, …"
    );
}

#[test]
fn ranges() {
    for (lines, db, range, expected) in [
        (LINE, "aaaa1 bbbb2", ":", "aaaa1 bbbb2 cccc3 dddd4"),
        (LINE, "aaaa1 bbbb2", "bbbb2:", "bbbb2 cccc3 dddd4"),
        (LINE, "aaaa1 bbbb2", ":bbbb2", "aaaa1 bbbb2"),
        (LINE, "aaaa1 bbbb2", "b:c", "bbbb2 cccc3"),
        (LINE, "aaaa1 bbbb2", "b:b", "bbbb2"),
        (LINE, "aaaa1 bbbb2", "base:head", "aaaa1 bbbb2 cccc3 dddd4"),
        (LINE, "aaaa1 bbbb2", "base:current", "aaaa1 bbbb2"),
        (LINE, "aaaa1 bbbb2", "current:", "bbbb2 cccc3 dddd4"),
        (LINE, "aaaa1 bbbb2", "-1:current", "aaaa1 bbbb2"),
        (LINE, "aaaa1 bbbb2", "-2:+1", "aaaa1 bbbb2 cccc3"),
        (LINE, "aaaa1 bbbb2", "head-1:", "cccc3 dddd4"),
        (LINE, "aaaa1 bbbb2", ":base", ""),
        (LINE, "aaaa1 bbbb2", "base:base", ""),
        (LINE, "", ":current", ""),
        (LINE, "", "aaaa1:current", ""),
        (LINE, "", "current:head", "aaaa1 bbbb2 cccc3 dddd4"),
        (BRANCHES, "", "trunk:", "trunk l1 l2 r1 r2"),
        (BRANCHES, "", "left@base:left@head", "l1 l2"),
        (BRANCHES, "", "left@base:heads", "l1 l2"),
        (BRANCHES, "", ":right", "root trunk r1 r2"),
        (MERGED, "", "s:m", "s a1 a2 b1 m"),
        (MERGED, "", "m-1:m", "a2 b1 m"),
        ("a\n b < a\n x > a\n y < x", "", ":y", "a x y"),
        // What is wrong with them.
        (
            LINE,
            "",
            "cccc3:aaaa1",
            "the range `cccc3:aaaa1` ends below its start; use `aaaa1:cccc3`",
        ),
        (LINE, "", "head:base", "the range `head:base` ends below its start; use `base:head`"),
        (BRANCHES, "", "l1:r2", "the range `l1:r2` is empty, as its end is not built on its start"),
        (LINE, "", "aaaa1", "`aaaa1` is not a range; use `aaaa1:`, `:aaaa1` or `aaaa1:aaaa1`"),
        (LINE, "", "a:b:c", "`a:b:c` is not a range; use `FROM:TO`, `FROM:` or `:TO`"),
        (LINE, "", "", "`` is not a range; use `FROM:TO`, `FROM:` or `:TO`"),
        (LINE, "", "a b:", "`a b` cannot be read: ' ' is not part of a name"),
        (LINE, "", "zzz:", "`zzz` is neither a revision nor a branch"),
    ] {
        let graph = graph(lines);
        let found = range
            .parse::<Range>()
            .and_then(|range| range.resolve(&graph, Some(&applied(db))))
            .map_or_else(|error| error.to_string(), |revisions| names(&graph, &revisions));
        assert_eq!(found, expected, "{range}");
    }
    let error = Range::parse("current:").unwrap().resolve(&graph(LINE), None).unwrap_err();
    assert_eq!(error.kind, Kind::NeedsDatabase);
}
