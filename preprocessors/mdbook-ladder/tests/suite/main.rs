//! Tests of the crate through its public side, on small books that are written for each test.

mod books;
mod lists;
mod pages;
mod protocol;
mod rendering;
mod shelf;
mod words;
