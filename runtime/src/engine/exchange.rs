//! How engine and driver talk: the engine asks, the driver answers, one exchange at a time.
//!
//! What the engine does is written as ordinary `async` functions that run from top to bottom. All
//! they ever wait for is [`Port`], and [`Engine::step`] is what polls them: no runtime, no task,
//! no I/O. The compiler makes the state machine, and a blocking driver and an asynchronous one
//! can drive the same engine.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::report::Event;
use crate::server_error::ServerMessage;

/// What the engine wants next of its driver.
#[derive(Debug)]
pub(crate) enum Step<T> {
    /// Do this, and call [`Engine::step`] with the answer.
    Ask(Request),
    /// There is nothing left to do.
    Done(T),
}

/// What a driver can be asked for.
#[derive(Debug)]
pub(crate) enum Request {
    /// Send this as one message of the simple query protocol, and collect what comes back.
    Query(String),
    /// Let this time pass.
    Wait(Duration),
    /// Pass this on to whoever watches.
    Tell(Event),
}

/// What came of a request.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The result sets of a query, one for each statement that has one; none for a [`Request`] of
    /// another kind.
    pub(crate) outcome: Result<Vec<ResultSet>, Failure>,
    /// How long it took, by the driver's clock.
    pub(crate) elapsed: Duration,
}

/// The rows of one statement, every value as text.
pub(crate) type ResultSet = Vec<Vec<Option<String>>>;

/// Why a message has no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The server refused it.
    Server(Box<ServerMessage>),
    /// The connection broke, or what came back makes no sense.
    Connection(Box<dyn std::error::Error + Send + Sync>),
}

/// One piece of work, and how far it has come.
pub(crate) struct Engine<T> {
    mailbox: Arc<Mutex<Mailbox>>,
    work: Pin<Box<dyn Future<Output = T> + Send>>,
}

/// The engine's end of the exchange.
pub(crate) struct Port(Arc<Mutex<Mailbox>>);

#[derive(Default)]
struct Mailbox {
    request: Option<Request>,
    answer: Option<Answer>,
    cleanup: Option<String>,
    /// Whether the connection can no longer be used.
    broken: bool,
}

/// Why nothing is sent any more.
#[derive(Debug, thiserror::Error)]
#[error("the connection broke before")]
struct Broken;

impl Answer {
    /// The answer before the first request, and to one that returns nothing.
    pub(crate) fn nothing(elapsed: Duration) -> Self {
        Self { outcome: Ok(Vec::new()), elapsed }
    }
}

impl<T> Engine<T> {
    /// Prepares `work`; nothing of it happens before the first [`Engine::step`].
    pub(crate) fn new<F>(work: impl FnOnce(Port) -> F) -> Self
    where
        F: Future<Output = T> + Send + 'static,
    {
        let mailbox = Arc::default();
        let work = Box::pin(work(Port(Arc::clone(&mailbox))));
        Self { mailbox, work }
    }

    /// Takes the answer to the last request, and says what is next. The first answer is
    /// [`Answer::nothing`].
    pub(crate) fn step(&mut self, answer: Answer) -> Step<T> {
        locked(&self.mailbox).answer = Some(answer);
        match self.work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => Step::Done(result),
            Poll::Pending => Step::Ask(
                locked(&self.mailbox)
                    .request
                    .take()
                    .expect("the engine waits for nothing but the answer to a request"),
            ),
        }
    }

    /// What to send before the connection is given back when the work is given up half-way; `None`
    /// while there is nothing to undo.
    pub(crate) fn cleanup(&self) -> Option<String> {
        locked(&self.mailbox).cleanup.clone()
    }
}

impl Port {
    /// Sends one message and waits for its result. Once the connection is broken, nothing is sent
    /// any more: a server that is out of step might never answer.
    pub(crate) async fn query(&self, sql: impl Into<String>) -> Answer {
        if locked(&self.0).broken {
            let outcome = Err(Failure::Connection(Box::new(Broken)));
            return Answer { outcome, elapsed: Duration::ZERO };
        }
        let answer = self.ask(Request::Query(sql.into())).await;
        if answer.outcome.as_ref().is_err_and(Failure::ends_connection) {
            let mut mailbox = locked(&self.0);
            mailbox.broken = true;
            mailbox.cleanup = None;
        }
        answer
    }

    /// Lets time pass; returns how much it was.
    pub(crate) async fn wait(&self, time: Duration) -> Duration {
        self.ask(Request::Wait(time)).await.elapsed
    }

    /// Tells whoever watches.
    pub(crate) async fn tell(&self, event: Event) {
        self.ask(Request::Tell(event)).await;
    }

    /// Sets what [`Engine::cleanup`] answers from now on.
    pub(crate) fn set_cleanup(&self, sql: Option<String>) {
        locked(&self.0).cleanup = sql;
    }

    async fn ask(&self, request: Request) -> Answer {
        {
            let mut mailbox = locked(&self.0);
            mailbox.answer = None;
            mailbox.request = Some(request);
        }
        poll_fn(|_| match locked(&self.0).answer.take() {
            Some(answer) => Poll::Ready(answer),
            None => Poll::Pending,
        })
        .await
    }
}

impl Failure {
    /// Whether nothing more can be said to the server.
    pub(crate) fn ends_connection(&self) -> bool {
        match self {
            Self::Connection(_) => true,
            Self::Server(message) => matches!(message.severity.as_str(), "FATAL" | "PANIC"),
        }
    }
}

fn locked(mailbox: &Mutex<Mailbox>) -> MutexGuard<'_, Mailbox> {
    mailbox.lock().unwrap_or_else(PoisonError::into_inner)
}
