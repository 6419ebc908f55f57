//! profile
mod title; mod publisher;
