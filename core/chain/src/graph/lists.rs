//! A list for every position, all of them in one allocation.

#[derive(Debug, Clone)]
pub(super) struct Lists<T> {
    /// Where the list of a position starts in `items`; one more than there are positions.
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T> Lists<T> {
    pub(super) fn new() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }

    /// Appends the list of the next position.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.starts.push(self.items.len());
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn get(&self, position: usize) -> &[T] {
        &self.items[self.starts[position]..self.starts[position + 1]]
    }

    /// Where the list of a position starts among all items.
    pub(super) fn start(&self, position: usize) -> usize {
        self.starts[position]
    }

    pub(super) fn item(&self, index: usize) -> &T {
        &self.items[index]
    }

    pub(super) fn items(&self) -> &[T] {
        &self.items
    }
}

impl Lists<usize> {
    /// The same edges from their other end; each list is ascending.
    pub(super) fn reversed(&self) -> Self {
        let mut starts = vec![0; self.starts.len()];
        for &target in &self.items {
            starts[target + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut free = starts.clone();
        let mut items = vec![0; self.items.len()];
        for position in 0..self.len() {
            for &target in self.get(position) {
                items[free[target]] = position;
                free[target] += 1;
            }
        }
        Self { starts, items }
    }

    /// The edges without those that are named, each as a position and an index in its list.
    pub(super) fn without(&self, mut dropped: Vec<(usize, usize)>) -> Self {
        dropped.sort_unstable();
        let mut kept = Self::new();
        for position in 0..self.len() {
            let list = self.get(position).iter().enumerate();
            let keep = |index| dropped.binary_search(&(position, index)).is_err();
            kept.push(list.filter(|&(index, _)| keep(index)).map(|(_, &to)| to));
        }
        kept
    }
}
