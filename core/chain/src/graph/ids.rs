//! Ids by position, and positions by id.

use crate::RevisionId;

#[derive(Debug, Clone)]
pub(super) struct Ids {
    ids: Vec<RevisionId>,
    /// The positions in the order of their ids, each beside the start of its id: most searches
    /// are over without a look at the ids themselves. Of equal ids, the first only.
    sorted: Vec<(u64, usize)>,
}

impl Ids {
    /// Takes ids, and gives back those that an earlier one equals, each as the position of the
    /// first and its own.
    pub(super) fn new(ids: Vec<RevisionId>) -> (Self, Vec<(usize, usize)>) {
        let mut sorted: Vec<(u64, usize)> =
            ids.iter().enumerate().map(|(position, id)| (start(id.as_str()), position)).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| ids[a.1].cmp(&ids[b.1])));
        let mut repeated = Vec::new();
        sorted.dedup_by(|second, first| {
            let same = ids[first.1] == ids[second.1];
            if same {
                repeated.push((first.1, second.1));
            }
            same
        });
        (Self { ids, sorted }, repeated)
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn id(&self, position: usize) -> &RevisionId {
        &self.ids[position]
    }

    pub(super) fn position(&self, id: &str) -> Option<usize> {
        let wanted = start(id);
        let found = self.sorted.binary_search_by(|&(start, position)| {
            start.cmp(&wanted).then_with(|| self.ids[position].as_str().cmp(id))
        });
        found.ok().map(|index| self.sorted[index].1)
    }

    /// The positions of the ids that start so, in the order of the ids.
    pub(super) fn with_prefix(&self, prefix: &str) -> Vec<usize> {
        let id = |entry: &(u64, usize)| self.ids[entry.1].as_str();
        let first = self.sorted.partition_point(|entry| id(entry) < prefix);
        let rest = self.sorted[first..].iter();
        rest.take_while(|entry| id(entry).starts_with(prefix)).map(|entry| entry.1).collect()
    }
}

/// The first eight bytes of an id, which order as it does.
fn start(id: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = id.len().min(bytes.len());
    bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}
