//! The letters in English.

use super::Right;
use super::letter::{About, Tongue};
use mesinfos_domain::Date;

pub(super) const WORDS: Tongue = Tongue {
    subject,
    reference: "ref.",
    greeting: "Dear Sir or Madam,",
    writes,
    asks,
    details,
    stopped,
    law: &[
        "You have one month to answer, from the day on which you receive this letter (Article 12(3)); \
         should you need to extend it, you must tell me so, with your reasons, within that month. \
         Answering is free of charge (Article 12(5)).",
        "I write from an address that you already use to reach me. If you nevertheless have \
         reasonable doubts about my identity, please say at once what would settle them \
         (Article 12(6)). Please answer by electronic means. Failing an answer, I may complain to a \
         supervisory authority, in France the CNIL (Article 77).",
    ],
    farewell: "Yours faithfully,",
    reminder,
    complaint,
};

fn subject(right: Right) -> &'static str {
    match right {
        Right::Access => "Request for access to my personal data, Article 15 GDPR",
        Right::Portability => "Request for portability of my data, Article 20 GDPR",
        Right::Rectification => "Request to rectify my data, Article 16 GDPR",
        Right::Marketing => "Objection to direct marketing, Article 21 GDPR",
        Right::Objection => "Objection to the processing of my data, Article 21 GDPR",
        Right::Erasure => "Request to erase my data, Article 17 GDPR",
    }
}

fn writes(about: &About) -> String {
    let who = match &about.domain {
        Some(domain) => format!("{} ({domain})", about.organisation),
        None => about.organisation.clone(),
    };
    let mut text = format!("This letter is addressed to {who}, as controller.");
    let uses: Vec<String> = about
        .addresses
        .iter()
        .map(|a| match a.first == a.last {
            true => format!("{}, on {}", a.address, day(a.first)),
            false => format!("{}, from {} to {}", a.address, day(a.first), day(a.last)),
        })
        .collect();
    match &uses[..] {
        [] => {}
        [one] => text += &format!(" You write to me at {one}."),
        many => text += &format!(" You write to me at these addresses:\n- {}", many.join(";\n- ")),
    }
    text
}

fn asks(right: Right) -> &'static [&'static str] {
    match right {
        Right::Access => &[
            "Under Article 15 of Regulation (EU) 2016/679 (GDPR), I ask you to confirm whether you \
             process data that concern me and, if so, to give me a full copy of them, with this \
             information:\n\
             - why you process them, and on which legal basis;\n\
             - the categories of data concerned;\n\
             - the names of those to whom you have disclosed or will disclose them, and the safeguards \
             taken where they are outside the European Union;\n\
             - how long you keep them, or how that time is determined;\n\
             - where they come from, when it is not from me;\n\
             - the automated decisions and profiles that concern me, their logic and their \
             consequences.",
        ],
        Right::Portability => &[
            "Under Article 20 of Regulation (EU) 2016/679 (GDPR), I ask you for the data that I have \
             provided to you, those that arise from my use of your services included (account, orders, \
             invoices, messages, history), in a structured, commonly used and machine-readable format: \
             JSON, CSV or XML for example.",
        ],
        Right::Rectification => &[
            "Under Article 16 of Regulation (EU) 2016/679 (GDPR), I ask you to correct or complete the \
             data that concern me, and to tell those to whom you have disclosed them (Article 19):",
        ],
        Right::Marketing => &[
            "Under Article 21(2) and (3) of Regulation (EU) 2016/679 (GDPR), I object to any use of my \
             data for direct marketing, profiling included. No reason is needed, and you must stop.",
            "I also withdraw any consent to receive marketing that I may have given (Article 7(3)). \
             Keep what you need of my address so as not to write to it again, and pass this objection \
             on to those to whom you have disclosed it. It does not concern messages that my orders or \
             my account need.",
        ],
        Right::Objection => &[
            "Under Article 21(1) of Regulation (EU) 2016/679 (GDPR), I object to a processing of my \
             data that you base on your legitimate interests or on a task in the public interest. Here \
             is which one, and my grounds, which relate to my situation:",
        ],
        Right::Erasure => &[
            "Under Article 17 of Regulation (EU) 2016/679 (GDPR), I ask you to erase the data that \
             concern me and to close my account, if there is one. I no longer use your services, I \
             withdraw any consent that I may have given and I object to your keeping these data.",
            "If the law obliges you to keep some documents, invoices for example, tell me which, for \
             how long and under which provision, and erase the rest. Tell those to whom you have \
             disclosed my data (Article 19), and confirm the erasure to me.",
        ],
    }
}

fn details(right: Right) -> &'static str {
    match right {
        Right::Rectification => "[Write here what is wrong, and what is right.]",
        _ => "[Write here which processing it is, and why you object to it.]",
    }
}

fn stopped(asked: Date, wrote: &[Date]) -> String {
    let asked = day(asked);
    if wrote.is_empty() {
        return format!("I already asked you to stop on {asked}.");
    }
    let days: Vec<String> = wrote.iter().map(|d| day(*d)).collect();
    format!("I already asked you to stop on {asked}. You wrote to me again on {}.", days.join(", "))
}

fn reminder(right: Right, sent: Date, until: Date) -> [String; 3] {
    [
        format!(
            "On {}, I sent you this request: “{}”. You had until {} to answer it (Article 12(3) GDPR). \
             I have received no answer.",
            day(sent),
            subject(right),
            day(until)
        ),
        "Please answer without delay. Failing to act on a request under Articles 15 to 22 exposes to a \
         fine by the supervisory authority (Article 83(5))."
            .to_owned(),
        "Without an answer from you, I shall complain to the supervisory authority (Article 77)."
            .to_owned(),
    ]
}

fn complaint(
    about: &About,
    right: Right,
    sent: Date,
    until: Date,
    reminded: Option<Date>,
) -> String {
    let addresses: Vec<&str> = about.addresses.iter().map(|a| a.address.as_str()).collect();
    let mut text = format!(
        "I lodge a complaint (Article 77 GDPR) against {}{}.\n\n\
         On {}, I sent it a request: “{}” (ref. {}). The month of Article 12(3) ended on {}, without \
         an answer.",
        about.organisation,
        about.domain.as_ref().map(|d| format!(" ({d})")).unwrap_or_default(),
        day(sent),
        subject(right),
        about.reference,
        day(until),
    );
    if let Some(reminded) = reminded {
        text += &format!(" I wrote again to remind it on {}, in vain.", day(reminded));
    }
    if !addresses.is_empty() {
        text += &format!("\n\nThis organisation writes to me at: {}.", addresses.join(", "));
    }
    text + &format!(
        "\n\nI ask the authority to see to it that this request is answered. The letter and the mails \
         exchanged are attached.\n\n{}",
        about.person
    )
}

fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS.get(date.month() as usize - 1).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}
