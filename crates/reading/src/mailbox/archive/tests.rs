//! Archives are read without unpacking, and hostile ones are refused with a reason.
