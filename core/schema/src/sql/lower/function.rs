//! Functions, procedures and aggregates.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use super::types::is_type;
use crate::ast::{
    AggregateParams, AtomicStatement, Call, CreateAggregate, CreateFunction, CreateLanguage, Do,
    FuncBody, FuncOption, FuncParam, Ident, Name, ParamMode, Returns, StringConst, Volatility,
};

impl Lower {
    /// `CREATE FUNCTION` and `CREATE PROCEDURE`.
    pub(super) fn create_function(self, node: &Node) -> Result<CreateFunction> {
        let procedure = node.kind() == K::CREATE_PROCEDURE;
        let name = if procedure { K::PROCEDURE_NAME } else { K::FUNCTION_NAME };
        let list = node.kid(K::FUNC_OPTION_LIST);
        let options = match &list {
            Some(list) => self.func_options(list)?,
            None => Vec::new(),
        };
        let source = list.and_then(|it| it.kid(K::AS_FUNC_OPTION));
        let body = match source {
            Some(source) => Some(self.source(&source)?),
            None => self.sql_body(node)?,
        };
        Ok(CreateFunction {
            name: self.name_in(node, name)?,
            procedure,
            or_replace: node.has(K::OR_REPLACE),
            params: self.params(&self.need(node, K::PARAM_LIST)?)?,
            returns: self.opt(node, K::RET_TYPE, Self::returns)?,
            options,
            body,
        })
    }

    /// The parameters of a list, without those after `ORDER BY`.
    pub(super) fn params(self, list: &Node) -> Result<Vec<FuncParam>> {
        self.each(list, K::PARAM, |it, param| {
            let mode = if param.has(K::PARAM_OUT) {
                ParamMode::Out
            } else if param.has(K::PARAM_IN_OUT) {
                ParamMode::InOut
            } else if param.has(K::PARAM_VARIADIC) {
                ParamMode::Variadic
            } else {
                ParamMode::In
            };
            Ok(FuncParam {
                mode,
                name: it.opt(param, K::PARAM_NAME, Self::ident)?,
                ty: it.type_in(param)?,
                default: it.expr_of(param, K::PARAM_DEFAULT)?,
            })
        })
    }

    fn returns(self, node: &Node) -> Result<Returns> {
        if !node.has(K::TABLE_KW) {
            return Ok(Returns::Type(self.type_in(node)?));
        }
        let list = self.need(node, K::RETURN_TABLE_ARG_LIST)?;
        Ok(Returns::Table(self.some(&list, K::RETURN_TABLE_COLUMN, |it, column| {
            Ok((it.ident_in(column, K::COLUMN_NAME)?, it.type_in(column)?))
        })?))
    }

    fn source(self, node: &Node) -> Result<FuncBody> {
        if let Some(library) = node.kid(K::AS_OBJ_FILE) {
            let mut parts = self.each(&library, K::LITERAL, Self::string)?.into_iter();
            let (Some(file), Some(symbol)) = (parts.next(), parts.next()) else {
                return Err(self.missing(&library));
            };
            return Ok(FuncBody::Library { file, symbol });
        }
        Ok(FuncBody::Source(self.string_in(&self.need(node, K::AS_DEFINITION)?)?))
    }

    fn sql_body(self, node: &Node) -> Result<Option<FuncBody>> {
        if let Some(value) = node.kid(K::RETURN_STMT) {
            return Ok(Some(FuncBody::Return(self.expr_in(&value)?)));
        }
        let Some(body) = node.kid(K::ATOMIC_BODY) else { return Ok(None) };
        let statements = body.children().filter(|it| it.kind() != K::EMPTY_STMT).map(|it| {
            Ok(if it.kind() == K::RETURN_STMT {
                AtomicStatement::Return(self.expr_in(&it)?)
            } else {
                AtomicStatement::Statement(self.statement(&it)?)
            })
        });
        Ok(Some(FuncBody::Atomic(statements.collect::<Result<_>>()?)))
    }

    /// The options of a list, without the body.
    pub(super) fn func_options(self, list: &Node) -> Result<Vec<FuncOption>> {
        list.children().filter_map(|it| self.func_option(&it).transpose()).collect()
    }

    fn func_option(self, node: &Node) -> Result<Option<FuncOption>> {
        Ok(Some(match node.kind() {
            K::LANGUAGE_FUNC_OPTION => FuncOption::Language(self.language(node)?),
            K::TRANSFORM_FUNC_OPTION => {
                FuncOption::Transform(self.some(node, K::TRANSFORM_FOR_TYPE, Self::type_in)?)
            }
            K::WINDOW_FUNC_OPTION => FuncOption::Window,
            K::IMMUTABLE => FuncOption::Volatility(Volatility::Immutable),
            K::STABLE => FuncOption::Volatility(Volatility::Stable),
            K::VOLATILE => FuncOption::Volatility(Volatility::Volatile),
            K::LEAKPROOF_FUNC_OPTION => FuncOption::Leakproof(true),
            K::NOT_LEAKPROOF_FUNC_OPTION => FuncOption::Leakproof(false),
            K::STRICT_FUNC_OPTION | K::RETURNS_NULL_ON_NULL_INPUT_FUNC_OPTION => {
                FuncOption::Strict(true)
            }
            K::CALLED_ON_NULL_INPUT_FUNC_OPTION => FuncOption::Strict(false),
            K::SECURITY_DEFINER_FUNC_OPTION => FuncOption::SecurityDefiner(true),
            K::SECURITY_INVOKER_FUNC_OPTION => FuncOption::SecurityDefiner(false),
            K::PARALLEL_FUNC_OPTION => FuncOption::Parallel(self.ident(node)?),
            K::COST_FUNC_OPTION => FuncOption::Cost(self.expr_in(node)?),
            K::ROWS_FUNC_OPTION => FuncOption::Rows(self.expr_in(node)?),
            K::SUPPORT_FUNC_OPTION => {
                FuncOption::Support(self.name_in(node, K::FUNCTION_NAME_REF)?)
            }
            K::SET_FUNC_OPTION => {
                FuncOption::Set(self.set_parameter(&self.need(node, K::SET_CONFIG_PARAM)?)?)
            }
            K::RESET_FUNC_OPTION => FuncOption::Reset(self.reset_parameter(node)?),
            _ => return Ok(None),
        }))
    }

    /// A language, by name or in quotes.
    pub(super) fn language(self, node: &Node) -> Result<Ident> {
        self.word_or_string(node, K::LANGUAGE_REF)
    }

    /// A word that may also be written as a string.
    pub(super) fn word_or_string(self, node: &Node, word: K) -> Result<Ident> {
        match node.kid(K::LITERAL) {
            Some(literal) => {
                let StringConst { value, range, .. } = self.string(&literal)?;
                Ok(Ident::new(value, range))
            }
            None => self.ident_in(node, word),
        }
    }

    pub(super) fn create_aggregate(self, node: &Node) -> Result<CreateAggregate> {
        Ok(CreateAggregate {
            name: self.name_in(node, K::AGGREGATE_NAME)?,
            or_replace: node.has(K::OR_REPLACE),
            params: self.opt(node, K::PARAM_LIST, |it, list| {
                Ok(AggregateParams {
                    star: list.has(K::STAR),
                    direct: it.params(list)?,
                    ordered: it.opt(list, K::AGGREGATE_ORDER_BY, Self::params)?.unwrap_or_default(),
                })
            })?,
            options: self.need_definition(node)?,
        })
    }

    pub(super) fn create_language(self, node: &Node) -> Result<CreateLanguage> {
        let function = |kind: K| -> Result<Option<Name>> {
            self.opt(node, kind, |it, clause| it.name_in(clause, K::FUNCTION_NAME_REF))
        };
        Ok(CreateLanguage {
            name: self.ident_in(node, K::LANGUAGE)?,
            or_replace: node.has(K::OR_REPLACE),
            trusted: node.has(K::TRUSTED_KW),
            handler: function(K::HANDLER_CLAUSE)?,
            inline: function(K::INLINE_CLAUSE)?,
            validator: function(K::VALIDATOR_CLAUSE)?,
        })
    }

    pub(super) fn do_block(self, node: &Node) -> Result<Do> {
        Ok(Do {
            language: self.opt(node, K::DO_LANGUAGE, Self::language)?,
            body: self.string_in(node)?,
        })
    }

    pub(super) fn call(self, node: &Node) -> Result<Call> {
        let callee = self.need(node, K::PROCEDURE_NAME_REF)?;
        let args = self.need(node, K::ARG_LIST)?;
        Ok(Call { call: self.function_call(node, &callee, &args)?, range: self.range(node) })
    }

    /// The types of a parameter list.
    pub(super) fn param_types(self, list: &Node) -> Result<Vec<crate::ast::TypeName>> {
        self.each(list, K::PARAM, |it, param| it.type_name(&it.found(param, param.which(is_type))?))
    }
}
