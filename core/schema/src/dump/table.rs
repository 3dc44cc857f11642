//! Tables, sequences, indexes, constraints, views as SQL.

use super::names::Names;
use super::quote::ident;
use crate::ast::{MatchType, PartitionStrategy, Persistence};
use crate::catalog::{
    Action, Column, ColumnDefault, ColumnNumber, Constraint, ConstraintKind, Index, Object,
    ObjectId, Relation, RelationKind, Sequence, SequenceOwner, Table,
};

impl Names<'_> {
    /// `CREATE TABLE` with its columns and with the constraints that need nothing else.
    pub(super) fn create_table(self, id: ObjectId, it: &Relation, table: &Table) -> String {
        // What is only inherited comes with the parents; a partition is attached, and must have all.
        let mut lines: Vec<String> = match table.of_type {
            Some(_) => it.columns.iter().filter_map(|it| self.typed_column(id, it)).collect(),
            None => it
                .columns
                .iter()
                .filter(|column| column.local || table.inherits.is_empty())
                .map(|column| self.column_definition(id, column))
                .collect(),
        };
        lines.extend(self.inline_constraints(id).map(|(_, constraint)| {
            format!("CONSTRAINT {} {}", ident(&constraint.name), self.constraint(constraint))
        }));
        let kind = match (it.persistence, &table.foreign) {
            (_, Some(_)) => "FOREIGN TABLE",
            (Persistence::Unlogged, None) => "UNLOGGED TABLE",
            (Persistence::Permanent | Persistence::Temporary, None) => "TABLE",
        };
        let mut sql = format!("CREATE {kind} {}", self.object(id));
        if let Some(ty) = table.of_type {
            sql.push_str(&format!(" OF {}", self.object(ty)));
        }
        if !lines.is_empty() {
            sql.push_str(&format!(" (\n    {}\n)", lines.join(",\n    ")));
        } else if table.of_type.is_none() {
            sql.push_str(" ()");
        }
        sql.push_str(&self.table_options(it, table));
        sql
    }

    /// What follows the columns of a table.
    pub(super) fn table_options(self, it: &Relation, table: &Table) -> String {
        let mut sql = String::new();
        if !table.inherits.is_empty() {
            let parents: Vec<String> = table.inherits.iter().map(|id| self.object(*id)).collect();
            sql.push_str(&format!(" INHERITS ({})", parents.join(", ")));
        }
        if let Some(key) = self.partition_key(table) {
            sql.push_str(&format!(" PARTITION BY {key}"));
        }
        if let Some(method) = &it.access_method {
            sql.push_str(&format!(" USING {}", ident(method)));
        }
        sql.push_str(&options(&it.options));
        if let Some(tablespace) = &it.tablespace {
            sql.push_str(&format!(" TABLESPACE {}", ident(tablespace)));
        }
        if let Some(foreign) = &table.foreign {
            sql.push_str(&format!(" {}", self.text(foreign)));
        }
        sql
    }

    /// What stands behind `PARTITION BY`.
    pub(crate) fn partition_key(self, table: &Table) -> Option<String> {
        let key = table.partition_key.as_ref()?;
        let strategy = match key.strategy {
            PartitionStrategy::Range => "RANGE",
            PartitionStrategy::List => "LIST",
            PartitionStrategy::Hash => "HASH",
        };
        Some(format!("{strategy} ({})", self.text(&key.text)))
    }

    /// A column as `CREATE TABLE` has it.
    pub(crate) fn column_definition(self, table: ObjectId, it: &Column) -> String {
        let mut sql = format!("{} {}", ident(&it.name), self.column_type(&it.ty));
        if let Some(compression) = &it.compression {
            sql.push_str(&format!(" COMPRESSION {compression}"));
        }
        if let Some(collation) = &it.collation {
            sql.push_str(&format!(" COLLATE {}", self.text(collation)));
        }
        sql.push_str(&self.column_constraints(table, it));
        sql
    }

    /// A column of a table that was made of a type, if it has anything that the type has not.
    fn typed_column(self, table: ObjectId, it: &Column) -> Option<String> {
        let constraints = self.column_constraints(table, it);
        (!constraints.is_empty()).then(|| format!("{} WITH OPTIONS{constraints}", ident(&it.name)))
    }

    /// What a column has beyond its type.
    fn column_constraints(self, table: ObjectId, it: &Column) -> String {
        let mut sql = String::new();
        match &it.default {
            ColumnDefault::None => {}
            ColumnDefault::Expression(text) => {
                sql.push_str(&format!(" DEFAULT {}", self.text(text)));
            }
            ColumnDefault::Identity { always } => {
                let when = if *always { "ALWAYS" } else { "BY DEFAULT" };
                sql.push_str(&format!(" GENERATED {when} AS IDENTITY"));
                sql.push_str(&self.identity_options(table, it));
            }
            ColumnDefault::Generated { expression, stored } => {
                let kind = if *stored { "STORED" } else { "VIRTUAL" };
                sql.push_str(&format!(" GENERATED ALWAYS AS ({}) {kind}", self.text(expression)));
            }
        }
        if it.not_null {
            sql.push_str(" NOT NULL");
        }
        sql
    }

    /// The options of an identity column's sequence that are not the default ones.
    fn identity_options(self, table: ObjectId, column: &Column) -> String {
        let Some((id, sequence)) = self.owned_sequence(table, column.number) else {
            return String::new();
        };
        let Some(relation) = self.catalog.relation(id) else { return String::new() };
        let mut parts = Vec::new();
        let usual = format!("{}_{}_seq", self.bare(table), column.name);
        if relation.name != usual {
            parts.push(format!("SEQUENCE NAME {}", self.object(id)));
        }
        parts.extend(sequence_options(sequence));
        if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(" ")) }
    }

    /// The sequence of an identity column.
    pub(crate) fn owned_sequence(
        &self,
        table: ObjectId,
        column: ColumnNumber,
    ) -> Option<(ObjectId, &Sequence)> {
        self.catalog.dependents(table).find_map(|id| {
            let sequence = self.catalog.relation(id)?.as_sequence()?;
            let wanted = SequenceOwner { table, column, identity: true };
            (sequence.owner == Some(wanted)).then_some((id, sequence))
        })
    }

    /// The constraints of a table, the oldest first.
    pub(super) fn constraints(
        &self,
        table: ObjectId,
    ) -> impl Iterator<Item = (ObjectId, &Constraint)> {
        self.catalog.dependents(table).filter_map(move |id| match &self.catalog.get(id)?.object {
            Object::Constraint(it) if it.on == table => Some((id, it)),
            _ => None,
        })
    }

    /// The constraints that stand in `CREATE TABLE`, sorted: keys, then checks, by name.
    pub(super) fn inline_constraints(
        &self,
        table: ObjectId,
    ) -> impl Iterator<Item = (ObjectId, &Constraint)> {
        let rank = |it: &Constraint| match it.kind {
            ConstraintKind::PrimaryKey(_) => 0,
            ConstraintKind::Unique(_) => 1,
            ConstraintKind::Exclusion { .. } => 2,
            _ => 3,
        };
        let mut all: Vec<_> = self
            .constraints(table)
            .filter(|(_, it)| {
                !matches!(it.kind, ConstraintKind::ForeignKey(_) | ConstraintKind::Trigger(_))
            })
            .filter(|(_, it)| it.validated && (it.local || self.is_partition(table)))
            .filter(|(_, it)| !self.is_second_key(it))
            .collect();
        all.sort_by(|(_, a), (_, b)| (rank(a), &a.name).cmp(&(rank(b), &b.name)));
        all.into_iter()
    }

    /// Whether there is an older key over the same columns. `CREATE TABLE` takes two such for one;
    /// and a foreign key that could use either uses the older one.
    pub(super) fn is_second_key(self, it: &Constraint) -> bool {
        let is_key = |kind: &ConstraintKind| {
            matches!(kind, ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_))
        };
        is_key(&it.kind)
            && self
                .constraints(it.on)
                .find(|(_, other)| is_key(&other.kind) && other.columns == it.columns)
                .is_some_and(|(_, first)| first.name != it.name)
    }

    fn is_partition(self, table: ObjectId) -> bool {
        let table = self.catalog.relation(table).and_then(Relation::as_table);
        table.is_some_and(|table| table.partition_of.is_some())
    }

    /// A constraint without its name.
    pub(crate) fn constraint(self, it: &Constraint) -> String {
        let mut sql = match &it.kind {
            ConstraintKind::Check(text) => format!("CHECK ({})", self.text(text)),
            ConstraintKind::PrimaryKey(index) => {
                format!(
                    "PRIMARY KEY ({}){}",
                    self.columns(it.on, &it.columns),
                    self.key_options(*index)
                )
            }
            ConstraintKind::Unique(index) => {
                let nulls = match self.catalog.relation(*index).and_then(Relation::as_index) {
                    Some(index) if index.nulls_not_distinct => " NULLS NOT DISTINCT",
                    _ => "",
                };
                format!(
                    "UNIQUE{nulls} ({}){}",
                    self.columns(it.on, &it.columns),
                    self.key_options(*index)
                )
            }
            ConstraintKind::Exclusion { index, operators } => self.exclusion(*index, operators),
            ConstraintKind::ForeignKey(key) => {
                let (columns, targets) = if key.period {
                    (period(self, it.on, &it.columns), period(self, key.table, &key.columns))
                } else {
                    (self.columns(it.on, &it.columns), self.columns(key.table, &key.columns))
                };
                let mut sql = format!(
                    "FOREIGN KEY ({columns}) REFERENCES {} ({targets})",
                    self.object(key.table),
                );
                if key.matching == MatchType::Full {
                    sql.push_str(" MATCH FULL");
                }
                sql.push_str(&self.action(" ON UPDATE", it.on, &key.on_update));
                sql.push_str(&self.action(" ON DELETE", it.on, &key.on_delete));
                sql
            }
            ConstraintKind::Trigger(_) => String::new(),
        };
        if it.no_inherit {
            sql.push_str(" NO INHERIT");
        }
        if it.deferrable {
            sql.push_str(" DEFERRABLE");
        }
        if it.deferred {
            sql.push_str(" INITIALLY DEFERRED");
        }
        if !it.enforced {
            sql.push_str(" NOT ENFORCED");
        } else if !it.validated {
            sql.push_str(" NOT VALID");
        }
        sql
    }

    fn action(self, event: &str, table: ObjectId, action: &Action) -> String {
        let with = |word: &str, columns: &[ColumnNumber]| {
            if columns.is_empty() {
                format!("{event} {word}")
            } else {
                format!("{event} {word} ({})", self.columns(table, columns))
            }
        };
        match action {
            Action::NoAction => String::new(),
            Action::Restrict => with("RESTRICT", &[]),
            Action::Cascade => with("CASCADE", &[]),
            Action::SetNull(columns) => with("SET NULL", columns),
            Action::SetDefault(columns) => with("SET DEFAULT", columns),
        }
    }

    /// What an index behind a constraint has beyond its columns.
    fn key_options(self, index: ObjectId) -> String {
        let Some(relation) = self.catalog.relation(index) else { return String::new() };
        let Some(it) = relation.as_index() else { return String::new() };
        let mut sql = String::new();
        if !it.include.is_empty() {
            sql.push_str(&format!(" INCLUDE ({})", self.columns(it.table, &it.include)));
        }
        sql.push_str(&options(&relation.options));
        if let Some(tablespace) = &relation.tablespace {
            sql.push_str(&format!(" USING INDEX TABLESPACE {}", ident(tablespace)));
        }
        sql
    }

    fn exclusion(self, index: ObjectId, operators: &[crate::catalog::Text]) -> String {
        let Some(it) = self.catalog.relation(index).and_then(Relation::as_index) else {
            return String::new();
        };
        let elements: Vec<String> = it
            .keys
            .iter()
            .zip(operators)
            .map(|(key, operator)| format!("{} WITH {}", self.text(&key.text), self.text(operator)))
            .collect();
        let mut sql = format!("EXCLUDE USING {} ({})", ident(&it.method), elements.join(", "));
        sql.push_str(&self.key_options(index));
        if let Some(predicate) = &it.predicate {
            sql.push_str(&format!(" WHERE ({})", self.text(predicate)));
        }
        sql
    }

    /// `CREATE INDEX`.
    pub(crate) fn create_index(self, it: &Relation, index: &Index) -> String {
        let unique = if index.unique { "UNIQUE " } else { "" };
        let keys: Vec<String> = index.keys.iter().map(|key| self.text(&key.text)).collect();
        let partitioned = self.catalog.relation(index.table).and_then(Relation::as_table);
        let only = match partitioned {
            Some(table) if table.partition_key.is_some() && !index.valid => "ONLY ",
            _ => "",
        };
        let mut sql = format!(
            "CREATE {unique}INDEX {} ON {only}{} USING {} ({})",
            ident(&it.name),
            self.object(index.table),
            ident(&index.method),
            keys.join(", ")
        );
        if !index.include.is_empty() {
            sql.push_str(&format!(" INCLUDE ({})", self.columns(index.table, &index.include)));
        }
        if index.nulls_not_distinct {
            sql.push_str(" NULLS NOT DISTINCT");
        }
        sql.push_str(&options(&it.options));
        if let Some(tablespace) = &it.tablespace {
            sql.push_str(&format!(" TABLESPACE {}", ident(tablespace)));
        }
        if let Some(predicate) = &index.predicate {
            sql.push_str(&format!(" WHERE {}", self.text(predicate)));
        }
        sql
    }

    /// `CREATE SEQUENCE`, without its owner.
    pub(super) fn create_sequence(
        self,
        id: ObjectId,
        it: &Relation,
        sequence: &Sequence,
    ) -> String {
        let unlogged = if it.persistence == Persistence::Unlogged { "UNLOGGED " } else { "" };
        let mut sql = format!("CREATE {unlogged}SEQUENCE {}", self.object(id));
        if sequence.data_type != "int8" {
            let name = super::names::standard_name(sequence.data_type);
            sql.push_str(&format!(" AS {}", name.unwrap_or(sequence.data_type)));
        }
        for option in sequence_options(sequence) {
            sql.push(' ');
            sql.push_str(&option);
        }
        sql
    }

    /// A view or a materialized view, under the names that its columns have.
    pub(super) fn create_view(self, id: ObjectId, it: &Relation) -> Option<String> {
        let columns = it.columns.iter().map(|column| column.name.as_str());
        let columns = super::quote::idents(columns);
        let columns = if columns.is_empty() { columns } else { format!(" ({columns})") };
        let name = self.object(id);
        match &it.kind {
            RelationKind::View(view) => {
                let check = view
                    .check_option
                    .map_or_else(String::new, |option| format!("\nWITH {option} CHECK OPTION"));
                let options = options(&it.options);
                let query = self.text(&view.query);
                Some(format!("CREATE VIEW {name}{columns}{options} AS\n{query}{check}"))
            }
            RelationKind::MaterializedView { query, populated } => {
                let method = it.access_method.as_ref();
                let method = method.map_or_else(String::new, |it| format!(" USING {}", ident(it)));
                let options = options(&it.options);
                let query = self.text(query);
                let data = if *populated { "" } else { "\nWITH NO DATA" };
                Some(format!(
                    "CREATE MATERIALIZED VIEW {name}{columns}{method}{options} AS\n{query}{data}"
                ))
            }
            _ => None,
        }
    }
}

fn period(names: Names<'_>, table: ObjectId, columns: &[ColumnNumber]) -> String {
    match columns.split_last() {
        Some((last, [])) => format!("PERIOD {}", names.column(table, *last)),
        Some((last, rest)) => {
            format!("{}, PERIOD {}", names.columns(table, rest), names.column(table, *last))
        }
        None => String::new(),
    }
}

/// `WITH (…)`, if there is anything in it.
pub(crate) fn options(options: &[(String, String)]) -> String {
    if options.is_empty() {
        return String::new();
    }
    let all: Vec<String> =
        options.iter().map(|(name, value)| format!("{name}={}", option_value(value))).collect();
    format!(" WITH ({})", all.join(", "))
}

/// A value as it may stand in a list of options.
pub(super) fn option_value(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else {
        super::quote::literal(value)
    }
}

/// The options of a sequence that are not the default ones of its type.
fn sequence_options(it: &Sequence) -> Vec<String> {
    let limit = match it.data_type {
        "int2" => i64::from(i16::MAX),
        "int4" => i64::from(i32::MAX),
        _ => i64::MAX,
    };
    let (min, max) = if it.increment > 0 { (1, limit) } else { (-limit - 1, -1) };
    let start = if it.increment > 0 { it.min } else { it.max };
    let mut parts = Vec::new();
    if it.increment != 1 {
        parts.push(format!("INCREMENT BY {}", it.increment));
    }
    if it.min != min {
        parts.push(format!("MINVALUE {}", it.min));
    }
    if it.max != max {
        parts.push(format!("MAXVALUE {}", it.max));
    }
    if it.start != start {
        parts.push(format!("START WITH {}", it.start));
    }
    if it.cache != 1 {
        parts.push(format!("CACHE {}", it.cache));
    }
    if it.cycle {
        parts.push("CYCLE".to_owned());
    }
    parts
}
