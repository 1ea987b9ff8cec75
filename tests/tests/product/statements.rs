//! Every SQL text of the product, looked at.
