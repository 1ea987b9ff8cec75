//! What the product promises, route by route.

mod access_matrix;
mod hosts;
mod statements;
