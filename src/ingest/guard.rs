//! A thread of its own for what a library does with bytes from outside: it may panic or never end.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Name of the threads, by which the hook knows whose panic says nothing.
const NAME: &str = "wenmai-format";

/// Deep nesting costs stack before any limit is asked; memory is only taken where it is used.
const STACK: usize = 128 << 20;

/// Why nothing came back.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    Panicked(String),
    TooSlow,
}

/// What `work` gives, unless it panics or takes longer. A thread that takes longer is left behind, since nothing can
/// stop it; it ends with the process.
pub(super) fn run<T: Send + 'static>(seconds: u64, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Stopped> {
    silence();
    let (send, receive) = mpsc::sync_channel(1);
    let guarded = move || {
        // the receiver may be gone
        let _ = send.send(panic::catch_unwind(AssertUnwindSafe(work)));
    };
    let thread = thread::Builder::new().name(NAME.to_owned()).stack_size(STACK).spawn(guarded);
    if let Err(error) = thread {
        return Err(Stopped::Panicked(format!("no thread ({error})")));
    }
    match receive.recv_timeout(Duration::from_secs(seconds)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(payload)) => Err(Stopped::Panicked(said(payload.as_ref()))),
        Err(RecvTimeoutError::Timeout) => Err(Stopped::TooSlow),
        Err(RecvTimeoutError::Disconnected) => Err(Stopped::Panicked("the thread is gone".to_owned())),
    }
}

/// Panics of these threads become rejections and print nothing.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(NAME) {
                before(info);
            }
        }));
    });
}

fn said(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panics_or_hangs_is_stopped() {
        assert_eq!(run(10, || 7), Ok(7));
        assert_eq!(run::<()>(10, || panic!("at {}", 3)), Err(Stopped::Panicked("at 3".to_owned())));
        let (hold, held) = mpsc::channel::<()>();
        assert_eq!(run(0, move || held.recv().is_ok()), Err(Stopped::TooSlow));
        drop(hold);
    }
}
