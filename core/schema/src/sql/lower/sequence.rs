//! Sequences.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use super::table::persistence;
use crate::ast::{AlterSequence, CreateSequence, SequenceOption};

impl Lower {
    pub(super) fn create_sequence(self, node: &Node) -> Result<CreateSequence> {
        Ok(CreateSequence {
            name: self.name_in(node, K::SEQUENCE)?,
            if_not_exists: node.has(K::IF_NOT_EXISTS),
            persistence: persistence(node),
            options: self.sequence_options(node)?,
        })
    }

    pub(super) fn alter_sequence(self, node: &Node) -> Result<AlterSequence> {
        let options = self.sequence_options(node)?;
        if options.is_empty() {
            return Err(self.missing(node));
        }
        Ok(AlterSequence {
            name: self.name_in(node, K::SEQUENCE_REF)?,
            if_exists: node.has(K::IF_EXISTS),
            options,
        })
    }

    /// The options directly below a node.
    pub(super) fn sequence_options(self, node: &Node) -> Result<Vec<SequenceOption>> {
        node.children().filter_map(|it| self.sequence_option(&it).transpose()).collect()
    }

    /// What a node sets of a sequence; none where it is no such option.
    pub(super) fn sequence_option(self, node: &Node) -> Result<Option<SequenceOption>> {
        Ok(Some(match node.kind() {
            K::OPTION_AS_TYPE => SequenceOption::As(self.type_in(node)?),
            K::OPTION_CACHE => SequenceOption::Cache(self.expr_in(node)?),
            K::OPTION_INCREMENT => SequenceOption::Increment(self.expr_in(node)?),
            K::OPTION_START => SequenceOption::Start(self.expr_in(node)?),
            K::OPTION_RESTART | K::RESTART => {
                SequenceOption::Restart(self.exprs(node)?.into_iter().next())
            }
            K::OPTION_MAX_VALUE => SequenceOption::MaxValue(Some(self.expr_in(node)?)),
            K::OPTION_MIN_VALUE => SequenceOption::MinValue(Some(self.expr_in(node)?)),
            K::OPTION_NO_MAX_VALUE => SequenceOption::MaxValue(None),
            K::OPTION_NO_MIN_VALUE => SequenceOption::MinValue(None),
            K::OPTION_CYCLE => SequenceOption::Cycle(true),
            K::OPTION_NO_CYCLE => SequenceOption::Cycle(false),
            K::OPTION_OWNED_BY if node.has(K::OWNED_BY_NONE) => SequenceOption::OwnedBy(None),
            K::OPTION_OWNED_BY => {
                SequenceOption::OwnedBy(Some(self.name_in(node, K::QUALIFIED_COLUMN_NAME_REF)?))
            }
            K::OPTION_SEQUENCE_NAME => {
                SequenceOption::SequenceName(self.name_in(node, K::SEQUENCE)?)
            }
            K::OPTION_LOGGED | K::SET_LOGGED => SequenceOption::Logged,
            K::OPTION_UNLOGGED | K::SET_UNLOGGED => SequenceOption::Unlogged,
            _ => return Ok(None),
        }))
    }
}
