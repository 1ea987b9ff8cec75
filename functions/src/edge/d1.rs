//! D1 behind the product's own port: always `batch`, which is D1's transaction.
//!
//! Rows leave JavaScript as the text of one JSON array a statement, in one crossing, and serde types them on this side.

use async_trait::async_trait;
use js_sys::{Array, JSON, Reflect};
use shared::database::{Database, DbError, Rows, Statement, Value};
use shared::limits::BOUND_PARAMETERS_MAX;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use worker::D1Database;
use worker::worker_sys::types::{D1Database as D1DatabaseJs, D1Result as D1ResultJs};

use super::words;

/// One D1 database.
pub(super) struct D1(D1DatabaseJs);

impl D1 {
    pub(super) fn new(database: D1Database) -> Self {
        Self(JsValue::from(database).unchecked_into())
    }

    fn prepare(&self, statements: Vec<Statement>) -> Result<Array, DbError> {
        let prepared = Array::new();
        for statement in statements {
            if statement.values.len() > BOUND_PARAMETERS_MAX {
                return Err(DbError::Broken(format!("{} bound parameters", statement.values.len())));
            }
            let values: Array = statement.values.into_iter().map(bindable).collect();
            let bound = self
                .0
                .prepare(statement.sql)
                .and_then(|bare| bare.bind(values))
                .map_err(|error| DbError::from_message(&words(&error)))?;
            prepared.push(&bound);
        }
        Ok(prepared)
    }
}

#[async_trait(?Send)]
impl Database for D1 {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DbError> {
        let texts: Vec<&'static str> = statements.iter().map(|statement| statement.sql).collect();
        let prepared = self.prepare(statements)?;
        let promise = self.0.batch(prepared).map_err(|error| DbError::from_message(&words(&error)))?;
        let answers = JsFuture::from(promise).await.map_err(|error| failed(&error, &texts))?;
        Array::from(&answers).iter().map(|answer| rows(&answer.unchecked_into())).collect()
    }
}

/// D1 refuses `undefined` and `BigInt`; whole numbers below 2^53 are exact as doubles.
#[expect(clippy::cast_precision_loss, reason = "nothing beyond 2^53 is stored as a number")]
fn bindable(value: Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Integer(number) => JsValue::from_f64(number as f64),
        Value::Real(number) => JsValue::from_f64(number),
        Value::Text(text) => JsValue::from_str(&text),
    }
}

fn failed(error: &JsValue, texts: &[&'static str]) -> DbError {
    match DbError::from_message(&words(error)) {
        // D1 does not say which statement of a batch failed; the first one tells the place in our code.
        DbError::Broken(message) => {
            DbError::Broken(format!("{message} in a batch of {} beginning with: {}", texts.len(), texts.first().unwrap_or(&"")))
        }
        known => known,
    }
}

fn rows(answer: &D1ResultJs) -> Result<Rows, DbError> {
    let json = match answer.results().map_err(|error| DbError::Broken(words(&error)))? {
        Some(results) => JSON::stringify(&results).map_err(|error| DbError::Broken(words(&error)))?.into(),
        None => "[]".to_owned(),
    };
    let meta = answer.meta().map_or(JsValue::UNDEFINED, JsValue::from);
    Ok(Rows {
        json,
        changes: count(&meta, "changes"),
        rows_read: count(&meta, "rows_read"),
        rows_written: count(&meta, "rows_written"),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts are small and never negative; `as` saturates"
)]
fn count(meta: &JsValue, name: &str) -> u64 {
    Reflect::get(meta, &JsValue::from_str(name)).ok().and_then(|value| value.as_f64()).unwrap_or(0.0) as u64
}
