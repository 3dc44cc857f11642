//! Literals that name an object: `'s.t'::regclass`, `'english'::regconfig`.
//!
//! Source: PostgreSQL manual, "Object Identifier Types".

use crate::Code;
use crate::analyze::Analyzer;
use crate::ast::{Ident, Name, ObjectKind, TextRange};
use crate::builtin::TextSearch;
use crate::catalog::{BaseType, Hole, Lookup, NameSpace, RelationHit, SchemaRef, TypeRef};
use crate::replay::{Outcome, Refusal};

impl Analyzer<'_> {
    /// Finds the object that a literal names, and binds it.
    pub(super) fn object_name(&mut self, ty: TypeRef, text: &str, range: TextRange) -> Outcome {
        let BaseType::Known(known) = ty.base else { return Ok(()) };
        if text == "-" || text.bytes().all(|it| it.is_ascii_digit()) {
            return Ok(());
        }
        let Some(name) = qualified(text, range) else { return Ok(()) };
        let catalog = self.catalog;
        if name.qualifiers.len() > 1 {
            return Ok(());
        }
        if let Some(schema) = name.schema()
            && catalog.schema(&schema.text).is_missing()
        {
            return match known.name {
                "regclass" | "regproc" | "regconfig" => {
                    crate::replay::no_schema(catalog, schema).stop()
                }
                _ => Ok(()),
            };
        }
        match known.name {
            "regclass" => match catalog.find_relation(&name) {
                Lookup::Found(RelationHit::Own(id)) => self.bind(range, Hole::Literal(id)),
                Lookup::Found(RelationHit::Known(..)) | Lookup::Unknown => {}
                Lookup::Missing => return crate::replay::no_relation(catalog, &name).stop(),
            },
            "regtype" => {
                if let Lookup::Found(TypeRef { base: BaseType::Own(id), array: false }) =
                    catalog.find_type(&name)
                {
                    self.bind(range, Hole::Literal(id));
                }
            }
            "regproc" => return self.function_name(&name, range),
            "regconfig" => return self.configuration(&name, range),
            "regnamespace" if name.qualifiers.is_empty() => match catalog.schema(&name.name.text) {
                Lookup::Found(SchemaRef::Own(id)) => self.bind(range, Hole::Literal(id)),
                Lookup::Found(_) | Lookup::Unknown => {}
                Lookup::Missing => return crate::replay::no_schema(catalog, &name.name).stop(),
            },
            _ => {}
        }
        Ok(())
    }

    fn function_name(&mut self, name: &Name, range: TextRange) -> Outcome {
        let catalog = self.catalog;
        let text = name.name.text.as_str();
        let mut own = Vec::new();
        let mut known = false;
        for schema in catalog.schemas_of(name).found().unwrap_or_default() {
            match schema {
                SchemaRef::Own(id) => {
                    own.extend(catalog.named(NameSpace::Function, Some(id), text));
                    known |= catalog
                        .extensions_in(id)
                        .any(|it| it.objects.functions(text).next().is_some());
                }
                SchemaRef::Catalog => {
                    known |= catalog.builtin().objects().functions(text).next().is_some();
                }
                SchemaRef::InformationSchema => known = true,
            }
        }
        match own[..] {
            [id] if !known => self.bind(range, Hole::Literal(id)),
            [] if !known && catalog.missing_routine::<()>(text).is_missing() => {
                let message = format!("function \"{}\" does not exist", crate::replay::plain(name));
                return Refusal::new(Code::UndefinedFunction, message).at(range).stop();
            }
            _ => {}
        }
        Ok(())
    }

    fn configuration(&mut self, name: &Name, range: TextRange) -> Outcome {
        let catalog = self.catalog;
        let text = name.name.text.as_str();
        let space = NameSpace::Other(ObjectKind::TextSearchConfiguration);
        for schema in catalog.schemas_of(name).found().unwrap_or_default() {
            if let SchemaRef::Own(id) = schema
                && let Some(own) = catalog.named(space, Some(id), text).first()
            {
                self.bind(range, Hole::Literal(*own));
                return Ok(());
            }
        }
        let there = catalog.builtin().objects().has_text_search(TextSearch::Configuration, text);
        if there || !catalog.missing_routine::<()>(text).is_missing() {
            return Ok(());
        }
        let plain = crate::replay::plain(name);
        let message = format!("text search configuration \"{plain}\" does not exist");
        Refusal::new(Code::UndefinedObject, message).at(range).stop()
    }
}

/// Whether a literal of a type names an object.
pub(super) fn names_object(ty: TypeRef) -> bool {
    let BaseType::Known(known) = ty.base else { return false };
    !ty.array
        && matches!(
            known.name,
            "regclass"
                | "regtype"
                | "regproc"
                | "regconfig"
                | "regnamespace"
                | "regprocedure"
                | "regrole"
                | "regoper"
                | "regoperator"
                | "regdictionary"
                | "regcollation"
        )
}

/// The name that a string has, with its schema; none where it is no plain name.
fn qualified(text: &str, range: TextRange) -> Option<Name> {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = text.trim();
    loop {
        let (part, after) = if let Some(quoted) = rest.strip_prefix('"') {
            let mut part = String::new();
            let mut chars = quoted.chars();
            loop {
                match chars.next()? {
                    '"' if chars.as_str().starts_with('"') => {
                        part.extend(chars.next());
                    }
                    '"' => break,
                    c => part.push(c),
                }
            }
            (part, chars.as_str())
        } else {
            let word = |c: char| c == '_' || c == '$' || c.is_ascii_alphanumeric() || !c.is_ascii();
            let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            (part.to_ascii_lowercase(), after)
        };
        if part.is_empty() {
            return None;
        }
        parts.push(part);
        match after.strip_prefix('.') {
            Some(after) => rest = after,
            None if after.is_empty() => break,
            None => return None,
        }
    }
    let name = Ident::new(parts.pop()?, range);
    let qualifiers = parts.into_iter().map(|it| Ident::new(it, range)).collect();
    Some(Name { qualifiers, name, range })
}
