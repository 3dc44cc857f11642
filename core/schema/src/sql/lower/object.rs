//! What is done alike to objects of any kind.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use super::types::is_type;
use crate::ast::{
    Comment, DependsOnExtension, Drop, Ident, Name, ObjectKind, ObjectRef, OperatorName, OwnerTo,
    Rename, SecurityLabel, SetSchema, Signature, Statement, StringConst, TypeName,
};

impl Lower {
    /// A reference to the object that a node names.
    pub(super) fn object(
        self,
        whole: &Node,
        kind: ObjectKind,
        name: &Node,
        signature: Signature,
    ) -> Result<ObjectRef> {
        let name = if name.kind() == K::LITERAL {
            Name::from(Ident::new(name.words(), self.range(name)))
        } else {
            self.name(name)?
        };
        Ok(ObjectRef { kind, name, signature, range: self.range(whole) })
    }

    /// A reference to the object that a child of a kind names.
    pub(super) fn object_in(self, node: &Node, kind: ObjectKind, name: K) -> Result<ObjectRef> {
        let name = self.need(node, name)?;
        self.object(&name, kind, &name, Signature::None)
    }

    /// A function, procedure, routine or aggregate with its parameters.
    pub(super) fn signature(self, node: &Node, kind: ObjectKind) -> Result<ObjectRef> {
        let name = node.any(&[
            K::FUNCTION_NAME_REF,
            K::PROCEDURE_NAME_REF,
            K::ROUTINE_NAME_REF,
            K::PATH_REF,
        ]);
        let name = self.found(node, name)?;
        let signature = match node.kid(K::PARAM_LIST) {
            Some(list) => Signature::Params {
                params: self.params(&list)?,
                star: list.has(K::STAR),
                ordered: self.opt(&list, K::AGGREGATE_ORDER_BY, Self::params)?.unwrap_or_default(),
            },
            None if kind == ObjectKind::Aggregate => return Err(self.missing(node)),
            None => Signature::None,
        };
        self.object(node, kind, &name, signature)
    }

    /// As [`Self::signature`], of a child.
    pub(super) fn function_ref(self, node: &Node, kind: ObjectKind) -> Result<ObjectRef> {
        let signature =
            node.any(&[K::FUNCTION_SIG, K::PROCEDURE_SIG, K::ROUTINE_SIG, K::AGGREGATE]);
        self.signature(&self.found(node, signature)?, kind)
    }

    /// The two types of a cast.
    pub(super) fn cast_types(self, node: &Node) -> Result<(TypeName, TypeName)> {
        let mut types = self.types(node)?.into_iter();
        match (types.next(), types.next()) {
            (Some(from), Some(to)) => Ok((from, to)),
            _ => Err(self.missing(node)),
        }
    }

    /// An operator with its operands, directly below a node.
    pub(super) fn operator_ref(self, node: &Node) -> Result<ObjectRef> {
        let symbol: OperatorName = self.operator_in(node)?;
        let operand = |it: &Node| -> Result<Option<TypeName>> {
            if it.words() == "none" { Ok(None) } else { self.type_name(it).map(Some) }
        };
        let written: Vec<Option<TypeName>> = node
            .children()
            .filter(|it| is_type(it.kind()))
            .map(|it| operand(&it))
            .collect::<Result<_>>()?;
        // `NONE` may also stand there as a mere token.
        let mut operands = written.into_iter().rev();
        let right = operands.next();
        let signature = Signature::Operands {
            left: operands.next().flatten(),
            right: self.found(node, right)?,
            symbol: symbol.clone(),
        };
        let name = Ident::new(symbol.symbol, symbol.range);
        let name =
            Name { qualifiers: symbol.schema.into_iter().collect(), range: symbol.range, name };
        Ok(ObjectRef { kind: ObjectKind::Operator, name, signature, range: self.range(node) })
    }

    /// An object after its kind: `TABLE t`, `TRIGGER a ON t`, `CAST (a AS b)`.
    pub(super) fn object_ref(self, node: &Node) -> Result<ObjectRef> {
        let plain = |kind: ObjectKind, name: K| self.object_in(node, kind, name);
        match node.kind() {
            K::OBJECT_ACCESS_METHOD => plain(ObjectKind::AccessMethod, K::ACCESS_METHOD_REF),
            K::OBJECT_AGGREGATE => self.function_ref(node, ObjectKind::Aggregate),
            K::OBJECT_CAST => self.cast_ref(&self.need(node, K::CAST_SIG)?),
            K::OBJECT_COLLATION => plain(ObjectKind::Collation, K::COLLATION_REF),
            K::OBJECT_COLUMN => plain(ObjectKind::Column, K::QUALIFIED_COLUMN_NAME_REF),
            K::OBJECT_CONSTRAINT => {
                let name = self.need(node, K::CONSTRAINT_NAME_REF)?;
                let (kind, on) = match node.kid(K::DOMAIN_REF) {
                    Some(domain) => (ObjectKind::DomainConstraint, domain),
                    None => (ObjectKind::Constraint, self.need(node, K::TABLE_NAME_REF)?),
                };
                self.object(node, kind, &name, Signature::On(self.name(&on)?))
            }
            K::OBJECT_CONVERSION => plain(ObjectKind::Conversion, K::CONVERSION_REF),
            K::OBJECT_DATABASE => plain(ObjectKind::Database, K::DATABASE_REF),
            K::OBJECT_DOMAIN => plain(ObjectKind::Domain, K::DOMAIN_REF),
            K::OBJECT_EVENT_TRIGGER => plain(ObjectKind::EventTrigger, K::EVENT_TRIGGER_REF),
            K::OBJECT_EXTENSION => plain(ObjectKind::Extension, K::EXTENSION_REF),
            K::OBJECT_FOREIGN_DATA_WRAPPER => {
                plain(ObjectKind::ForeignDataWrapper, K::FOREIGN_DATA_WRAPPER_REF)
            }
            K::OBJECT_FOREIGN_TABLE => plain(ObjectKind::ForeignTable, K::TABLE_NAME_REF),
            K::OBJECT_FUNCTION => self.function_ref(node, ObjectKind::Function),
            K::OBJECT_INDEX => plain(ObjectKind::Index, K::INDEX_REF),
            K::OBJECT_LANGUAGE => plain(ObjectKind::Language, K::LANGUAGE_REF),
            K::OBJECT_LARGE_OBJECT => plain(ObjectKind::LargeObject, K::LITERAL),
            K::OBJECT_MATERIALIZED_VIEW => plain(ObjectKind::MaterializedView, K::VIEW_REF),
            K::OBJECT_OPERATOR => self.operator_ref(node),
            K::OBJECT_OPERATOR_CLASS => {
                self.with_method(node, ObjectKind::OperatorClass, K::OP_CLASS_REF)
            }
            K::OBJECT_OPERATOR_FAMILY => {
                self.with_method(node, ObjectKind::OperatorFamily, K::OP_FAMILY_REF)
            }
            K::OBJECT_POLICY => self.on_table(node, ObjectKind::Policy, K::POLICY_REF),
            K::OBJECT_PROCEDURE => self.function_ref(node, ObjectKind::Procedure),
            K::OBJECT_PROPERTY_GRAPH => plain(ObjectKind::PropertyGraph, K::PROPERTY_GRAPH_REF),
            K::OBJECT_PUBLICATION => plain(ObjectKind::Publication, K::PUBLICATION_REF),
            K::OBJECT_ROLE => plain(ObjectKind::Role, K::ROLE_REF),
            K::OBJECT_ROUTINE => self.function_ref(node, ObjectKind::Routine),
            K::OBJECT_RULE => self.on_table(node, ObjectKind::Rule, K::RULE_REF),
            K::OBJECT_SCHEMA => plain(ObjectKind::Schema, K::SCHEMA_REF),
            K::OBJECT_SEQUENCE => plain(ObjectKind::Sequence, K::SEQUENCE_REF),
            K::OBJECT_SERVER => plain(ObjectKind::ForeignServer, K::SERVER_REF),
            K::OBJECT_STATISTICS => plain(ObjectKind::Statistics, K::STATISTICS_REF),
            K::OBJECT_SUBSCRIPTION => plain(ObjectKind::Subscription, K::SUBSCRIPTION_REF),
            K::OBJECT_TABLE => plain(ObjectKind::Table, K::TABLE_NAME_REF),
            K::OBJECT_TABLESPACE => plain(ObjectKind::Tablespace, K::TABLESPACE_REF),
            K::OBJECT_TEXT_SEARCH_CONFIG => {
                plain(ObjectKind::TextSearchConfiguration, K::TEXT_SEARCH_CONFIGURATION_REF)
            }
            K::OBJECT_TEXT_SEARCH_DICT => {
                plain(ObjectKind::TextSearchDictionary, K::TEXT_SEARCH_DICTIONARY_REF)
            }
            K::OBJECT_TEXT_SEARCH_PARSER => {
                plain(ObjectKind::TextSearchParser, K::TEXT_SEARCH_PARSER_REF)
            }
            K::OBJECT_TEXT_SEARCH_TEMPLATE => {
                plain(ObjectKind::TextSearchTemplate, K::TEXT_SEARCH_TEMPLATE_REF)
            }
            K::OBJECT_TRANSFORM => self.transform_ref(node),
            K::OBJECT_TRIGGER => self.on_table(node, ObjectKind::Trigger, K::TRIGGER_REF),
            K::OBJECT_TYPE => plain(ObjectKind::Type, K::TYPE_NAME_REF),
            K::OBJECT_VIEW => plain(ObjectKind::View, K::VIEW_REF),
            _ => Err(self.unexpected_node(node)),
        }
    }

    fn cast_ref(self, node: &Node) -> Result<ObjectRef> {
        let (from, to) = self.cast_types(node)?;
        Ok(ObjectRef {
            kind: ObjectKind::Cast,
            name: from.name.clone(),
            signature: Signature::Types { from, to },
            range: self.range(node),
        })
    }

    fn transform_ref(self, node: &Node) -> Result<ObjectRef> {
        let ty = self.type_in(node)?;
        Ok(ObjectRef {
            kind: ObjectKind::Transform,
            name: ty.name.clone(),
            signature: Signature::Language { ty, language: self.ident_in(node, K::LANGUAGE_REF)? },
            range: self.range(node),
        })
    }

    /// An operator class or family, with its access method.
    pub(super) fn with_method(self, node: &Node, kind: ObjectKind, name: K) -> Result<ObjectRef> {
        let method = self.using_method(node)?;
        let signature = Signature::AccessMethod(self.found(node, method)?);
        self.object(node, kind, &self.need(node, name)?, signature)
    }

    /// A trigger, rule or policy, with the relation that it is on.
    pub(super) fn on_table(self, node: &Node, kind: ObjectKind, name: K) -> Result<ObjectRef> {
        let name = self.need(node, name)?;
        let on = match node.any(&[K::RELATION_NAME_REF, K::TABLE_NAME_REF]) {
            Some(relation) => self.name(&relation)?,
            None => self.on_relation(node)?,
        };
        self.object(&name, kind, &name, Signature::On(on))
    }

    // DROP.

    /// `DROP` of objects that have nothing but names.
    pub(super) fn drop(self, node: &Node, kind: ObjectKind, name: K) -> Result<Statement> {
        let objects = self.some(node, name, |it, name| {
            if name.kind() == K::AGGREGATE {
                return it.signature(name, kind);
            }
            it.object(name, kind, name, Signature::None)
        })?;
        Ok(drop_of(node, kind, objects))
    }

    /// `DROP FUNCTION`, `PROCEDURE`, `ROUTINE`, `OPERATOR`: a list in a node of its own.
    pub(super) fn drop_listed(self, node: &Node, kind: ObjectKind, list: K) -> Result<Statement> {
        let list = self.need(node, list)?;
        let objects: Vec<ObjectRef> = list
            .children()
            .map(|it| match kind {
                ObjectKind::Operator => self.operator_ref(&it),
                _ => self.signature(&it, kind),
            })
            .collect::<Result<_>>()?;
        if objects.is_empty() {
            return Err(self.missing(node));
        }
        Ok(drop_of(node, kind, objects))
    }

    /// `DROP` of one object that is described by the statement itself.
    pub(super) fn drop_one(self, node: &Node, kind: ObjectKind) -> Result<Statement> {
        let object = match kind {
            ObjectKind::Cast => self.cast_ref(&self.need(node, K::CAST_SIG)?)?,
            ObjectKind::Transform => self.transform_ref(node)?,
            ObjectKind::OperatorClass => self.with_method(node, kind, K::OP_CLASS_REF)?,
            ObjectKind::OperatorFamily => self.with_method(node, kind, K::OP_FAMILY_REF)?,
            ObjectKind::Trigger => self.on_table(node, kind, K::TRIGGER_REF)?,
            ObjectKind::Rule => self.on_table(node, kind, K::RULE_REF)?,
            _ => self.on_table(node, kind, K::POLICY_REF)?,
        };
        Ok(drop_of(node, kind, vec![object]))
    }

    // ALTER: what all kinds share.

    /// `RENAME TO`, `SET SCHEMA`, `OWNER TO`, `DEPENDS ON EXTENSION`; none where the statement
    /// is something else.
    pub(super) fn alter_object(self, node: &Node, object: ObjectRef) -> Result<Option<Statement>> {
        let if_exists = node.has(K::IF_EXISTS);
        for action in node.children() {
            let found = match action.kind() {
                K::OWNER_TO => {
                    let owner = self.role(&self.need(&action, K::ROLE_REF)?)?;
                    Statement::OwnerTo(OwnerTo { object, owner })
                }
                K::SET_SCHEMA => {
                    let schema = self.ident_in(&action, K::SCHEMA_REF)?;
                    Statement::SetSchema(SetSchema { object, if_exists, schema })
                }
                K::DEPENDS_ON_EXTENSION | K::NO_DEPENDS_ON_EXTENSION => {
                    Statement::DependsOnExtension(DependsOnExtension {
                        object,
                        extension: self.ident_in(&action, K::EXTENSION_REF)?,
                        depends: action.kind() == K::DEPENDS_ON_EXTENSION,
                    })
                }
                kind if is_rename(kind) => {
                    let to = self.found(&action, action.first_child())?;
                    let mut names = self.idents(&to).into_iter();
                    let (name, more) = (names.next(), names.next());
                    if more.is_some() {
                        let dot = to.tokens().find(|it| it.kind() == K::DOT);
                        return Err(
                            dot.map_or_else(|| self.missing(&to), |dot| self.unexpected(&dot))
                        );
                    }
                    Statement::Rename(Rename {
                        object,
                        relation: None,
                        if_exists,
                        only: is_only(node),
                        to: self.found(&to, name)?,
                        cascade: false,
                    })
                }
                _ => continue,
            };
            return Ok(Some(found));
        }
        Ok(None)
    }

    /// As [`Self::alter_object`], where there is nothing else that the statement could be.
    pub(super) fn alter_only(self, node: &Node, object: ObjectRef) -> Result<Statement> {
        let found = self.alter_object(node, object)?;
        self.found(node, found)
    }

    /// `RENAME COLUMN` and `RENAME CONSTRAINT` of a relation.
    pub(super) fn rename_part(
        self,
        node: &Node,
        relation: ObjectKind,
        table: &Name,
    ) -> Result<Option<Statement>> {
        let (action, kind, from, to) = if let Some(action) = node.kid(K::RENAME_COLUMN) {
            (action, ObjectKind::Column, K::COLUMN_NAME_REF, K::COLUMN_NAME)
        } else if let Some(action) = node.kid(K::RENAME_CONSTRAINT) {
            (action, ObjectKind::Constraint, K::CONSTRAINT_NAME_REF, K::CONSTRAINT_NAME)
        } else {
            return Ok(None);
        };
        let from = self.ident_in(&action, from)?;
        let range = from.range;
        let (name, signature) = if kind == ObjectKind::Column {
            let mut qualifiers = table.qualifiers.clone();
            qualifiers.push(table.name.clone());
            (Name { qualifiers, name: from, range }, Signature::None)
        } else {
            (Name::from(from), Signature::On(table.clone()))
        };
        Ok(Some(Statement::Rename(Rename {
            object: ObjectRef { kind, name, signature, range },
            relation: Some(relation),
            if_exists: node.has(K::IF_EXISTS),
            only: is_only(node),
            to: self.ident_in(&action, to)?,
            cascade: false,
        })))
    }

    // COMMENT and SECURITY LABEL.

    pub(super) fn comment(self, node: &Node) -> Result<Comment> {
        let object = self.described(node)?;
        Ok(Comment { object, text: self.text_or_null(node)? })
    }

    pub(super) fn security_label(self, node: &Node) -> Result<SecurityLabel> {
        Ok(SecurityLabel {
            object: self.described(node)?,
            provider: self.opt(node, K::FOR_PROVIDER, |it, provider| {
                it.word_or_string(provider, K::SECURITY_LABEL_PROVIDER)
            })?,
            label: self.text_or_null(node)?,
        })
    }

    fn described(self, node: &Node) -> Result<ObjectRef> {
        let object = node.children().find(|it| !matches!(it.kind(), K::LITERAL | K::FOR_PROVIDER));
        self.object_ref(&self.found(node, object)?)
    }

    fn text_or_null(self, node: &Node) -> Result<Option<StringConst>> {
        let text = node.kids(K::LITERAL).last();
        match text {
            Some(text) => self.string(&text).map(Some),
            None if node.has(K::NULL_KW) => Ok(None),
            None => Err(self.missing(node)),
        }
    }
}

fn drop_of(node: &Node, kind: ObjectKind, objects: Vec<ObjectRef>) -> Statement {
    Statement::Drop(Drop {
        kind,
        objects,
        if_exists: node.has(K::IF_EXISTS),
        cascade: node.has(K::CASCADE),
        concurrently: node.has(K::CONCURRENTLY_KW),
    })
}

fn is_only(node: &Node) -> bool {
    node.kid(K::TABLE_RELATION_NAME).is_some_and(|it| it.has(K::ONLY_KW))
}

fn is_rename(kind: K) -> bool {
    matches!(
        kind,
        K::AGGREGATE_RENAME_TO
            | K::COLLATION_RENAME_TO
            | K::CONVERSION_RENAME_TO
            | K::DATABASE_RENAME_TO
            | K::DOMAIN_RENAME_TO
            | K::EVENT_TRIGGER_RENAME_TO
            | K::FOREIGN_DATA_WRAPPER_RENAME_TO
            | K::FUNCTION_RENAME_TO
            | K::INDEX_RENAME_TO
            | K::LANGUAGE_RENAME_TO
            | K::OP_CLASS_RENAME_TO
            | K::OP_FAMILY_RENAME_TO
            | K::POLICY_RENAME_TO
            | K::PROCEDURE_RENAME_TO
            | K::PROPERTY_GRAPH_RENAME_TO
            | K::PUBLICATION_RENAME_TO
            | K::ROLE_RENAME_TO
            | K::ROUTINE_RENAME_TO
            | K::RULE_RENAME_TO
            | K::SCHEMA_RENAME_TO
            | K::SEQUENCE_RENAME_TO
            | K::SERVER_RENAME_TO
            | K::STATISTICS_RENAME_TO
            | K::SUBSCRIPTION_RENAME_TO
            | K::TABLE_RENAME_TO
            | K::TABLESPACE_RENAME_TO
            | K::TEXT_SEARCH_CONFIGURATION_RENAME_TO
            | K::TEXT_SEARCH_DICTIONARY_RENAME_TO
            | K::TEXT_SEARCH_PARSER_RENAME_TO
            | K::TEXT_SEARCH_TEMPLATE_RENAME_TO
            | K::TRIGGER_RENAME_TO
            | K::TYPE_RENAME_TO
            | K::VIEW_RENAME_TO
    )
}
