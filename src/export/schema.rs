//! The JSON Schema of the document, for editors and validators.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use crate::agreement::Agreement;
use crate::assessment::Assessment;
use crate::terms::Terms;

/// The JSON Schema (draft 2020-12) of the agreement document, as text.
///
/// It describes every field and says what a schema can: fields, words, numbers, and the grammars of quantities, shares
/// and deadlines, each with examples. A mistake in one value is one error. The file is `schema/agreement.schema.json` of
/// the repository; [*encode*](crate::guide::encode) shows how editors find it. References, order, sums and consent depend
/// on the rest of the document: only [`Agreement`] checks them.
///
/// ```
/// use force_drawdown::AGREEMENT_SCHEMA;
/// let schema: serde_json::Value = serde_json::from_str(AGREEMENT_SCHEMA)?;
/// assert_eq!(schema["required"][0], "title");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub static AGREEMENT_SCHEMA: &str = include_str!("../../schema/agreement.schema.json");

/// ```
/// use force_drawdown::{AGREEMENT_SCHEMA, Terms};
/// let schema: serde_json::Value = serde_json::from_str(AGREEMENT_SCHEMA)?;
/// assert_eq!(schemars::schema_for!(Terms).to_value()["properties"], schema["properties"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl JsonSchema for Terms {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("agreement")
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Borrowed("force_drawdown::Terms")
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let Ok(Value::Object(mut schema)) = serde_json::from_str(AGREEMENT_SCHEMA) else { return Schema::default() };
        // As a part of another schema it is found there, and not by its own name.
        schema.remove("$schema");
        schema.remove("$id");
        if let Some(Value::Object(definitions)) = schema.remove("$defs") {
            generator.definitions_mut().extend(definitions);
        }
        Schema::from(schema)
    }
}

/// The schema of its document.
impl JsonSchema for Agreement {
    fn schema_name() -> Cow<'static, str> {
        Terms::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        Terms::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Terms::json_schema(generator)
    }
}

/// With the feature `schemars1`.
impl Assessment {
    /// The JSON Schema (draft 2020-12) of an assessment in JSON, as text: `schema/assessment.schema.json` of the repository.
    ///
    /// ```
    /// use force_drawdown::Assessment;
    /// let schema: serde_json::Value = serde_json::from_str(Assessment::SCHEMA)?;
    /// assert_eq!(schema["$id"], "urn:force-drawdown:assessment:1");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub const SCHEMA: &'static str = include_str!("../../schema/assessment.schema.json");
}
