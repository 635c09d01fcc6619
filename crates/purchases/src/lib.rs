//! Facts to a customer account: orders with a history, products, warranties, what is due.
