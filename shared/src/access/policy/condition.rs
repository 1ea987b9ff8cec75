//! The condition of a policy: `JsonLogic`, checked when it is saved, turned into clauses over the ticket when it is used.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::access::{Attribute, Clause, Network, Test};

/// Bytes of a condition as JSON.
pub const BYTES_MAX: usize = 4 * 1024;
/// How deep operators stand in each other.
const DEPTH_MAX: usize = 8;
/// Clauses that a condition may come to; more would cost every row of every list.
const CLAUSES_MAX: usize = 32;
/// Variables beside the ticket's attributes.
const VARIABLES: &[&str] = &[
    "actor.id",
    "actor.role",
    "actor.department",
    "actor.organization",
    "actor.groups",
    "actor.email_domain",
    "request.address",
    "request.time",
    "request.weekday",
];

/// A condition as it was saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Condition(Value);

/// What stands on one side of a comparison.
enum Term {
    Known(Value),
    Ticket(Attribute),
    /// Known, but not to us now.
    Open,
}

type Lookup<'a> = dyn Fn(&str) -> Option<Value> + 'a;

impl Condition {
    /// Takes a condition that can be used; the error is a stable code.
    pub fn parse(rule: Value) -> Result<Self, &'static str> {
        if rule.to_string().len() > BYTES_MAX || depth(&rule) > DEPTH_MAX || most_clauses(&rule, true) > CLAUSES_MAX {
            return Err("condition_too_large");
        }
        let condition = Self(rule);
        // No part is left out, so that what can be read of these two can be read of everybody.
        let readable = [true, false].into_iter().all(|belongs| condition.clauses(&|name| Some(sample(name, belongs))).is_some());
        if readable && knows_its_variables(&condition.0) { Ok(condition) } else { Err("condition_unknown") }
    }

    /// The rule.
    pub fn rule(&self) -> &Value {
        &self.0
    }

    /// Whether it asks about the ticket.
    pub fn is_about_tickets(&self) -> bool {
        most_clauses(&self.0, true) > 0
    }

    /// For which tickets it holds: none of the clauses means none, an empty clause means all. A variable that `lookup` does not know
    /// may have any value, so both outcomes are taken for possible. `None`: it cannot be read.
    pub fn clauses(&self, lookup: &Lookup<'_>) -> Option<Vec<Clause>> {
        clauses(&self.0, true, lookup)
    }
}

/// A value of the kind that a variable has, of somebody who belongs somewhere or nowhere.
fn sample(name: &str, belongs: bool) -> Value {
    match name {
        "actor.groups" => Value::Array(vec![Value::from("")]),
        "request.weekday" => Value::from(1),
        "actor.department" | "actor.organization" | "actor.email_domain" if !belongs => Value::Null,
        _ => Value::from(""),
    }
}

fn depth(rule: &Value) -> usize {
    match rule {
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        Value::Array(all) => all.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// To how many clauses the tickets for which `rule` comes to `wanted` can amount, whoever asks. What is not about the ticket makes
/// none: it leaves the other parts as they are, or makes them unimportant.
fn most_clauses(rule: &Value, wanted: bool) -> usize {
    let Some((operator, operand)) = rule.as_object().and_then(|map| map.iter().next()) else { return 0 };
    let operands: &[Value] = operand.as_array().map_or(std::slice::from_ref(operand), Vec::as_slice);
    let parts = |wanted| operands.iter().map(move |part| most_clauses(part, wanted)).filter(|most| *most > 0);
    match operator.as_str() {
        "and" | "or" if (operator == "and") == wanted => parts(wanted).reduce(usize::saturating_mul).unwrap_or(0),
        "and" | "or" => parts(wanted).fold(0, usize::saturating_add),
        "!" => parts(!wanted).fold(0, usize::saturating_add),
        _ => usize::from(operands.iter().any(is_of_the_ticket)),
    }
}

fn is_of_the_ticket(operand: &Value) -> bool {
    operand.get("var").and_then(Value::as_str).and_then(attribute).is_some()
}

fn knows_its_variables(rule: &Value) -> bool {
    match rule {
        Value::Object(map) => map.iter().all(|(operator, inner)| match (operator.as_str(), inner) {
            ("var", Value::String(name)) => VARIABLES.contains(&name.as_str()) || attribute(name).is_some(),
            ("var", _) => false,
            _ => knows_its_variables(inner),
        }),
        Value::Array(all) => all.iter().all(knows_its_variables),
        _ => true,
    }
}

fn attribute(name: &str) -> Option<Attribute> {
    match name.strip_prefix("ticket.")? {
        "tags" => Some(Attribute::Tag),
        "followers" => Some(Attribute::Follower),
        "tag" | "follower" => None,
        other => Attribute::parse(other),
    }
}

fn always() -> Vec<Clause> {
    vec![Clause::default()]
}

fn constant(holds: bool) -> Vec<Clause> {
    if holds { always() } else { Vec::new() }
}

/// The tickets for which `rule` comes to `wanted`.
fn clauses(rule: &Value, wanted: bool, lookup: &Lookup<'_>) -> Option<Vec<Clause>> {
    let map = match rule {
        Value::Bool(value) => return Some(constant(*value == wanted)),
        Value::Object(map) if map.len() == 1 => map,
        _ => return None,
    };
    let (operator, operand) = map.iter().next()?;
    let operands: &[Value] = operand.as_array().map_or(std::slice::from_ref(operand), Vec::as_slice);
    match operator.as_str() {
        // By De Morgan: not all of them is one that is not.
        "and" | "or" if !operands.is_empty() => {
            let parts = operands.iter().map(|each| clauses(each, wanted, lookup)).collect::<Option<Vec<_>>>()?;
            if (operator == "and") == wanted { every(parts) } else { Some(any(parts)) }
        }
        "!" => match operands {
            [inner] => clauses(inner, !wanted, lookup),
            _ => None,
        },
        _ => comparison(operator, operands, wanted, lookup),
    }
}

fn any(parts: Vec<Vec<Clause>>) -> Vec<Clause> {
    let mut all: Vec<Clause> = Vec::new();
    for clause in parts.into_iter().flatten() {
        if clause.0.is_empty() {
            return always();
        }
        if !all.contains(&clause) {
            all.push(clause);
        }
    }
    all
}

fn every(parts: Vec<Vec<Clause>>) -> Option<Vec<Clause>> {
    let mut all = always();
    for part in parts {
        let joined = all.iter().flat_map(|left| {
            part.iter().map(move |right| {
                let mut tests = left.0.clone();
                tests.extend(right.0.iter().filter(|test| !left.0.contains(test)).cloned());
                Clause(tests)
            })
        });
        all = joined.collect();
        // Saved conditions stay below; this bounds the work on one that is being checked.
        if all.len() > CLAUSES_MAX * 8 {
            return None;
        }
    }
    Some(any(vec![all]))
}

fn comparison(operator: &str, operands: &[Value], wanted: bool, lookup: &Lookup<'_>) -> Option<Vec<Clause>> {
    let terms = operands.iter().map(|operand| term(operand, lookup)).collect::<Option<Vec<_>>>()?;
    if terms.iter().any(|term| matches!(term, Term::Open)) {
        // Whatever it is, the outcome may be the wanted one.
        let known_shape =
            matches!((operator, terms.len()), ("==" | "!=" | "in" | "in_network", 2) | ("<" | "<=" | ">" | ">=", 2 | 3));
        return known_shape.then(always);
    }
    match (operator, terms.as_slice()) {
        ("==" | "!=", [Term::Known(left), Term::Known(right)]) => {
            Some(constant((same(left, right)? == (operator == "==")) == wanted))
        }
        ("==" | "!=", [Term::Ticket(one), Term::Known(value)] | [Term::Known(value), Term::Ticket(one)]) => {
            let test = Test::is(single(*one)?, vec![word(value)?]);
            Some(vec![Clause(vec![if (operator == "==") == wanted { test } else { test.negated() }])])
        }
        ("in", [Term::Ticket(one), Term::Known(Value::Array(values))]) => {
            let test = Test::is(single(*one)?, values.iter().map(word).collect::<Option<Vec<_>>>()?);
            Some(vec![Clause(vec![if wanted { test } else { test.negated() }])])
        }
        ("in", [Term::Known(value), Term::Ticket(many @ (Attribute::Tag | Attribute::Follower))]) => {
            let test = Test::is(*many, vec![word(value)?]);
            Some(vec![Clause(vec![if wanted { test } else { test.negated() }])])
        }
        ("in", [Term::Known(value), Term::Known(Value::Array(values))]) => {
            let same = values.iter().map(|one| same(value, one)).collect::<Option<Vec<_>>>()?;
            Some(constant(same.contains(&true) == wanted))
        }
        ("in_network", [Term::Known(address), Term::Known(networks)]) => {
            Some(constant(in_network(address.as_str()?, networks)? == wanted))
        }
        ("<" | "<=" | ">" | ">=", terms @ ([_, _] | [_, _, _])) => Some(constant(in_order(operator, terms)? == wanted)),
        _ => None,
    }
}

fn term(operand: &Value, lookup: &Lookup<'_>) -> Option<Term> {
    match operand {
        Value::Object(map) => {
            let name = map.get("var").filter(|_| map.len() == 1)?.as_str()?;
            Some(match attribute(name) {
                Some(attribute) => Term::Ticket(attribute),
                None => lookup(name).map_or(Term::Open, Term::Known),
            })
        }
        Value::Array(all) if all.iter().any(Value::is_object) => None,
        value => Some(Term::Known(value.clone())),
    }
}

/// An attribute of which a ticket has one value.
fn single(attribute: Attribute) -> Option<Attribute> {
    (!matches!(attribute, Attribute::Tag | Attribute::Follower)).then_some(attribute)
}

#[expect(clippy::option_option, reason = "not a word at all, and no value, are two things")]
fn word(value: &Value) -> Option<Option<String>> {
    match value {
        Value::Null => Some(None),
        Value::String(text) => Some(Some(text.clone())),
        _ => None,
    }
}

/// Whether two values are the same one. Between those of different kinds `JsonLogic` converts; here they cannot be compared.
fn same(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.as_f64()?.partial_cmp(&right.as_f64()?)?.is_eq()),
        (Value::Bool(left), Value::Bool(right)) => Some(left == right),
        (Value::Null | Value::String(_), Value::Null | Value::String(_)) => Some(left == right),
        _ => None,
    }
}

/// Numbers by size, texts letter by letter (times as `HH:MM`): `a < b`, or `a < b < c`.
fn in_order(operator: &str, terms: &[Term]) -> Option<bool> {
    let mut holds = true;
    for pair in terms.windows(2) {
        let [Term::Known(left), Term::Known(right)] = pair else { return None };
        let order = match (left, right) {
            (Value::Number(left), Value::Number(right)) => left.as_f64()?.partial_cmp(&right.as_f64()?)?,
            (Value::String(left), Value::String(right)) => left.cmp(right),
            _ => return None,
        };
        holds &= match operator {
            "<" => order.is_lt(),
            "<=" => order.is_le(),
            ">" => order.is_gt(),
            _ => order.is_ge(),
        };
    }
    Some(holds)
}

/// Whether the address lies in one of the networks. An address that is no address lies in none.
fn in_network(address: &str, networks: &Value) -> Option<bool> {
    let networks = networks.as_array()?.iter().map(|text| Network::parse(text.as_str()?)).collect::<Option<Vec<_>>>()?;
    let Ok(address) = address.parse::<IpAddr>() else { return Some(false) };
    Some(networks.iter().any(|network| network.contains(address)))
}

#[cfg(test)]
mod tests;
