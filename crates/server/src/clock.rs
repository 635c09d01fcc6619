//! The one place where the server reads the clock; tests put their own in its place.

use jiff::Timestamp;
use std::sync::Arc;

/// Tells the time. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is read")]
    pub fn system() -> Clock {
        Clock(Arc::new(Timestamp::now))
    }

    /// A clock of the caller's making.
    pub fn from(tell: impl Fn() -> Timestamp + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(tell))
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }

    /// Now, in seconds since 1970.
    pub fn seconds(&self) -> i64 {
        self.now().as_second()
    }
}
