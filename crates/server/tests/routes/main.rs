//! Stories told over HTTP, one file for each part of the address tree.

mod addresses;
mod consent;
mod corrections;
mod door;
mod everywhere;
mod filing;
mod forwarding;
mod limits;
mod lists;
mod logs;
mod mail;
mod partners;
mod passkeys;
mod sending;
mod settings;
mod site;
