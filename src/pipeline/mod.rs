//! Wires the stages; the only place where work is spread over threads.

mod error;
mod formats;
mod intake;
mod plan;
mod reader;
mod render;
mod report;
mod run;
mod spill;
mod threads;

pub use error::RunError;
pub use plan::{Plan, Progress, Summary};
pub use reader::{Reader, Reading};
pub use report::ReportChoice;
pub use run::run;

/// `work` over `items` on all threads, the results in the order of the items.
pub fn map_in_order<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    use rayon::prelude::*;
    items.into_par_iter().map(work).collect()
}
