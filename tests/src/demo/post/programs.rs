//! Letters of people: each has a mail program with habits of its own, which shows in the shape of the message, not in its words.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::super::Language;
use super::super::corpus::Corpus;
use super::super::dice::Dice;
use super::super::papers::Paper;
use super::mime::{Charset, Message, Part, date, mailbox, message_id, vouched, words};

/// A letter to the desk.
pub struct Letter<'a> {
    /// Name of the writer.
    pub name: &'a str,
    /// Address of the writer.
    pub from: &'a str,
    /// The desk's address.
    pub to: &'a str,
    /// Who gets copies.
    pub cc: &'a [String],
    /// Subject.
    pub subject: &'a str,
    /// When it is sent.
    pub at: DateTime<Utc>,
    /// Where.
    pub zone: Tz,
    /// Its language.
    pub language: Language,
    /// The text, perhaps with a quotation: a line that says who wrote, then lines that begin with `>`.
    pub text: &'a str,
    /// Files.
    pub files: &'a [Paper],
    /// The mail that it answers.
    pub answers: Option<&'a Answered>,
}

/// A mail of the desk, as far as an answer needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Its Message-ID.
    pub message_id: String,
    /// Where answers go.
    pub reply_to: String,
    /// Where reports about it go.
    pub envelope_from: String,
    /// Name and address of the desk.
    pub from: (String, String),
    /// Its subject.
    pub subject: String,
    /// When it was sent.
    pub at: DateTime<Utc>,
}

/// What somebody writes mail with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    /// In the browser: plain text beside HTML, quotations marked in both.
    Web,
    /// In the office: HTML, and the fields of the other mail above a quotation that nothing marks.
    Office,
    /// On the desk for twenty years: plain text, in Russia in the code page of Windows.
    Plain,
    /// On the phone: few words, and a line that says so.
    Phone,
}

impl Program {
    fn of(address: &str) -> Self {
        let mut habit = Dice::fork(1, address);
        [Self::Web, Self::Office, Self::Plain, Self::Phone].get(habit.weighted(&[40, 34, 16, 10])).copied().unwrap_or(Self::Web)
    }
}

impl Letter<'_> {
    /// The message.
    pub fn bytes(&self) -> Vec<u8> {
        let program = Program::of(self.from);
        let id = message_id(self.from, self.at, self.subject);
        let mut fields = vec![
            ("Authentication-Results", vouched(self.from)),
            ("Date", date(self.at, self.zone)),
            ("From", mailbox(self.name, self.from)),
            ("To", mailbox(self.answers.map_or("", |answered| answered.from.0.as_str()), self.to)),
        ];
        if !self.cc.is_empty() {
            fields.push(("Cc", self.cc.join(", ")));
        }
        fields.push(("Subject", words(self.subject)));
        fields.push(("Message-ID", format!("<{id}>")));
        if let Some(answered) = self.answers {
            fields.push(("In-Reply-To", format!("<{}>", answered.message_id)));
            fields.push(("References", format!("<{}>", answered.message_id)));
        }
        fields.push(("Content-Language", self.language.tag().to_owned()));
        Message { fields, content: self.with_files(self.words(program)), id }.bytes()
    }

    fn with_files(&self, text: Part) -> Part {
        if self.files.is_empty() {
            return text;
        }
        Part::Multi("mixed", std::iter::once(text).chain(self.files.iter().cloned().map(Part::File)).collect())
    }

    fn words(&self, program: Program) -> Part {
        let (mut own, quoted) = parted(self.text);
        if program == Program::Phone {
            let footer = Dice::fork(2, self.from).pick(Corpus::of(self.language).phrases("mobile_footer"));
            own = format!("{own}\n\n{footer}");
        }
        let quoted = quoted.map(|(head, lines)| match program {
            Program::Office => (self.fields_of_the_other().unwrap_or(head), lines),
            _ => (head, lines),
        });
        let marked = program != Program::Office;
        let mark = |line: &str| if marked { format!("> {line}").trim_end().to_owned() } else { line.to_owned() };
        let plain = quoted.as_ref().map_or_else(
            || own.clone(),
            |(head, lines)| {
                let gap = if marked { "\n" } else { "\n\n" };
                format!("{own}\n\n{head}{gap}{}", lines.iter().map(|line| mark(line)).collect::<Vec<_>>().join("\n"))
            },
        );
        if program == Program::Plain {
            return Part::Text("plain", Charset::Windows1251, plain);
        }
        let html = self.html(program, &own, quoted.as_ref());
        Part::Multi("alternative", vec![Part::Text("plain", Charset::Utf8, plain), Part::Text("html", Charset::Utf8, html)])
    }

    /// The block that office programs put above what they quote.
    fn fields_of_the_other(&self) -> Option<String> {
        let answered = self.answers?;
        let [from, sent, to, subject] = match self.language {
            Language::Ru => ["От", "Отправлено", "Кому", "Тема"],
            Language::En => ["From", "Sent", "To", "Subject"],
            Language::Ar => ["من", "تاريخ الإرسال", "إلى", "الموضوع"],
        };
        let moment = answered.at.with_timezone(&self.zone).format(match self.language {
            Language::Ru => "%d.%m.%Y %H:%M",
            Language::En => "%A, %B %-d, %Y %-I:%M %p",
            Language::Ar => "%d/%m/%Y %H:%M",
        });
        let (name, address) = &answered.from;
        Some(format!(
            "{from}: {name} <{address}>\n{sent}: {moment}\n{to}: {} <{}>\n{subject}: {}",
            self.name, self.from, answered.subject
        ))
    }

    fn html(&self, program: Program, own: &str, quoted: Option<&(String, Vec<String>)>) -> String {
        let direction = if self.language == Language::Ar { "rtl" } else { "ltr" };
        let lines = |text: &str| -> String {
            text.lines()
                .map(|line| if line.is_empty() { "<div><br></div>".to_owned() } else { format!("<div>{}</div>", escaped(line)) })
                .collect()
        };
        let mut body = format!("<div dir=\"{direction}\">{}</div>", lines(own));
        if let Some((head, quotation)) = quoted {
            let quotation = lines(&quotation.join("\n"));
            body.push_str(&if program == Program::Office {
                let head: String = head.lines().map(|line| format!("{}<br>", escaped(line))).collect();
                format!(
                    "<div style=\"border:none;border-top:solid #e1e1e1 1.0pt;padding:3.0pt 0 0 0\"><p>{head}</p></div>{quotation}"
                )
            } else {
                format!(
                    "<br><div class=\"gmail_quote\"><div dir=\"{direction}\">{}<br></div>\
                     <blockquote class=\"gmail_quote\">{quotation}</blockquote></div>",
                    escaped(head)
                )
            });
        }
        format!("<html><head><meta charset=\"utf-8\"></head><body>{body}</body></html>")
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What somebody wrote, and the quotation after it: the line that says whose it is, and its lines without their mark.
fn parted(text: &str) -> (String, Option<(String, Vec<String>)>) {
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| line.starts_with('>'));
    let Some((first, head)) = first.and_then(|first| Some((first, lines.get(first.checked_sub(1)?)?))) else {
        return (text.to_owned(), None);
    };
    let own = lines.iter().take(first - 1).copied().collect::<Vec<_>>().join("\n");
    let quoted = lines.iter().skip(first).map(|line| line.trim_start_matches('>').trim_start().to_owned()).collect();
    (own.trim_end().to_owned(), Some(((*head).to_owned(), quoted)))
}

#[cfg(test)]
mod tests;
