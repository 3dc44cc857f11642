//! Types, functions, triggers, policies and the rest as SQL.

use super::names::Names;
use super::quote::{body, ident, idents, literal};
use crate::ast::{ObjectKind, ParamMode, PolicyCommand, RuleEvent, TriggerTiming, Volatility};
use crate::catalog::{
    Entry, Function, FunctionBody, FunctionKind, ObjectId, Other, Policy, Rule, Statistics,
    Trigger, TypeDefinition, TypeDefinitionKind,
};

impl Names<'_> {
    /// `CREATE TYPE` or `CREATE DOMAIN`; the checks of a domain are constraints.
    pub(super) fn create_type(self, id: ObjectId, it: &TypeDefinition) -> String {
        let name = self.object(id);
        match &it.kind {
            TypeDefinitionKind::Enum(labels) => {
                let labels: Vec<String> = labels.iter().map(|it| literal(&it.name)).collect();
                format!("CREATE TYPE {name} AS ENUM ({})", labels.join(", "))
            }
            TypeDefinitionKind::Domain(domain) => {
                let mut sql = format!("CREATE DOMAIN {name} AS {}", self.column_type(&domain.base));
                if let Some(collation) = &domain.collation {
                    sql.push_str(&format!(" COLLATE {}", self.text(collation)));
                }
                if let Some(default) = &domain.default {
                    sql.push_str(&format!(" DEFAULT {}", self.text(default)));
                }
                if domain.not_null {
                    sql.push_str(" NOT NULL");
                }
                let mut checks: Vec<_> = self.constraints(id).map(|(_, it)| it).collect();
                checks.sort_by(|a, b| a.name.cmp(&b.name));
                for check in checks.into_iter().filter(|it| it.validated) {
                    let text = self.constraint(check);
                    sql.push_str(&format!(" CONSTRAINT {} {text}", ident(&check.name)));
                }
                sql
            }
            TypeDefinitionKind::Range { options, .. } => {
                format!("CREATE TYPE {name} AS RANGE ({})", self.text(options))
            }
            TypeDefinitionKind::Base(options) => {
                format!("CREATE TYPE {name} ({})", self.text(options))
            }
            TypeDefinitionKind::Shell => format!("CREATE TYPE {name}"),
        }
    }

    /// The types of a function's input parameters, as they tell it apart.
    pub(crate) fn signature(self, id: ObjectId, it: &Function) -> String {
        let inputs: Vec<String> = it.inputs().map(|param| self.column_type(&param.ty)).collect();
        let inputs = if inputs.is_empty() && it.kind == FunctionKind::Aggregate {
            "*".to_owned()
        } else {
            inputs.join(", ")
        };
        format!("{}({inputs})", self.object(id))
    }

    /// `CREATE FUNCTION`, `CREATE PROCEDURE` or `CREATE AGGREGATE`.
    pub(crate) fn create_function(self, id: ObjectId, it: &Function) -> String {
        if let FunctionBody::Aggregate(options) = &it.body {
            let name = self.signature(id, it);
            return format!("CREATE AGGREGATE {name} ({})", self.text(options));
        }
        let kind = if it.kind == FunctionKind::Procedure { "PROCEDURE" } else { "FUNCTION" };
        let params: Vec<String> = it
            .params
            .iter()
            .filter(|param| !(it.returns_table && param.mode == ParamMode::Out))
            .map(|param| {
                let mode = match param.mode {
                    ParamMode::In => "",
                    ParamMode::Out => "OUT ",
                    ParamMode::InOut => "INOUT ",
                    ParamMode::Variadic => "VARIADIC ",
                };
                let name = param.name.as_ref().map_or_else(String::new, |it| ident(it) + " ");
                let default = param
                    .default
                    .as_ref()
                    .map_or_else(String::new, |it| format!(" DEFAULT {}", self.text(it)));
                format!("{mode}{name}{}{default}", self.column_type(&param.ty))
            })
            .collect();
        let mut sql = format!("CREATE {kind} {}({})", self.object(id), params.join(", "));
        if it.returns_table {
            let columns: Vec<String> = it
                .params
                .iter()
                .filter(|param| param.mode == ParamMode::Out)
                .map(|param| {
                    let name = param.name.as_deref().unwrap_or_default();
                    format!("{} {}", ident(name), self.column_type(&param.ty))
                })
                .collect();
            sql.push_str(&format!(" RETURNS TABLE({})", columns.join(", ")));
        } else if let Some(returns) = it.returns.as_ref().filter(|_| kind == "FUNCTION") {
            let set = if it.returns_set { "SETOF " } else { "" };
            sql.push_str(&format!(" RETURNS {set}{}", self.column_type(returns)));
        }
        sql.push_str(&format!("\n    LANGUAGE {}", ident(&it.language)));
        if it.kind == FunctionKind::Window {
            sql.push_str(" WINDOW");
        }
        sql.push_str(match it.volatility {
            Volatility::Immutable => " IMMUTABLE",
            Volatility::Stable => " STABLE",
            Volatility::Volatile => "",
        });
        if it.strict {
            sql.push_str(" STRICT");
        }
        if it.security_definer {
            sql.push_str(" SECURITY DEFINER");
        }
        if it.leakproof {
            sql.push_str(" LEAKPROOF");
        }
        if !it.parallel.is_empty() && it.parallel != "unsafe" {
            sql.push_str(&format!(" PARALLEL {}", it.parallel.to_uppercase()));
        }
        if let Some(cost) = &it.cost {
            sql.push_str(&format!(" COST {cost}"));
        }
        if let Some(rows) = &it.rows {
            sql.push_str(&format!(" ROWS {rows}"));
        }
        for (name, value) in &it.settings {
            sql.push_str(&format!("\n    SET {name} TO {value}"));
        }
        match &it.body {
            FunctionBody::Source(source) => sql.push_str(&format!("\n    AS {}", body(source))),
            FunctionBody::Library { file, symbol } => {
                sql.push_str(&format!("\n    AS {}, {}", literal(file), literal(symbol)));
            }
            FunctionBody::Sql(text) => sql.push_str(&format!("\n    {}", self.text(text))),
            FunctionBody::Aggregate(_) => {}
        }
        sql
    }

    /// `CREATE TRIGGER`.
    pub(super) fn create_trigger(self, it: &Trigger) -> String {
        let constraint = if it.constraint { "CONSTRAINT " } else { "" };
        let timing = match it.timing {
            TriggerTiming::Before => "BEFORE",
            TriggerTiming::After => "AFTER",
            TriggerTiming::InsteadOf => "INSTEAD OF",
        };
        let events: Vec<String> = it
            .events
            .iter()
            .map(|event| {
                if *event == "UPDATE" && !it.columns.is_empty() {
                    format!("UPDATE OF {}", self.columns(it.on, &it.columns))
                } else {
                    (*event).to_owned()
                }
            })
            .collect();
        let mut sql = format!(
            "CREATE {constraint}TRIGGER {} {timing} {} ON {}",
            ident(&it.name),
            events.join(" OR "),
            self.object(it.on)
        );
        if let Some(from) = it.from {
            sql.push_str(&format!(" FROM {}", self.object(from)));
        }
        if it.deferrable {
            sql.push_str(" DEFERRABLE");
        }
        if it.deferred {
            sql.push_str(" INITIALLY DEFERRED");
        }
        if it.old_table.is_some() || it.new_table.is_some() {
            sql.push_str(" REFERENCING");
            if let Some(name) = &it.old_table {
                sql.push_str(&format!(" OLD TABLE AS {}", ident(name)));
            }
            if let Some(name) = &it.new_table {
                sql.push_str(&format!(" NEW TABLE AS {}", ident(name)));
            }
        }
        sql.push_str(if it.for_each_row { " FOR EACH ROW" } else { " FOR EACH STATEMENT" });
        if let Some(when) = &it.when {
            sql.push_str(&format!(" WHEN ({})", self.text(when)));
        }
        let args: Vec<String> = it.args.iter().map(|arg| literal(arg)).collect();
        sql.push_str(&format!(
            " EXECUTE FUNCTION {}({})",
            self.text(&it.function),
            args.join(", ")
        ));
        sql
    }

    /// `CREATE RULE`.
    pub(super) fn create_rule(self, it: &Rule) -> String {
        let event = match it.event {
            RuleEvent::Select => "SELECT",
            RuleEvent::Insert => "INSERT",
            RuleEvent::Update => "UPDATE",
            RuleEvent::Delete => "DELETE",
        };
        format!(
            "CREATE RULE {} AS ON {event} TO {} {}",
            ident(&it.name),
            self.object(it.on),
            self.text(&it.text)
        )
    }

    /// `CREATE POLICY`.
    pub(super) fn create_policy(self, it: &Policy) -> String {
        let mut sql = format!("CREATE POLICY {} ON {}", ident(&it.name), self.object(it.on));
        if !it.permissive {
            sql.push_str(" AS RESTRICTIVE");
        }
        sql.push_str(match it.command {
            PolicyCommand::All => "",
            PolicyCommand::Select => " FOR SELECT",
            PolicyCommand::Insert => " FOR INSERT",
            PolicyCommand::Update => " FOR UPDATE",
            PolicyCommand::Delete => " FOR DELETE",
        });
        if !it.roles.is_empty() {
            sql.push_str(&format!(" TO {}", it.roles.join(", ")));
        }
        if let Some(using) = &it.using {
            sql.push_str(&format!(" USING ({})", self.text(using)));
        }
        if let Some(check) = &it.check {
            sql.push_str(&format!(" WITH CHECK ({})", self.text(check)));
        }
        sql
    }

    /// `CREATE STATISTICS`.
    pub(super) fn create_statistics(self, id: ObjectId, it: &Statistics) -> String {
        let kinds = match idents(it.kinds.iter().map(String::as_str)) {
            kinds if kinds.is_empty() => kinds,
            kinds => format!(" ({kinds})"),
        };
        format!(
            "CREATE STATISTICS {}{kinds} ON {} FROM {}",
            self.object(id),
            self.text(&it.text),
            self.object(it.table)
        )
    }

    /// What is kept as the statement that makes it.
    pub(super) fn create_other(self, id: ObjectId, it: &Other) -> String {
        // A name of an operator or a cast is no identifier.
        let name = match it.kind {
            ObjectKind::Operator | ObjectKind::Cast | ObjectKind::Transform => it.name.clone(),
            _ => self.object(id),
        };
        let text = self.text(&it.text);
        format!("CREATE {} {name} {text}", kind_name(it.kind)).trim_end().to_owned()
    }

    /// How an object is named in `COMMENT ON`, `GRANT ON` and the like.
    pub(crate) fn reference(self, id: ObjectId, entry: &Entry) -> String {
        use crate::catalog::Object as O;
        let on = |kind: &str, name: &str, on: ObjectId| {
            format!("{kind} {} ON {}", ident(name), self.object(on))
        };
        match &entry.object {
            O::Schema(it) => format!("SCHEMA {}", ident(&it.name)),
            O::Relation(it) => {
                let kind = match it.kind_name() {
                    "composite type" => "TYPE".to_owned(),
                    kind => kind.to_uppercase(),
                };
                format!("{kind} {}", self.object(id))
            }
            O::Type(it) => {
                let domain = matches!(it.kind, TypeDefinitionKind::Domain(_));
                format!("{} {}", if domain { "DOMAIN" } else { "TYPE" }, self.object(id))
            }
            O::Constraint(it) => {
                let domain = self.catalog.relation(it.on).is_none();
                let kind = if domain { "DOMAIN " } else { "" };
                format!("CONSTRAINT {} ON {kind}{}", ident(&it.name), self.object(it.on))
            }
            O::Function(it) => {
                let kind = match it.kind {
                    FunctionKind::Procedure => "PROCEDURE",
                    FunctionKind::Aggregate => "AGGREGATE",
                    FunctionKind::Function | FunctionKind::Window => "FUNCTION",
                };
                format!("{kind} {}", self.signature(id, it))
            }
            O::Trigger(it) => on("TRIGGER", &it.name, it.on),
            O::Rule(it) => on("RULE", &it.name, it.on),
            O::Policy(it) => on("POLICY", &it.name, it.on),
            O::Statistics(_) => format!("STATISTICS {}", self.object(id)),
            O::Extension(it) => format!("EXTENSION {}", ident(&it.name)),
            O::Other(it) => match it.kind {
                ObjectKind::OperatorClass | ObjectKind::OperatorFamily => {
                    format!("{} {} USING {}", kind_name(it.kind), self.object(id), it.detail)
                }
                ObjectKind::Operator | ObjectKind::Cast => {
                    format!("{} {}", kind_name(it.kind), it.name)
                }
                kind => format!("{} {}", kind_name(kind), self.object(id)),
            },
        }
    }
}

/// A kind of object as statements call it.
pub(super) fn kind_name(kind: ObjectKind) -> &'static str {
    use ObjectKind as K;
    match kind {
        K::AccessMethod => "ACCESS METHOD",
        K::Aggregate => "AGGREGATE",
        K::Attribute => "ATTRIBUTE",
        K::Cast => "CAST",
        K::Collation => "COLLATION",
        K::Column => "COLUMN",
        K::Constraint | K::DomainConstraint => "CONSTRAINT",
        K::Conversion => "CONVERSION",
        K::Database => "DATABASE",
        K::Domain => "DOMAIN",
        K::EventTrigger => "EVENT TRIGGER",
        K::Extension => "EXTENSION",
        K::ForeignDataWrapper => "FOREIGN DATA WRAPPER",
        K::ForeignServer => "SERVER",
        K::ForeignTable => "FOREIGN TABLE",
        K::Function => "FUNCTION",
        K::Index => "INDEX",
        K::Language => "LANGUAGE",
        K::LargeObject => "LARGE OBJECT",
        K::MaterializedView => "MATERIALIZED VIEW",
        K::Operator => "OPERATOR",
        K::OperatorClass => "OPERATOR CLASS",
        K::OperatorFamily => "OPERATOR FAMILY",
        K::Parameter => "PARAMETER",
        K::Policy => "POLICY",
        K::Procedure => "PROCEDURE",
        K::PropertyGraph => "PROPERTY GRAPH",
        K::Publication => "PUBLICATION",
        K::Role => "ROLE",
        K::Routine => "ROUTINE",
        K::Rule => "RULE",
        K::Schema => "SCHEMA",
        K::Sequence => "SEQUENCE",
        K::Statistics => "STATISTICS",
        K::Subscription => "SUBSCRIPTION",
        K::Table => "TABLE",
        K::Tablespace => "TABLESPACE",
        K::TextSearchConfiguration => "TEXT SEARCH CONFIGURATION",
        K::TextSearchDictionary => "TEXT SEARCH DICTIONARY",
        K::TextSearchParser => "TEXT SEARCH PARSER",
        K::TextSearchTemplate => "TEXT SEARCH TEMPLATE",
        K::Transform => "TRANSFORM",
        K::Trigger => "TRIGGER",
        K::Type => "TYPE",
        K::UserMapping => "USER MAPPING",
        K::View => "VIEW",
    }
}
