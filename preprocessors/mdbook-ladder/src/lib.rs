//! The pages of a bilingual book: what stands in them, what is wrong with them, and what is made of them.
