//! Models that have the same name: which of them counts is not known.

use std::collections::BTreeMap;

use super::Conditional;
use crate::{ColumnType, EnumModel, Finding, Place, TableModel};

/// Says which names two models have.
pub(super) fn say(
    tables: &[Conditional<TableModel>],
    enums: &[Conditional<EnumModel>],
    findings: &mut Vec<Finding>,
) {
    let table = |it: &TableModel| (shown(it.schema.as_ref(), &it.name), it.place.clone());
    for (name, pair) in pairs(tables, table) {
        findings.push(pair.finding(&format!("the table `{name}` has two models")));
    }
    let ty = |it: &EnumModel| (shown(it.schema.as_ref(), &it.name), it.place.clone());
    for (name, pair) in pairs(enums, ty) {
        findings.push(pair.finding(&format!("the type `{name}` has two models")));
    }
    // A column says the name in Rust, without the module.
    for (name, pair) in pairs(enums, |it| (it.ident.clone(), it.place.clone())) {
        let is_used = |it: &Conditional<TableModel>| {
            let has = |ty: &ColumnType| matches!(ty, ColumnType::Model(it, _) if *it == name);
            it.model.columns.iter().any(|it| has(&it.ty))
        };
        if tables.iter().any(is_used) {
            findings.push(pair.finding(&format!("which `{name}` the columns mean is not known")));
        }
    }
}

fn shown(schema: Option<&String>, name: &str) -> String {
    schema.map_or_else(|| name.to_owned(), |schema| format!("{schema}.{name}"))
}

/// Two models of one name.
struct Pair<'c> {
    places: [Place; 2],
    conditions: [&'c [String]; 2],
}

impl Pair<'_> {
    fn finding(self, what: &str) -> Finding {
        let [first, second] = self.places;
        let mut message = format!("{what}; the other is at {first}");
        if self.conditions[0] != self.conditions[1] {
            let text = self.conditions.map(|it| match it {
                [] => "always".to_owned(),
                _ => format!("under `cfg({})`", it.join(", ")),
            });
            message.push_str(&format!(
                ", {}, and this one is there {}; models are read for all builds at once",
                text[0], text[1]
            ));
        }
        Finding { other: Some(first), ..Finding::error(second, message) }
    }
}

/// Each model that has the name of one before it, with that one.
fn pairs<M>(
    models: &[Conditional<M>],
    name: impl Fn(&M) -> (String, Place),
) -> Vec<(String, Pair<'_>)> {
    let mut firsts: BTreeMap<String, (Place, &[String])> = BTreeMap::new();
    let mut pairs = Vec::new();
    for it in models {
        let (name, place) = name(&it.model);
        match firsts.get(&name) {
            Some((first, conditions)) => {
                let places = [first.clone(), place];
                pairs.push((name, Pair { places, conditions: [conditions, &it.conditions] }));
            }
            None => drop(firsts.insert(name, (place, &it.conditions))),
        }
    }
    pairs
}
