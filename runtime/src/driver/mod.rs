//! Drivers carry the engine's requests to a server and bring the answers back. They decide
//! nothing.

pub(crate) mod postgres;
