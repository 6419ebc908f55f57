//! Sums that each thread makes for itself.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// One of something for each thread, so that sums need no allocation a document and no waiting.
pub(super) struct EachThread<T>(Vec<Mutex<T>>);

impl<T> EachThread<T> {
    pub fn new(mut make: impl FnMut() -> T) -> Self {
        EachThread((0..rayon::current_num_threads().max(1)).map(|_| Mutex::new(make())).collect())
    }

    /// That of this thread.
    pub fn own(&self) -> MutexGuard<'_, T> {
        let at = rayon::current_thread_index().unwrap_or(0) % self.0.len();
        self.0[at].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All of them as one: `merge` adds the others to the first.
    pub fn merged(self, merge: impl FnMut(T, T) -> T) -> Option<T> {
        let all = self.0.into_iter().map(|one| one.into_inner().unwrap_or_else(PoisonError::into_inner));
        all.reduce(merge)
    }
}
