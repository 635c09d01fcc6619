//! Read models: one plain struct for each page, and the one function that fills it.
//!
//! Nothing is formatted here: sums are [`Money`](mesinfos_domain::Money), days are dates, ids are
//! newtypes. Every function takes the vault (which is one person's), what the page asks for and,
//! where days count, today's date. Every query names its person and reads narrow rows or an index,
//! so that a page of a vault with 100,000 mails and 800 actors is ready in under 50 ms.

mod actor;
mod actors;
mod advice;
mod awaited;
mod collect;
mod common;
mod corrections;
mod due;
mod found;
mod given;
mod home;
mod message;
mod messages;
mod months;
mod offers;
mod order;
mod orders;
mod own;
mod preview;
mod product;
mod purchases;
mod refusals;
mod rights;
mod sentence;
mod worded;
mod year;

pub use actor::{
    ActorCard, CategoryCount, DomainSeen, EvidenceSeen, NameSeen, actor, actor_ref, actor_refs,
};
pub use actors::{
    ActorRow, Actors, ActorsAsked, ActorsBy, KindCount, PartnerCounts, Partners, Standing, actors,
};
pub use advice::{Advice, Leak, Letters, advice, visit};
pub use awaited::{AwaitedRow, awaited};
pub use collect::{ToCollect, to_collect};
pub(crate) use common::Names;
pub use common::{ActorRef, CategoryCounts, MailRef, Month, PageAsked, Paged, Picture};
pub use corrections::{CorrectionRow, corrections};
pub use due::{DueRow, DueWhat, due};
pub use found::{Found, found};
pub use given::{Given, Stranger, actor_named, actor_names, given_addresses};
pub use home::{Home, Loud, MailMonth, MerchantMoney, MoneyMonth, home};
pub use message::{AttachmentRow, FactRow, HeaderRow, MessageCard, message};
pub use messages::{MessageRow, Messages, MessagesAsked, messages};
pub use offers::{OfferRow, OffersAsked, offers};
pub use order::{OrderCard, OrderMailRow, StepRow, order};
pub use orders::{OrderRow, Orders, OrdersAsked, orders};
pub use own::{OwnAddress, own_addresses};
pub use preview::{Preview, PreviewRow, preview};
pub use product::{ProductCard, product};
pub use purchases::{Purchases, PurchasesAsked, PurchasesBy, ThingRow, purchases};
pub use refusals::{Ledger, LedgerRow, Watched, ledger};
pub(crate) use rights::letter_about;
pub use rights::{AddressUse, Answer, RequestCard, RequestRow, Why, request, requests};
pub use sentence::{OwnLine, Sentence, SpentIn, Unseen};
pub use year::ReadBy;
