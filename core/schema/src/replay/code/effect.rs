//! What a function's body does to the schema when it is called.

use crate::ast::{self, FuncBody};
use crate::catalog::Effect;
use crate::plpgsql::{self, Block, LoopHead, Source, Statement, StatementKind};
use crate::sql;

/// The effect of a function that is being defined.
///
/// `source` is the body, for languages that have one. A body that only reads and changes rows has
/// none; those that it calls are looked at when it is called.
pub(super) fn of_function(language: &str, source: Option<&str>) -> Effect {
    match (language, source) {
        ("sql", Some(source)) => of_script(source),
        ("plpgsql", Some(source)) => match plpgsql::parse(source, 0..source.len()).0 {
            Some(block) => of_block(source, &block),
            None => Effect::Unknown,
        },
        // Standard bodies hold nothing but queries.
        ("sql", None) | ("internal" | "c", _) => Effect::None,
        _ => Effect::Unknown,
    }
}

/// As [`of_function`], of a body as the statement has it.
pub(in crate::replay) fn of_body(language: &str, body: Option<&FuncBody>) -> Effect {
    match body {
        Some(FuncBody::Source(source)) => of_function(language, Some(&source.value)),
        _ => of_function(language, None),
    }
}

fn of_script(source: &str) -> Effect {
    let trees = sql::read(source).into_iter().map(|statement| statement.tree);
    trees.map(|tree| tree.as_ref().map_or(Effect::Unknown, of_statement)).max().unwrap_or_default()
}

/// The effect of one statement, functions that it calls aside.
pub(super) fn of_statement(statement: &ast::Statement) -> Effect {
    use ast::Statement as S;
    match statement {
        S::Insert(_)
        | S::Update(_)
        | S::Delete(_)
        | S::Merge(_)
        | S::Truncate(_)
        | S::Lock(_)
        | S::Notify(_)
        | S::Empty
        | S::Refresh(_)
        | S::Fetch(_)
        | S::Close(_)
        | S::Vacuum(_)
        | S::SetConstraints(_)
        | S::Call(_) => Effect::None,
        S::Query(query) if !makes_table(query) => Effect::None,
        _ => Effect::Unknown,
    }
}

fn makes_table(query: &ast::Query) -> bool {
    matches!(&query.body, ast::QueryBody::Select(select) if select.into.is_some())
}

fn of_block(text: &str, block: &Block) -> Effect {
    let handlers = block.exception.iter().flatten().flat_map(|handler| &handler.body);
    of_all(text, block.body.iter().chain(handlers))
}

fn of_all<'b>(text: &str, statements: impl IntoIterator<Item = &'b Statement>) -> Effect {
    statements.into_iter().map(|it| of_step(text, it)).max().unwrap_or_default()
}

fn of_step(text: &str, statement: &Statement) -> Effect {
    use StatementKind as K;
    match &statement.kind {
        K::Block(block) => of_block(text, block),
        K::If { branches, otherwise } | K::Case { branches, otherwise, .. } => {
            let bodies = branches.iter().flat_map(|branch| &branch.body);
            of_all(text, bodies.chain(otherwise.iter().flatten()))
        }
        K::Loop(it) => {
            let head = match &it.head {
                LoopHead::Query { query, .. } => of_source(text, query),
                _ => Effect::None,
            };
            head.max(of_all(text, &it.body))
        }
        K::Execute(dynamic) => of_dynamic(text, dynamic),
        K::ReturnQuery(source) | K::Open { query: Some(source), .. } => of_source(text, source),
        K::Sql { sql, .. } => sql.statement.as_deref().map_or(Effect::Unknown, of_statement),
        K::Rollback { .. } => Effect::Unknown,
        _ => Effect::None,
    }
}

fn of_source(text: &str, source: &Source) -> Effect {
    match source {
        Source::Static(sql) => sql.statement.as_deref().map_or(Effect::Unknown, of_statement),
        Source::Dynamic(dynamic) => of_dynamic(text, dynamic),
    }
}

/// The effect of SQL that is put together when it runs: none, where its first word says that it
/// is about rows.
pub(super) fn of_dynamic(text: &str, dynamic: &plpgsql::Dynamic) -> Effect {
    let source = text.get(dynamic.text.range.range()).unwrap_or_default();
    let literal = source.find('\'').map(|at| &source[at + 1..]);
    let word: String = literal
        .unwrap_or_default()
        .trim_start()
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_ascii_lowercase();
    // Only where the text begins with the literal is its first word that of the statement.
    let head = source.trim_start().to_ascii_lowercase();
    let begins = head.starts_with('\'') || head.starts_with("format(") || head.starts_with("e'");
    let rows = [
        "select", "insert", "update", "delete", "truncate", "analyze", "refresh", "notify", "lock",
        "with",
    ];
    if begins && rows.contains(&word.as_str()) { Effect::None } else { Effect::Unknown }
}
