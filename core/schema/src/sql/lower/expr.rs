//! Expressions.

use squawk_syntax::{SyntaxElement, SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use super::query::is_query;
use super::types::{interval_fields, is_type};
use crate::ast::{
    CaseWhen, ColumnRef, Constant, Expr, ExprKind, Frame, FrameBound, FrameExclude, FrameUnits,
    FuncArg, FuncCall, IsTest, JsonKind, LikeKind, Name, NullsOrder, OperatorName, Over,
    Quantifier, SortBy, SortOrder, SqlFunction, SqlFunctionKind, SqlValueFunction, Sublink,
    SublinkKind, Subscript, TextRange, Window,
};

/// Whether a node is an expression.
pub(super) fn is_expr(kind: K) -> bool {
    matches!(
        kind,
        K::ARRAY_EXPR
            | K::BETWEEN_EXPR
            | K::BIN_EXPR
            | K::CALL_EXPR
            | K::CASE_EXPR
            | K::CAST_EXPR
            | K::COLLATE
            | K::FIELD_EXPR
            | K::INDEX_EXPR
            | K::LITERAL
            | K::NAME_REF
            | K::NON_STANDARD_PARAM
            | K::PAREN_EXPR
            | K::POSTFIX_EXPR
            | K::PREFIX_EXPR
            | K::SLICE_EXPR
            | K::TUPLE_EXPR
    )
}

impl Lower {
    /// The expressions directly below a node.
    pub(super) fn exprs(self, node: &Node) -> Result<Vec<Expr>> {
        node.children().filter(|it| is_expr(it.kind())).map(|it| self.expr(&it)).collect()
    }

    /// The first expression directly below a node, which must be there.
    pub(super) fn expr_in(self, node: &Node) -> Result<Expr> {
        let expr = self.found(node, node.which(is_expr))?;
        self.expr(&expr)
    }

    /// The expression of a child of a kind, if there is one.
    pub(super) fn expr_of(self, node: &Node, kind: K) -> Result<Option<Expr>> {
        self.opt(node, kind, Self::expr_in)
    }

    fn boxed(self, node: &Node) -> Result<Box<Expr>> {
        Ok(Box::new(self.expr(node)?))
    }

    fn boxed_in(self, node: &Node) -> Result<Box<Expr>> {
        Ok(Box::new(self.expr_in(node)?))
    }

    /// Every level of nesting comes by here: what needs much of the stack is done elsewhere.
    pub(super) fn expr(self, node: &Node) -> Result<Expr> {
        match node.kind() {
            K::BIN_EXPR => self.binary(node),
            K::PAREN_EXPR if node.which(is_query).is_none() => self.expr_in(node),
            _ => self.expr_kind(node).map(|kind| Expr { kind, range: self.range(node) }),
        }
    }

    fn expr_kind(self, node: &Node) -> Result<ExprKind> {
        match node.kind() {
            K::NAME_REF => self.name_ref(node),
            K::FIELD_EXPR => self.field(node),
            K::LITERAL => self.literal(node),
            K::CALL_EXPR => self.call_expr(node),
            K::CAST_EXPR => self.cast(node),
            K::COLLATE => self.collate(node),
            K::ARRAY_EXPR => self.array(node),
            K::PREFIX_EXPR => self.prefix(node),
            K::POSTFIX_EXPR => self.postfix(node),
            K::CASE_EXPR => self.case(node),
            K::INDEX_EXPR | K::SLICE_EXPR => self.subscript(node),
            K::BETWEEN_EXPR => self.between(node),
            K::PAREN_EXPR => self.sublink_in(SublinkKind::Scalar, node),
            K::TUPLE_EXPR => self.exprs(node).map(ExprKind::Row),
            _ => Err(self.unexpected_node(node)),
        }
    }

    fn collate(self, node: &Node) -> Result<ExprKind> {
        let collation = self.name_in(node, K::COLLATION_REF)?;
        Ok(ExprKind::Collate { expr: self.boxed_in(node)?, collation })
    }

    fn array(self, node: &Node) -> Result<ExprKind> {
        if node.which(is_query).is_some() {
            return self.sublink_in(SublinkKind::Array, node);
        }
        self.exprs(node).map(ExprKind::Array)
    }

    fn between(self, node: &Node) -> Result<ExprKind> {
        let mut parts = self.exprs(node)?.into_iter().map(Box::new);
        let (Some(expr), Some(low), Some(high)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(self.missing(node));
        };
        let (negated, symmetric) = (node.has(K::NOT_KW), node.has(K::SYMMETRIC));
        Ok(ExprKind::Between { negated, symmetric, expr, low, high })
    }

    fn sublink_in(self, kind: SublinkKind, node: &Node) -> Result<ExprKind> {
        let query = self.found(node, node.which(is_query))?;
        self.sublink(kind, &query)
    }

    fn sublink(self, kind: SublinkKind, query: &Node) -> Result<ExprKind> {
        Ok(ExprKind::Sublink(Box::new(Sublink { kind, query: self.query(query)? })))
    }

    pub(super) fn name_ref(self, node: &Node) -> Result<ExprKind> {
        let word = node.tokens().next();
        let value = match word.map(|it| it.kind()) {
            Some(K::CURRENT_DATE_KW) => SqlValueFunction::CurrentDate,
            Some(K::CURRENT_TIME_KW) => SqlValueFunction::CurrentTime,
            Some(K::CURRENT_TIMESTAMP_KW) => SqlValueFunction::CurrentTimestamp,
            Some(K::LOCALTIME_KW) => SqlValueFunction::LocalTime,
            Some(K::LOCALTIMESTAMP_KW) => SqlValueFunction::LocalTimestamp,
            Some(K::CURRENT_ROLE_KW) => SqlValueFunction::CurrentRole,
            Some(K::CURRENT_USER_KW) => SqlValueFunction::CurrentUser,
            Some(K::USER_KW) => SqlValueFunction::User,
            Some(K::SESSION_USER_KW) => SqlValueFunction::SessionUser,
            Some(K::SYSTEM_USER_KW) => SqlValueFunction::SystemUser,
            Some(K::CURRENT_CATALOG_KW) => SqlValueFunction::CurrentCatalog,
            Some(K::CURRENT_SCHEMA_KW) => SqlValueFunction::CurrentSchema,
            _ => {
                let fields = vec![self.ident(node)?];
                return Ok(ExprKind::Column(ColumnRef { fields, star: false }));
            }
        };
        Ok(ExprKind::SqlValue(value, None))
    }

    /// `a.b`, `a.*`, `(a).b`.
    fn field(self, node: &Node) -> Result<ExprKind> {
        let mut parts = node.children();
        let base = self.found(node, parts.next())?;
        let field = parts.next().map(|it| self.ident(&it)).transpose()?;
        let star = node.has(K::STAR);
        if field.is_none() && !star {
            return Err(self.missing(node));
        }
        if base.kind() == K::NAME_REF {
            let mut fields = vec![self.ident(&base)?];
            fields.extend(field);
            return Ok(ExprKind::Column(ColumnRef { fields, star }));
        }
        let expr = self.expr(&base)?;
        Ok(match (expr.kind, field) {
            (ExprKind::Column(mut column), field)
                if base.kind() == K::FIELD_EXPR && !column.star =>
            {
                column.fields.extend(field);
                column.star = star;
                ExprKind::Column(column)
            }
            (kind, Some(field)) => {
                ExprKind::Field { expr: Box::new(Expr { kind, range: expr.range }), field }
            }
            (kind, None) => ExprKind::FieldStar(Box::new(Expr { kind, range: expr.range })),
        })
    }

    fn literal(self, node: &Node) -> Result<ExprKind> {
        let token = self.found(node, node.tokens().next())?;
        let text = token.text();
        let constant = match token.kind() {
            K::DEFAULT_KW => return Ok(ExprKind::Default),
            K::NULL_KW => Constant::Null,
            K::TRUE_KW => Constant::Bool(true),
            K::FALSE_KW => Constant::Bool(false),
            K::POSITIONAL_PARAM => {
                let number = text.trim_start_matches('$').parse();
                return number.map(ExprKind::Param).map_err(|_| self.unexpected(&token));
            }
            K::INT_NUMBER if text.bytes().all(|it| it.is_ascii_digit()) => {
                Constant::Integer(text.to_owned())
            }
            K::INT_NUMBER | K::NUMERIC_NUMBER => Constant::Number(text.replace('_', "")),
            K::BIT_STRING | K::BYTE_STRING => Constant::Bits(text.to_lowercase().replace('\'', "")),
            _ => Constant::String(self.string(node)?.value),
        };
        Ok(ExprKind::Constant(constant))
    }

    fn cast(self, node: &Node) -> Result<ExprKind> {
        let mut ty = self.type_in(node)?;
        if let Some(fields) = interval_fields(node) {
            ty.fields = Some(fields);
            if let Some(seconds) = node.kid(K::INTERVAL_SECOND) {
                ty.modifiers = self.exprs(&seconds)?;
            }
        }
        Ok(ExprKind::Cast { expr: self.boxed_in(node)?, ty: Box::new(ty) })
    }

    fn case(self, node: &Node) -> Result<ExprKind> {
        let list = self.need(node, K::WHEN_CLAUSE_LIST)?;
        let whens = self.some(&list, K::WHEN_CLAUSE, |it, when| {
            let mut parts = it.exprs(when)?.into_iter();
            match (parts.next(), parts.next()) {
                (Some(condition), Some(result)) => Ok(CaseWhen { condition, result }),
                _ => Err(it.missing(when)),
            }
        })?;
        let arg = node.which(is_expr).map(|it| self.boxed(&it)).transpose()?;
        let default = self.opt(node, K::ELSE_CLAUSE, Self::boxed_in)?;
        Ok(ExprKind::Case { arg, whens, default })
    }

    /// `a[1]`, `a[1:2]`, and any number of them.
    fn subscript(self, node: &Node) -> Result<ExprKind> {
        let base = self.found(node, node.which(is_expr))?;
        let subscript = self.subscript_of(node, 1)?;
        let expr = self.expr(&base)?;
        Ok(match expr.kind {
            ExprKind::Subscript { expr, mut subscripts }
                if matches!(base.kind(), K::INDEX_EXPR | K::SLICE_EXPR) =>
            {
                subscripts.push(subscript);
                ExprKind::Subscript { expr, subscripts }
            }
            kind => ExprKind::Subscript {
                expr: Box::new(Expr { kind, range: expr.range }),
                subscripts: vec![subscript],
            },
        })
    }

    /// What stands in the brackets of a node, after so many other expressions.
    pub(super) fn subscript_of(self, node: &Node, skip: usize) -> Result<Subscript> {
        let mut colon = false;
        let (mut start, mut end) = (None, None);
        for part in node.solid().filter(|it| is_expr(it.kind()) || it.kind() == K::COLON).skip(skip)
        {
            match part {
                SyntaxElement::Node(part) if colon => end = Some(self.expr(&part)?),
                SyntaxElement::Node(part) => start = Some(self.expr(&part)?),
                SyntaxElement::Token(_) => colon = true,
            }
        }
        if matches!(node.kind(), K::SLICE_EXPR | K::SLICE_ACCESSOR) {
            return Ok(Subscript::Slice(start, end));
        }
        Ok(Subscript::Index(self.found(node, start)?))
    }

    // Operators.

    /// Operators of one precedence make a tree that is deep to the left: it is walked up from its
    /// leftmost operand.
    fn binary(self, node: &Node) -> Result<Expr> {
        let mut rest = Vec::new();
        let mut leftmost = node.clone();
        while leftmost.kind() == K::BIN_EXPR {
            let mut operands = leftmost.children().filter(|it| is_expr(it.kind()));
            let (Some(left), Some(right)) = (operands.next(), operands.next()) else {
                return Err(self.missing(&leftmost));
            };
            let op = self.found(&leftmost, operator_of(&leftmost))?;
            rest.push((op, right));
            leftmost = left;
        }
        // A parenthesis around the left operand is outside of its range, and inside of this one.
        let start = self.range(node).start;
        let first = self.expr(&leftmost)?;
        rest.into_iter()
            .rev()
            .try_fold(first, |left, (op, right)| self.combine(start, left, op, right))
    }

    /// An operation that starts at a place, on an operand that is lowered already and one that is
    /// not.
    ///
    /// The parser lets `IS` and `IN` swallow the operators after their right side; the grammar
    /// ends it at once. So what was swallowed is put around the operation. Operators of no
    /// precedence of their own (`||`, `->`) go with the left for the grammar, and with the right
    /// for the parser.
    fn combine(
        self,
        start: usize,
        mut left: Expr,
        mut op: SyntaxElement,
        mut right: Node,
    ) -> Result<Expr> {
        while let Some((first, outer, last)) = swallowed(&op, &right) {
            left = self.combine(start, left, op, first)?;
            (op, right) = (outer, last);
        }
        let range = TextRange { start, end: self.range(&right).end };
        if takes_one(&op) && right.has(K::COLON_COLON) {
            let first = self.found(&right, right.which(is_expr))?;
            let expr = Box::new(self.combine(start, left, op, first)?);
            let kind = ExprKind::Cast { expr, ty: Box::new(self.type_in(&right)?) };
            return Ok(Expr { kind, range });
        }
        let kind = self.operation(Box::new(left), &op, &right)?;
        Ok(Expr { kind, range })
    }

    fn operation(self, left: Box<Expr>, op: &SyntaxElement, right: &Node) -> Result<ExprKind> {
        match op.kind() {
            K::AND_KW => self.boxed(right).map(|right| ExprKind::And(left, right)),
            K::OR_KW => self.boxed(right).map(|right| ExprKind::Or(left, right)),
            K::LIKE_KW => self.like(left, op, LikeKind::Like, false, right),
            K::NOT_LIKE => self.like(left, op, LikeKind::Like, true, right),
            K::ILIKE_KW => self.like(left, op, LikeKind::Ilike, false, right),
            K::NOT_ILIKE => self.like(left, op, LikeKind::Ilike, true, right),
            K::SIMILAR_TO => self.like(left, op, LikeKind::SimilarTo, false, right),
            K::NOT_SIMILAR_TO => self.like(left, op, LikeKind::SimilarTo, true, right),
            K::ESCAPE_KW | K::AT_TIME_ZONE | K::OVERLAPS_KW => {
                self.operation_by_call(*left, op.kind(), right)
            }
            K::IN_KW => self.is_in(left, false, right),
            K::NOT_IN => self.is_in(left, true, right),
            K::IS_KW => self.is(left, false, right),
            K::IS_NOT => self.is(left, true, right),
            K::IS_DISTINCT_FROM => self.is_distinct(left, false, right),
            K::IS_NOT_DISTINCT_FROM => self.is_distinct(left, true, right),
            _ => self.compare(left, self.operator_name(op), right),
        }
    }

    /// An operator for which the grammar puts a function.
    fn operation_by_call(self, left: Expr, op: K, right: &Node) -> Result<ExprKind> {
        let range = left.range.to(self.range(right));
        let right = self.expr(right)?;
        let (name, args) = match op {
            K::ESCAPE_KW => ("like_escape", vec![left, right]),
            K::AT_TIME_ZONE => ("timezone", vec![right, left]),
            _ => ("overlaps", row(left).into_iter().chain(row(right)).collect()),
        };
        Ok(ExprKind::Call(Box::new(FuncCall::plain(Name::system(name, range), args))))
    }

    fn is_distinct(self, left: Box<Expr>, negated: bool, right: &Node) -> Result<ExprKind> {
        let right = self.boxed(right)?;
        Ok(ExprKind::IsDistinct { negated, left, right })
    }

    /// An operator between two operands, the right of which may be `ANY (…)`.
    fn compare(self, left: Box<Expr>, op: OperatorName, right: &Node) -> Result<ExprKind> {
        let Some(set) = right.any(&[K::ANY_FN, K::SOME_FN, K::ALL_FN]) else {
            let right = self.boxed(right)?;
            return Ok(ExprKind::Operator { op, left: Some(left), right });
        };
        let quantifier = if set.kind() == K::ALL_FN { Quantifier::All } else { Quantifier::Any };
        match within_parens(&set) {
            Some(query) => {
                self.sublink(SublinkKind::Quantified { left: *left, op, quantifier }, &query)
            }
            None => Ok(ExprKind::Quantified { left, op, quantifier, array: self.boxed_in(&set)? }),
        }
    }

    fn like(
        self,
        left: Box<Expr>,
        op: &SyntaxElement,
        kind: LikeKind,
        negated: bool,
        right: &Node,
    ) -> Result<ExprKind> {
        if right.any(&[K::ANY_FN, K::SOME_FN, K::ALL_FN]).is_some() {
            let symbol = match (kind, negated) {
                (LikeKind::Like, false) => "~~",
                (LikeKind::Like, true) => "!~~",
                (LikeKind::Ilike, false) => "~~*",
                (LikeKind::Ilike, true) => "!~~*",
                (LikeKind::SimilarTo, _) => return Err(self.unexpected_node(right)),
            };
            let range = self.element_range(op);
            return self.compare(left, operator(symbol, range), right);
        }
        let escaped = (right.kind() == K::BIN_EXPR
            && operator_of(right).is_some_and(|it| it.kind() == K::ESCAPE_KW))
        .then(|| self.exprs(right))
        .transpose()?;
        let (pattern, escape) = match escaped.map(IntoIterator::into_iter) {
            Some(mut parts) => match (parts.next(), parts.next()) {
                (Some(pattern), Some(escape)) => (Box::new(pattern), Some(Box::new(escape))),
                _ => return Err(self.missing(right)),
            },
            None => (self.boxed(right)?, None),
        };
        Ok(ExprKind::Like { kind, negated, expr: left, pattern, escape })
    }

    fn is_in(self, left: Box<Expr>, negated: bool, right: &Node) -> Result<ExprKind> {
        if let Some(query) = within_parens(right) {
            return self.sublink(SublinkKind::In { negated, left: *left }, &query);
        }
        let list = match right.kind() {
            K::PAREN_EXPR | K::TUPLE_EXPR if !right.has(K::ROW_KW) => self.exprs(right)?,
            _ => return Err(self.unexpected_node(right)),
        };
        if list.is_empty() {
            return Err(right
                .last_token()
                .map_or_else(|| self.missing(right), |token| self.unexpected(&token)));
        }
        Ok(ExprKind::In { negated, expr: left, list })
    }

    /// `IS [NOT]` and the one word after it.
    fn is(self, left: Box<Expr>, negated: bool, right: &Node) -> Result<ExprKind> {
        let word = self.found(right, right.tokens().next())?;
        let test = match word.kind() {
            K::NULL_KW => IsTest::Null,
            K::TRUE_KW => IsTest::True,
            K::FALSE_KW => IsTest::False,
            K::UNKNOWN_KW => IsTest::Unknown,
            K::DOCUMENT_KW => IsTest::Document,
            _ => return Err(self.unexpected(&word)),
        };
        Ok(ExprKind::Is { expr: left, negated, test })
    }

    fn prefix(self, node: &Node) -> Result<ExprKind> {
        let right = self.expr_in(node)?;
        let op = self.found(node, node.solid().next())?;
        if op.kind() == K::NOT_KW {
            return Ok(ExprKind::Not(Box::new(right)));
        }
        // `+`, `-` and what a chain may define are prefix operators; the grammar's own are not.
        let name = self.operator_name(&op);
        if op.kind() != K::OPERATOR_CALL
            && matches!(
                name.symbol.as_str(),
                "<" | ">" | "=" | "<=" | ">=" | "<>" | "*" | "/" | "%" | "^"
            )
        {
            return Err(self.unexpected_node(node));
        }
        let op = name;
        Ok(match right.kind {
            ExprKind::Constant(Constant::Integer(digits))
                if op.symbol == "-" && !digits.starts_with('-') =>
            {
                ExprKind::Constant(Constant::Integer(format!("-{digits}")))
            }
            ExprKind::Constant(Constant::Number(digits))
                if op.symbol == "-" && !digits.starts_with('-') =>
            {
                ExprKind::Constant(Constant::Number(format!("-{digits}")))
            }
            kind => ExprKind::Operator {
                op,
                left: None,
                right: Box::new(Expr { kind, range: right.range }),
            },
        })
    }

    fn postfix(self, node: &Node) -> Result<ExprKind> {
        let expr = self.boxed_in(node)?;
        let op = self.found(node, node.solid().find(|it| !is_expr(it.kind())))?;
        let range = self.range(node);
        let (negated, test) = match op.kind() {
            K::ISNULL_KW => (false, IsTest::Null),
            K::NOTNULL_KW => (true, IsTest::Null),
            K::IS_JSON => (false, IsTest::Json(JsonKind::Any)),
            K::IS_NOT_JSON => (true, IsTest::Json(JsonKind::Any)),
            K::IS_JSON_VALUE => (false, IsTest::Json(JsonKind::Value)),
            K::IS_NOT_JSON_VALUE => (true, IsTest::Json(JsonKind::Value)),
            K::IS_JSON_SCALAR => (false, IsTest::Json(JsonKind::Scalar)),
            K::IS_NOT_JSON_SCALAR => (true, IsTest::Json(JsonKind::Scalar)),
            K::IS_JSON_ARRAY => (false, IsTest::Json(JsonKind::Array)),
            K::IS_NOT_JSON_ARRAY => (true, IsTest::Json(JsonKind::Array)),
            K::IS_JSON_OBJECT => (false, IsTest::Json(JsonKind::Object)),
            K::IS_NOT_JSON_OBJECT => (true, IsTest::Json(JsonKind::Object)),
            K::IS_NORMALIZED | K::IS_NOT_NORMALIZED | K::AT_LOCAL => {
                let (name, form) = match &op {
                    SyntaxElement::Node(node) if op.kind() != K::AT_LOCAL => {
                        ("is_normalized", node.kid(K::UNICODE_NORMAL_FORM).map(|it| it.words()))
                    }
                    _ => ("timezone", None),
                };
                let mut args = vec![*expr];
                args.extend(form.map(|form| constant(form.to_uppercase(), range)));
                let call = FuncCall::plain(Name::system(name, range), args);
                let kind = ExprKind::Call(Box::new(call));
                return Ok(if op.kind() == K::IS_NOT_NORMALIZED {
                    ExprKind::Not(Box::new(Expr { kind, range }))
                } else {
                    kind
                });
            }
            _ => return Err(self.missing(node)),
        };
        Ok(ExprKind::Is { expr, negated, test })
    }

    fn element_range(self, element: &SyntaxElement) -> TextRange {
        match element {
            SyntaxElement::Node(node) => self.range(node),
            SyntaxElement::Token(token) => self.token_range(token),
        }
    }

    /// The operator that an element names: a token, a few of them, or `OPERATOR(s.+)`.
    pub(super) fn operator_name(self, op: &SyntaxElement) -> OperatorName {
        let range = self.element_range(op);
        match op {
            SyntaxElement::Token(token) => operator(token.text(), range),
            SyntaxElement::Node(node) => {
                let path = node.descendants().find(|it| it.kind() == K::PATH_REF);
                let schema = path.as_ref().and_then(|it| self.idents(it).pop());
                let within = path.map(|it| it.text_range());
                let symbol: String = node
                    .tokens()
                    .filter(|it| !within.is_some_and(|path| path.contains_range(it.text_range())))
                    .filter(|it| {
                        !matches!(it.kind(), K::OPERATOR_KW | K::L_PAREN | K::R_PAREN | K::DOT)
                    })
                    .map(|it| it.text().to_lowercase())
                    .collect();
                OperatorName { schema, ..operator(&symbol, range) }
            }
        }
    }

    // Calls.

    fn call_expr(self, node: &Node) -> Result<ExprKind> {
        let Some(args) = node.kid(K::ARG_LIST) else { return self.special_call(node) };
        let callee = self.found(node, node.any(&[K::NAME_REF, K::FIELD_EXPR]))?;
        if callee.kind() == K::NAME_REF
            && let Some(kind) = self.keyword_call(&callee, &args)?
        {
            return Ok(kind);
        }
        Ok(ExprKind::Call(Box::new(self.function_call(node, &callee, &args)?)))
    }

    /// A call as any function has it.
    pub(super) fn function_call(self, node: &Node, callee: &Node, args: &Node) -> Result<FuncCall> {
        let arguments: Vec<Node> = args.kids(K::ARG).collect();
        let within = self.opt(node, K::WITHIN_CLAUSE, Self::order_by)?;
        let own = arguments.last().map(|it| self.order_by(it)).transpose()?;
        Ok(FuncCall {
            name: self.callee(callee)?,
            args: self.args(args)?,
            star: args.has(K::STAR),
            distinct: args.has(K::DISTINCT),
            variadic: arguments.last().is_some_and(|it| it.has(K::VARIADIC_KW)),
            within_group: within.is_some(),
            order_by: within.or(own).unwrap_or_default(),
            filter: self.expr_of(node, K::FILTER_CLAUSE)?,
            over: self.opt(node, K::OVER_CLAUSE, Self::over)?,
            ignore_nulls: node.has(K::IGNORE_NULLS),
        })
    }

    /// A function's name, which may be a keyword that no column may be (`left`).
    pub(super) fn callee(self, node: &Node) -> Result<Name> {
        if node.kind() != K::NAME_REF {
            return self.name(node);
        }
        let name = self.idents(node).pop();
        self.found(node, name).map(Name::from)
    }

    /// The arguments of a list.
    pub(super) fn args(self, list: &Node) -> Result<Vec<FuncArg>> {
        self.each(list, K::ARG, |it, arg| match arg.kid(K::NAMED_ARG) {
            Some(named) => Ok(FuncArg {
                name: Some(it.ident_in(&named, K::PARAM_NAME_REF)?),
                value: it.expr_in(&named)?,
            }),
            None => Ok(FuncArg { name: None, value: it.expr_in(arg)? }),
        })
    }

    /// The arguments of a list that takes no names.
    pub(super) fn arg_values(self, list: &Node) -> Result<Vec<Expr>> {
        Ok(self.args(list)?.into_iter().map(|it| it.value).collect())
    }

    /// A function that is a keyword of the grammar, and so not looked up by name.
    fn keyword_call(self, callee: &Node, args: &Node) -> Result<Option<ExprKind>> {
        let Some(word) = callee.tokens().next() else { return Ok(None) };
        let range = self.range(callee);
        let value = match word.kind() {
            K::CURRENT_TIME_KW => SqlValueFunction::CurrentTime,
            K::CURRENT_TIMESTAMP_KW => SqlValueFunction::CurrentTimestamp,
            K::LOCALTIME_KW => SqlValueFunction::LocalTime,
            K::LOCALTIMESTAMP_KW => SqlValueFunction::LocalTimestamp,
            kind => {
                let kind = match kind {
                    K::COALESCE_KW => ExprKind::Coalesce(self.at_least_one(args)?),
                    K::GREATEST_KW => ExprKind::Greatest(self.at_least_one(args)?),
                    K::LEAST_KW => ExprKind::Least(self.at_least_one(args)?),
                    K::GROUPING_KW => ExprKind::Grouping(self.at_least_one(args)?),
                    K::NULLIF_KW => {
                        let mut values = self.arg_values(args)?.into_iter();
                        match (values.next(), values.next(), values.next()) {
                            (Some(a), Some(b), None) => ExprKind::NullIf(Box::new(a), Box::new(b)),
                            _ => return Err(self.unexpected_end(args)),
                        }
                    }
                    K::XMLCONCAT_KW => ExprKind::Sql(Box::new(SqlFunction {
                        function: SqlFunctionKind::XmlConcat,
                        args: self.at_least_one(args)?,
                        returning: None,
                        filter: None,
                        over: None,
                    })),
                    K::NORMALIZE_KW => {
                        let mut values = self.arg_values(args)?;
                        for form in values.iter_mut().skip(1) {
                            if let ExprKind::Column(column) = &form.kind
                                && let [name] = &column.fields[..]
                            {
                                *form = constant(name.text.to_uppercase(), form.range);
                            }
                        }
                        let name = Name::system("normalize", range);
                        ExprKind::Call(Box::new(FuncCall::plain(name, values)))
                    }
                    _ => return Ok(None),
                };
                return Ok(Some(kind));
            }
        };
        let precision = match self.arg_values(args)?.first().map(|it| &it.kind) {
            Some(ExprKind::Constant(Constant::Integer(digits))) => digits.parse().ok(),
            _ => None,
        };
        Ok(Some(ExprKind::SqlValue(value, precision)))
    }

    fn at_least_one(self, args: &Node) -> Result<Vec<Expr>> {
        let values = self.arg_values(args)?;
        if values.is_empty() { Err(self.unexpected_end(args)) } else { Ok(values) }
    }

    /// The error at the token that closes a list too early.
    fn unexpected_end(self, list: &Node) -> crate::sql::SyntaxError {
        list.last_token().map_or_else(|| self.missing(list), |token| self.unexpected(&token))
    }

    /// A call with a syntax of its own.
    fn special_call(self, node: &Node) -> Result<ExprKind> {
        let function = self.found(node, node.first_child())?;
        match function.kind() {
            K::EXISTS_FN => {
                let query = self.found(&function, within_parens(&function))?;
                self.sublink(SublinkKind::Exists, &query)
            }
            K::EXTRACT_FN => self.extract(&function, self.range(node)),
            K::POSITION_FN => self.exprs(&function).map(|mut args| {
                args.reverse();
                self.system_call("position", node, args)
            }),
            K::COLLATION_FOR_FN => {
                let args = self.exprs(&function);
                args.map(|args| self.system_call("pg_collation_for", node, args))
            }
            // The plain function of that name takes two arrays of text.
            K::JSON_OBJECT_FN if function.which(is_expr).is_some() => {
                let args = self.exprs(&function);
                args.map(|args| self.system_call("json_object", node, args))
            }
            K::SUBSTRING_FN => self.substring(&function, self.range(node)),
            K::OVERLAY_FN => self.listed_call("overlay", &function, self.range(node)),
            K::TRIM_FN => self.trim(&function, self.range(node)),
            _ => self.sql_function(node, &function),
        }
    }

    /// A call of one of the server's own functions.
    fn system_call(self, name: &str, node: &Node, args: Vec<Expr>) -> ExprKind {
        let name = Name::system(name, self.range(node));
        ExprKind::Call(Box::new(FuncCall::plain(name, args)))
    }

    fn extract(self, function: &Node, range: TextRange) -> Result<ExprKind> {
        let field = function.any(&[K::EXTRACT_FIELD_NAME, K::EXTRACT_FIELD_LITERAL]);
        let field = self.found(function, field)?;
        let name = match field.kid(K::LITERAL) {
            Some(literal) => self.string(&literal)?.value,
            None => self.ident(&field)?.text,
        };
        let args = vec![constant(name, self.range(&field)), self.expr_in(function)?];
        let call = FuncCall::plain(Name::system("extract", range), args);
        Ok(ExprKind::Call(Box::new(call)))
    }

    /// A function of JSON or XML.
    fn sql_function(self, node: &Node, function: &Node) -> Result<ExprKind> {
        let kind = match function.kind() {
            K::JSON_FN => SqlFunctionKind::Json,
            K::JSON_ARRAY_FN => SqlFunctionKind::JsonArray,
            K::JSON_ARRAY_AGG_FN => SqlFunctionKind::JsonArrayAgg,
            K::JSON_EXISTS_FN => SqlFunctionKind::JsonExists,
            K::JSON_OBJECT_FN => SqlFunctionKind::JsonObject,
            K::JSON_OBJECT_AGG_FN => SqlFunctionKind::JsonObjectAgg,
            K::JSON_QUERY_FN => SqlFunctionKind::JsonQuery,
            K::JSON_SCALAR_FN => SqlFunctionKind::JsonScalar,
            K::JSON_SERIALIZE_FN => SqlFunctionKind::JsonSerialize,
            K::JSON_VALUE_FN => SqlFunctionKind::JsonValue,
            K::XML_ELEMENT_FN => SqlFunctionKind::XmlElement,
            K::XML_EXISTS_FN => SqlFunctionKind::XmlExists,
            K::XML_FOREST_FN => SqlFunctionKind::XmlForest,
            K::XML_PARSE_FN => SqlFunctionKind::XmlParse,
            K::XML_PI_FN => SqlFunctionKind::XmlPi,
            K::XML_ROOT_FN => SqlFunctionKind::XmlRoot,
            K::XML_SERIALIZE_FN => SqlFunctionKind::XmlSerialize,
            _ => return Err(self.unexpected_node(function)),
        };
        let returning = function.kid(K::JSON_RETURNING_CLAUSE).unwrap_or(function.clone());
        Ok(ExprKind::Sql(Box::new(SqlFunction {
            function: kind,
            args: self.inner_exprs(function)?,
            returning: returning.which(is_type).map(|it| self.type_name(&it)).transpose()?,
            filter: self.expr_of(node, K::FILTER_CLAUSE)?,
            over: self.opt(node, K::OVER_CLAUSE, Self::over)?,
        })))
    }

    /// The outermost expressions and queries anywhere below a node, in order.
    pub(super) fn inner_exprs(self, node: &Node) -> Result<Vec<Expr>> {
        let mut found = Vec::new();
        for part in node.children() {
            if is_expr(part.kind()) {
                found.push(self.expr(&part)?);
            } else if is_query(part.kind()) {
                let kind = self.sublink(SublinkKind::Scalar, &part)?;
                found.push(Expr { kind, range: self.range(&part) });
            } else if !is_type(part.kind()) {
                found.extend(self.inner_exprs(&part)?);
            }
        }
        Ok(found)
    }

    fn substring(self, function: &Node, range: TextRange) -> Result<ExprKind> {
        let args = match function.kid(K::SUBSTRING_FOR_FROM) {
            Some(list) => {
                let mut args = self.exprs(&list)?;
                match args.len() {
                    // `FOR` alone counts from the first character.
                    2 => {
                        let kind = ExprKind::Constant(Constant::Integer("1".to_owned()));
                        args.insert(1, Expr { kind, range });
                    }
                    3 => args.swap(1, 2),
                    _ => {}
                }
                args
            }
            None => return self.listed_call("substring", function, range),
        };
        let call = FuncCall::plain(Name::system("substring", range), args);
        Ok(ExprKind::Call(Box::new(call)))
    }

    /// A call whose arguments stand in a node of its own, in the function's order. With commas
    /// alone between them, it is a function like any other.
    fn listed_call(self, name: &str, function: &Node, range: TextRange) -> Result<ExprKind> {
        let list = function.first_child();
        let plain = list
            .as_ref()
            .is_none_or(|it| matches!(it.kind(), K::SUBSTRING_EXPRS | K::OVERLAY_EXPRS));
        let mut call = FuncCall::plain(Name::system(name, range), Vec::new());
        if plain {
            call.name.qualifiers.clear();
        }
        for arg in list.iter().flat_map(Node::children) {
            if arg.kind() == K::NAMED_ARG {
                let name = Some(self.ident_in(&arg, K::PARAM_NAME_REF)?);
                call.args.push(FuncArg { name, value: self.expr_in(&arg)? });
            } else if is_expr(arg.kind()) {
                call.args.push(FuncArg { name: None, value: self.expr(&arg)? });
            }
        }
        Ok(ExprKind::Call(Box::new(call)))
    }

    fn trim(self, function: &Node, range: TextRange) -> Result<ExprKind> {
        let name = if function.has(K::TRIM_LEADING) {
            "ltrim"
        } else if function.has(K::TRIM_TRAILING) {
            "rtrim"
        } else {
            "btrim"
        };
        let list = function.any(&[K::TRIM_FROM, K::TRIM_EXPR_FROM, K::TRIM_EXPRS]);
        let list = self.found(function, list)?;
        let mut args = self.exprs(&list)?;
        if args.is_empty() {
            return Err(self.missing(&list));
        }
        // `TRIM (chars FROM string)`: the function has the string first.
        if list.kind() == K::TRIM_EXPR_FROM {
            args.rotate_left(1);
        }
        Ok(ExprKind::Call(Box::new(FuncCall::plain(Name::system(name, range), args))))
    }

    // Windows and orders.

    fn over(self, node: &Node) -> Result<Over> {
        if let Some(name) = node.kid(K::WINDOW_REF) {
            return Ok(Over::Name(self.ident(&name)?));
        }
        let spec = self.need(node, K::OVER_WINDOW_SPEC)?;
        self.window(&spec).map(Over::Window)
    }

    /// The window in the parentheses of a node.
    pub(super) fn window(self, node: &Node) -> Result<Window> {
        let Some(spec) = node.kid(K::WINDOW_SPEC) else {
            return Ok(Window {
                base: None,
                partition_by: Vec::new(),
                order_by: Vec::new(),
                frame: None,
            });
        };
        Ok(Window {
            base: self.opt(&spec, K::WINDOW_REF, Self::ident)?,
            partition_by: self.opt(&spec, K::PARTITION_BY_CLAUSE, Self::exprs)?.unwrap_or_default(),
            order_by: self.order_by(&spec)?,
            frame: self.opt(&spec, K::FRAME_CLAUSE, Self::frame)?,
        })
    }

    fn frame(self, node: &Node) -> Result<Frame> {
        let units = if node.has(K::FRAME_ROWS) {
            FrameUnits::Rows
        } else if node.has(K::FRAME_GROUPS) {
            FrameUnits::Groups
        } else {
            FrameUnits::Range
        };
        let exclude = node.kid(K::FRAME_EXCLUDE).and_then(|it| it.first_child());
        let exclude = exclude.map(|it| match it.kind() {
            K::CURRENT_ROW => FrameExclude::CurrentRow,
            K::GROUP => FrameExclude::Group,
            K::TIES => FrameExclude::Ties,
            _ => FrameExclude::NoOthers,
        });
        let extent = node.kid(K::FRAME_BETWEEN).unwrap_or_else(|| node.clone());
        let mut bounds = extent.children().filter_map(|it| self.frame_bound(&it).transpose());
        let start = bounds.next().transpose()?;
        let end = bounds.next().transpose()?;
        Ok(Frame { units, start: self.found(node, start)?, end, exclude })
    }

    fn frame_bound(self, node: &Node) -> Result<Option<FrameBound>> {
        Ok(Some(match node.kind() {
            K::CURRENT_ROW => FrameBound::CurrentRow,
            K::UNBOUNDED_PRECEDING => FrameBound::UnboundedPreceding,
            K::UNBOUNDED_FOLLOWING => FrameBound::UnboundedFollowing,
            K::EXPR_PRECEDING => FrameBound::Preceding(self.expr_in(node)?),
            K::EXPR_FOLLOWING => FrameBound::Following(self.expr_in(node)?),
            _ => return Ok(None),
        }))
    }

    /// The items of the `ORDER BY` directly below a node.
    pub(super) fn order_by(self, node: &Node) -> Result<Vec<SortBy>> {
        let Some(clause) = node.kid(K::ORDER_BY_CLAUSE) else { return Ok(Vec::new()) };
        let list = self.need(&clause, K::SORT_BY_LIST)?;
        self.some(&list, K::SORT_BY, |it, sort| {
            Ok(SortBy {
                expr: it.expr_in(sort)?,
                order: it.sort_order(sort)?,
                nulls: nulls_order(sort),
            })
        })
    }

    pub(super) fn sort_order(self, node: &Node) -> Result<Option<SortOrder>> {
        let Some(order) = node.any(&[K::SORT_ASC, K::SORT_DESC, K::SORT_USING]) else {
            return Ok(None);
        };
        Ok(Some(match order.kind() {
            K::SORT_ASC => SortOrder::Asc,
            K::SORT_DESC => SortOrder::Desc,
            _ => {
                let op = self.found(&order, order.solid().nth(1))?;
                SortOrder::Using(self.operator_name(&op))
            }
        }))
    }
}

pub(super) fn nulls_order(node: &Node) -> Option<NullsOrder> {
    if node.has(K::NULLS_FIRST) {
        Some(NullsOrder::First)
    } else if node.has(K::NULLS_LAST) {
        Some(NullsOrder::Last)
    } else {
        None
    }
}

/// Whether the grammar gives an operator no more than one operand to its right.
fn takes_one(op: &SyntaxElement) -> bool {
    matches!(op.kind(), K::IS_KW | K::IS_NOT | K::IN_KW | K::NOT_IN)
}

/// The parts of a right operand which the grammar does not give to an operator as a whole.
fn swallowed(op: &SyntaxElement, right: &Node) -> Option<(Node, SyntaxElement, Node)> {
    let custom = |op: &SyntaxElement| matches!(op.kind(), K::CUSTOM_OP | K::OPERATOR_CALL);
    if !(takes_one(op) || custom(op)) || right.kind() != K::BIN_EXPR {
        return None;
    }
    let mut operands = right.children().filter(|it| is_expr(it.kind()));
    let (first, last, outer) = (operands.next()?, operands.next()?, operator_of(right)?);
    (takes_one(op) || custom(&outer)).then_some((first, outer, last))
}

/// What stands between the operands of a binary expression.
fn operator_of(node: &Node) -> Option<SyntaxElement> {
    node.solid().skip_while(|it| !is_expr(it.kind())).nth(1)
}

/// The query that is all there is in the parentheses of a node, however many there are.
fn within_parens(node: &Node) -> Option<Node> {
    if let Some(query) = node.which(is_query) {
        return Some(query);
    }
    node.kid(K::PAREN_EXPR)
        .filter(|_| node.kind() != K::TUPLE_EXPR)
        .and_then(|it| within_parens(&it))
}

/// The fields of a row, as `OVERLAPS` takes them.
fn row(expr: Expr) -> Vec<Expr> {
    match expr.kind {
        ExprKind::Row(fields) => fields,
        kind => vec![Expr { kind, range: expr.range }],
    }
}

fn constant(value: String, range: TextRange) -> Expr {
    Expr { kind: ExprKind::Constant(Constant::String(value)), range }
}

fn operator(symbol: &str, range: TextRange) -> OperatorName {
    let symbol = if symbol == "!=" { "<>" } else { symbol };
    OperatorName { schema: None, symbol: symbol.to_owned(), range }
}
