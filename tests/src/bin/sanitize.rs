//! Reads a JSON list of HTML texts and writes what each of the doors to our pages makes of them, for the suite that shows it to a browser.

use std::collections::HashMap;
use std::io::Read;
use std::process::ExitCode;

use serde_json::{Value, json};
use shared::mail::sanitize::{html_to_text, mail_html, markdown_to_html, text_to_html};

fn main() -> ExitCode {
    let mut text = String::new();
    let texts = match std::io::stdin().read_to_string(&mut text).map(|_| serde_json::from_str::<Vec<String>>(&text)) {
        Ok(Ok(texts)) => texts,
        Ok(Err(error)) => return refuse(&error.to_string()),
        Err(error) => return refuse(&error.to_string()),
    };
    println!("{}", texts.iter().map(|html| made_safe(html)).collect::<Value>());
    ExitCode::SUCCESS
}

fn made_safe(html: &str) -> Value {
    let text = html_to_text(html);
    json!({
        "mail": mail_html(html, &HashMap::new()),
        "typed": markdown_to_html(html),
        "text": text_to_html(html),
        "read": markdown_to_html(&text),
    })
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("No list of texts: {why}");
    ExitCode::FAILURE
}
