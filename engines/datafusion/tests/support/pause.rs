//! A function that makes a query last, or that breaks.

use std::time::Duration;

use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};

/// Is true for each row. For each batch it says its name on the standard output, which tells a test how far a worker is,
/// and then pauses or panics. Without a pause it does nothing of that.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Pause {
    name: &'static str,
    signature: Signature,
    milliseconds: u64,
}

/// `pause_first` and `pause_later` for the stages of a query, and `panics`.
pub(crate) fn functions(milliseconds: u64) -> Vec<ScalarUDF> {
    // Volatile, so that no optimiser moves it to another stage or leaves it out.
    let signature = Signature::any(1, Volatility::Volatile);
    let function = |name| ScalarUDF::from(Pause { name, signature: signature.clone(), milliseconds });
    ["pause_first", "pause_later", "panics"].into_iter().map(function).collect()
}

impl ScalarUDFImpl for Pause {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, _: ScalarFunctionArgs) -> Result<ColumnarValue> {
        if self.milliseconds > 0 {
            println!("{}", self.name);
            assert!(self.name != "panics", "a function that panics");
            std::thread::sleep(Duration::from_millis(self.milliseconds));
        }
        Ok(ColumnarValue::Scalar(ScalarValue::Boolean(Some(true))))
    }
}
