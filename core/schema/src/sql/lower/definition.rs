//! Objects made from a list of options, and schemas, databases, tablespaces, statistics.

use squawk_syntax::{SyntaxElement, SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use super::types::is_type;
use crate::ast::{
    AlterDatabase, AlterDatabaseAction, AlterStatistics, AlterTablespace, AlterTextSearchAction,
    CollationDefinition, CreateCollation, CreateConversion, CreateDatabase, CreateSchema,
    CreateStatistics, CreateTablespace, CreateTextSearch, DatabaseOption, DefElem, DefValue, Name,
    ObjectKind,
};

impl Lower {
    /// The options in parentheses below a node; none where there are no parentheses.
    pub(super) fn definition(self, node: &Node) -> Result<Vec<DefElem>> {
        match node.kid(K::ATTRIBUTE_LIST) {
            Some(list) => self.def_elems(&list),
            None => Ok(Vec::new()),
        }
    }

    /// As [`Self::definition`], where there must be a list.
    pub(super) fn need_definition(self, node: &Node) -> Result<Vec<DefElem>> {
        self.def_elems(&self.need(node, K::ATTRIBUTE_LIST)?)
    }

    fn def_elems(self, list: &Node) -> Result<Vec<DefElem>> {
        let all = self.each(list, K::ATTRIBUTE_OPTION, |it, option| {
            let value = it.opt(option, K::ATTRIBUTE_VALUE, Self::def_value)?;
            if value.is_none() && option.has(K::EQ) {
                return Err(it.missing(option));
            }
            Ok(DefElem {
                namespace: it.opt(option, K::ATTRIBUTE_NAMESPACE, Self::ident)?,
                name: it.ident_in(option, K::ATTRIBUTE_NAME)?,
                value,
            })
        })?;
        if all.is_empty() {
            let end = list.last_token();
            return Err(end.map_or_else(|| self.missing(list), |end| self.unexpected(&end)));
        }
        Ok(all)
    }

    fn def_value(self, node: &Node) -> Result<DefValue> {
        let part = self.found(node, node.solid().next())?;
        Ok(match &part {
            SyntaxElement::Node(it) if is_type(it.kind()) => DefValue::Type(self.type_name(it)?),
            SyntaxElement::Node(it) if it.kind() == K::PREFIX_EXPR => {
                DefValue::Number(it.words().replace(' ', ""))
            }
            SyntaxElement::Node(it) if it.kind() == K::LITERAL => {
                match it.tokens().next().map(|it| it.kind()) {
                    Some(K::INT_NUMBER | K::NUMERIC_NUMBER) => DefValue::Number(it.words()),
                    Some(
                        K::TRUE_KW
                        | K::FALSE_KW
                        | K::NULL_KW
                        | K::DEFAULT_KW
                        | K::ON_KW
                        | K::OFF_KW,
                    ) => DefValue::Keyword(it.words()),
                    _ => DefValue::String(self.string(it)?),
                }
            }
            SyntaxElement::Node(it) if matches!(it.kind(), K::OPERATOR_CALL | K::CUSTOM_OP) => {
                DefValue::Operator(self.operator_name(&part))
            }
            SyntaxElement::Token(it) if it.text().starts_with(char::is_alphabetic) => {
                DefValue::Keyword(it.text().to_lowercase())
            }
            SyntaxElement::Token(_) => DefValue::Operator(self.operator_name(&part)),
            SyntaxElement::Node(it) => DefValue::Keyword(it.words()),
        })
    }

    pub(super) fn create_schema(self, node: &Node) -> Result<CreateSchema> {
        let (name, owner) = if let Some(named) = node.kid(K::NAMED_SCHEMA) {
            (Some(self.ident_in(&named, K::SCHEMA)?), self.opt(&named, K::ROLE_REF, Self::role)?)
        } else {
            let target = self.need(node, K::AUTHORIZATION_SCHEMA)?;
            (None, Some(self.role(&self.need(&target, K::ROLE)?)?))
        };
        let elements = node.children().filter(|it| {
            !matches!(it.kind(), K::NAMED_SCHEMA | K::AUTHORIZATION_SCHEMA | K::IF_NOT_EXISTS)
        });
        Ok(CreateSchema {
            name,
            if_not_exists: node.has(K::IF_NOT_EXISTS),
            owner,
            elements: elements.map(|it| self.statement(&it)).collect::<Result<_>>()?,
        })
    }

    pub(super) fn create_database(self, node: &Node) -> Result<CreateDatabase> {
        Ok(CreateDatabase {
            name: self.ident_in(node, K::DATABASE)?,
            options: self
                .opt(node, K::DATABASE_OPTION_LIST, Self::database_options)?
                .unwrap_or_default(),
        })
    }

    fn database_options(self, list: &Node) -> Result<Vec<DatabaseOption>> {
        list.children()
            .map(|option| {
                let value = option.last_child();
                let end = value.as_ref().map(|it| it.text_range().start());
                let name: Vec<String> = option
                    .tokens()
                    .filter(|it| it.kind() != K::EQ && it.kind() != K::DEFAULT_KW)
                    .filter(|it| end.is_none_or(|end| it.text_range().end() <= end))
                    .map(|it| it.text().to_lowercase())
                    .collect();
                if value.is_none() && !option.has(K::DEFAULT_KW) {
                    return Err(self.missing(&option));
                }
                Ok(DatabaseOption {
                    name: name.join(" "),
                    value: value.map(|it| it.text().to_string()),
                })
            })
            .collect()
    }

    pub(super) fn alter_database(self, node: &Node) -> Result<AlterDatabase> {
        let action = if let Some(options) = node.kid(K::DATABASE_OPTION_LIST) {
            AlterDatabaseAction::Options(self.database_options(&options)?)
        } else if let Some(set) = node.kid(K::SET_TABLESPACE) {
            AlterDatabaseAction::SetTablespace(self.ident_in(&set, K::TABLESPACE_REF)?)
        } else if let Some(set) = node.kid(K::SET_CONFIG_PARAM) {
            AlterDatabaseAction::Set(self.set_parameter(&set)?)
        } else if let Some(reset) = node.kid(K::RESET_CONFIG_PARAM) {
            AlterDatabaseAction::Reset(self.reset_parameter(&reset)?)
        } else {
            self.need(node, K::REFRESH_COLLATION_VERSION)?;
            AlterDatabaseAction::RefreshCollationVersion
        };
        Ok(AlterDatabase { name: self.ident_in(node, K::DATABASE_REF)?, action })
    }

    pub(super) fn create_tablespace(self, node: &Node) -> Result<CreateTablespace> {
        Ok(CreateTablespace {
            name: self.ident_in(node, K::TABLESPACE)?,
            owner: self.opt(node, K::TABLESPACE_OWNER, |it, owner| {
                it.role(&it.need(owner, K::ROLE_REF)?)
            })?,
            location: self.string_in(node)?,
            with: self.with_params(node)?,
        })
    }

    /// `WITH (…)`.
    pub(super) fn with_params(self, node: &Node) -> Result<Vec<DefElem>> {
        match node.kid(K::WITH_PARAMS) {
            Some(with) => self.need_definition(&with),
            None => Ok(Vec::new()),
        }
    }

    pub(super) fn alter_tablespace(self, node: &Node) -> Result<AlterTablespace> {
        let action = self.found(node, node.any(&[K::SET_OPTIONS, K::RESET_OPTIONS]))?;
        Ok(AlterTablespace {
            name: self.ident_in(node, K::TABLESPACE_REF)?,
            set: action.kind() == K::SET_OPTIONS,
            options: self.need_definition(&action)?,
        })
    }

    pub(super) fn create_collation(self, node: &Node) -> Result<CreateCollation> {
        let definition = match node.kid(K::COLLATION_FROM) {
            Some(from) => CollationDefinition::From(self.name_in(&from, K::COLLATION_REF)?),
            None => CollationDefinition::Options(self.need_definition(node)?),
        };
        Ok(CreateCollation {
            name: self.name_in(node, K::COLLATION)?,
            if_not_exists: node.has(K::IF_NOT_EXISTS),
            definition,
        })
    }

    pub(super) fn create_conversion(self, node: &Node) -> Result<CreateConversion> {
        let mut ends = self.each(node, K::LITERAL, Self::string)?.into_iter();
        let (Some(from), Some(to)) = (ends.next(), ends.next()) else {
            return Err(self.missing(node));
        };
        Ok(CreateConversion {
            name: self.name_in(node, K::CONVERSION)?,
            default: node.has(K::DEFAULT_KW),
            from,
            to,
            function: self.name_in(node, K::FUNCTION_NAME_REF)?,
        })
    }

    pub(super) fn create_text_search(
        self,
        node: &Node,
        kind: ObjectKind,
        name: K,
    ) -> Result<CreateTextSearch> {
        Ok(CreateTextSearch {
            kind,
            name: self.name_in(node, name)?,
            options: self.need_definition(node)?,
        })
    }

    pub(super) fn alter_text_search(self, node: &Node) -> Result<AlterTextSearchAction> {
        let Some(mapping) = node.any(&[K::ADD_MAPPING, K::ALTER_MAPPING, K::DROP_MAPPING]) else {
            return self.need_definition(node).map(AlterTextSearchAction::Options);
        };
        let tokens = self.each(&mapping, K::TEXT_SEARCH_TOKEN_KIND, Self::ident)?;
        let dictionaries = |it: Self| -> Result<Vec<Name>> {
            it.some(&mapping, K::TEXT_SEARCH_DICTIONARY_REF, Self::name)
        };
        Ok(match mapping.kind() {
            K::ADD_MAPPING => {
                AlterTextSearchAction::AddMapping { tokens, dictionaries: dictionaries(self)? }
            }
            K::DROP_MAPPING => {
                AlterTextSearchAction::DropMapping { tokens, if_exists: mapping.has(K::IF_EXISTS) }
            }
            _ => match mapping.kid(K::REPLACE_DICTIONARY) {
                Some(replace) => {
                    let mut names =
                        self.each(&replace, K::TEXT_SEARCH_DICTIONARY_REF, Self::name)?.into_iter();
                    let (Some(from), Some(to)) = (names.next(), names.next()) else {
                        return Err(self.missing(&replace));
                    };
                    AlterTextSearchAction::ReplaceDictionary { tokens, from, to }
                }
                None => AlterTextSearchAction::AlterMapping {
                    tokens,
                    dictionaries: dictionaries(self)?,
                },
            },
        })
    }

    pub(super) fn create_statistics(self, node: &Node) -> Result<CreateStatistics> {
        let from = self.need(node, K::FROM_TABLE)?;
        let on = self.need(node, K::STATISTICS_ON_CLAUSE)?;
        Ok(CreateStatistics {
            name: self.opt(node, K::STATISTICS, Self::name)?,
            if_not_exists: node.has(K::IF_NOT_EXISTS),
            kinds: match node.kid(K::STAT_TYPES) {
                Some(kinds) => self.each(&kinds, K::STATISTICS_KIND, Self::ident)?,
                None => Vec::new(),
            },
            exprs: self.exprs(&on)?,
            table: self.name_in(&from, K::TABLE_NAME_REF)?,
        })
    }

    pub(super) fn alter_statistics(self, node: &Node) -> Result<AlterStatistics> {
        let set = self.need(node, K::SET_STATISTICS)?;
        Ok(AlterStatistics {
            name: self.name_in(node, K::STATISTICS_REF)?,
            target: self.statistics_target(&set)?,
        })
    }

    /// `SET STATISTICS n`; none for `DEFAULT`.
    pub(super) fn statistics_target(self, set: &Node) -> Result<Option<crate::ast::Expr>> {
        if set.has(K::DEFAULT_KW) { Ok(None) } else { self.expr_in(set).map(Some) }
    }
}
