//! The chain: revisions and the graph they form.

use crate::{Graph, GraphError, Node, Revision};

/// Revisions and their graph. A revision is named by its position in [`Chain::revisions`], which
/// is also its position in the graph.
#[derive(Debug, Clone)]
pub struct Chain {
    revisions: Vec<Revision>,
    graph: Graph,
}

impl Chain {
    /// Puts revisions together. Where the graph has mistakes, they come back, all of them.
    pub fn new(revisions: Vec<Revision>) -> Result<Self, Vec<GraphError>> {
        let (graph, errors) = Graph::build(revisions.iter().map(Node::from).collect());
        if errors.is_empty() { Ok(Self { revisions, graph }) } else { Err(errors) }
    }

    /// The revisions, in the order in which they were given.
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// The revision at a position.
    ///
    /// # Panics
    ///
    /// When the position is not one of this chain's graph.
    pub fn revision(&self, position: usize) -> &Revision {
        &self.revisions[position]
    }

    /// The graph that the revisions form.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }
}
