//! The functions themselves.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion_common::arrow::array::{Array as _, ArrayRef, AsArray};
use datafusion_common::arrow::datatypes::{DataType, Date32Type, Field, FieldRef, UInt32Type};
use datafusion_common::{Result, ScalarValue, exec_datafusion_err, exec_err, plan_datafusion_err};
use datafusion_expr::expr::ScalarFunction;
use datafusion_expr::simplify::{ExprSimplifyResult, SimplifyContext};
use datafusion_expr::{
    ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use force_drawdown::Interpolation;

use crate::Agreements;
use crate::arguments::{Call, Kind};
use crate::columns::{self, Counts};

/// What a function answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Question {
    Key,
    RequiredStrict,
    RequiredLenient,
    PlannedLow,
    PlannedHigh,
    Verdict,
    MarginLow,
    MarginHigh,
}

impl Question {
    const ALL: [Self; 8] = [
        Self::Key,
        Self::RequiredStrict,
        Self::RequiredLenient,
        Self::PlannedLow,
        Self::PlannedHigh,
        Self::Verdict,
        Self::MarginLow,
        Self::MarginHigh,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Key => "agreement_key",
            Self::RequiredStrict => "required_strict",
            Self::RequiredLenient => "required_lenient",
            Self::PlannedLow => "planned_low",
            Self::PlannedHigh => "planned_high",
            Self::Verdict => "verdict",
            Self::MarginLow => "margin_low",
            Self::MarginHigh => "margin_high",
        }
    }

    /// The arguments after those that say which force is meant.
    pub(crate) fn rest(self) -> &'static [Kind] {
        match self {
            Self::Key => &[],
            Self::RequiredStrict | Self::RequiredLenient | Self::PlannedLow | Self::PlannedHigh => &[Kind::Day],
            Self::Verdict | Self::MarginLow | Self::MarginHigh => &[Kind::Day, Kind::Low, Kind::High],
        }
    }

    pub(crate) fn usage(self) -> &'static str {
        match self {
            Self::Key => "(agreement, force)",
            Self::RequiredStrict | Self::RequiredLenient => "(agreement, force, day) or (key, day)",
            Self::PlannedLow | Self::PlannedHigh => {
                "(agreement, force, day) or (key, day), and at most an interpolation after them"
            }
            Self::Verdict | Self::MarginLow | Self::MarginHigh => {
                "(agreement, force, day, low, high) or (key, day, low, high)"
            }
        }
    }

    pub(crate) fn is_planned(self) -> bool {
        matches!(self, Self::PlannedLow | Self::PlannedHigh)
    }

    fn data_type(self) -> DataType {
        match self {
            Self::Verdict => DataType::Utf8View,
            Self::MarginLow | Self::MarginHigh => DataType::Int64,
            _ => DataType::UInt32,
        }
    }
}

/// The functions of SQL: for a context, for a worker and for every other engine that takes a [`ScalarUDF`].
///
/// Each takes the name of an agreement and the id of a force, as text of any type or as a dictionary, or in place of
/// both the key of the force. A day is a date, or a whole number of days since 1970-01-01. Counts are whole numbers
/// from 0 to 4,294,967,294; any other is an error of the query. An unknown name or key gives null.
///
/// | function | gives | null where |
/// | --- | --- | --- |
/// | `agreement_key(agreement, force)` | the key | there is no such agreement or force |
/// | `required_strict(agreement, force, day)`, `required_lenient(..)` | the ends of the ceiling | nothing is required yet, or that end is open |
/// | `planned_low(agreement, force, day)`, `planned_high(..)` | the ends of what is planned, `'linear'` or by an interpolation as one argument more | the path has no such end on that day |
/// | `verdict(agreement, force, day, low, high)` | the verdict on a count of that one day | the agreement does not have the force yet |
/// | `margin_low(agreement, force, day, low, high)`, `margin_high(..)` | the smallest and the largest ceiling minus count | nothing can be compared, or that end is open |
///
/// Each gives null where the agreement, the force, the key or the day is null. A `low` that is null is no count, so
/// that the verdict is at most `not-reported`; a `high` that is null is open. A count of a day outside the years 1 to
/// 9999 is no count either, and what is required or planned then is the answer of the nearest day.
///
/// The optimiser of a query adds the fingerprint of the documents to each call, as one literal more. A worker with
/// other documents refuses the call, and names both fingerprints.
#[must_use]
pub fn functions(agreements: &Arc<Agreements>) -> Vec<ScalarUDF> {
    let function = |question| {
        let signature = Signature::user_defined(Volatility::Immutable);
        ScalarUDF::from(Function { agreements: Arc::clone(agreements), question, signature })
    };
    Question::ALL.into_iter().map(function).collect()
}

#[derive(Debug, Clone)]
struct Function {
    agreements: Arc<Agreements>,
    question: Question,
    signature: Signature,
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.question == other.question && self.agreements.fingerprint() == other.agreements.fingerprint()
    }
}

impl Eq for Function {}

impl Hash for Function {
    fn hash<H: Hasher>(&self, to: &mut H) {
        self.question.hash(to);
        self.agreements.fingerprint().hash(to);
    }
}

impl Function {
    fn mark(&self) -> ScalarValue {
        ScalarValue::FixedSizeBinary(8, Some(self.agreements.fingerprint().to_be_bytes().to_vec()))
    }

    /// Refuses the fingerprint of other documents.
    fn check(&self, asked: Option<&ScalarValue>) -> Result<()> {
        match asked {
            Some(asked) if *asked == self.mark() => Ok(()),
            Some(ScalarValue::FixedSizeBinary(_, Some(asked))) => {
                let asked = asked.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
                exec_err!(
                    "{}: the documents here have the fingerprint {:016x}, and those where the question was asked \
                     {asked}: start every process with the same documents",
                    self.name(),
                    self.agreements.fingerprint()
                )
            }
            _ => exec_err!("{}: the fingerprint of the documents is not a literal", self.name()),
        }
    }

    fn answer(&self, call: Call, columns: &[ArrayRef], how: Interpolation) -> Result<ArrayRef> {
        let portfolio = self.agreements.portfolio();
        let (names, rest) = columns.split_at_checked(call.names()).unwrap_or_default();
        let keys = match names {
            [key] => columns::open(key.as_primitive::<UInt32Type>()),
            [agreements, forces] => {
                columns::keys(portfolio, agreements.as_string_view(), forces.as_string_view()).into()
            }
            _ => return exec_err!("{} takes {}", self.name(), self.question.usage()),
        };
        Ok(match (self.question, rest) {
            (Question::Key, _) => Arc::new(columns::numbers(keys, None)),
            (question, [day]) => {
                let days = day.as_primitive::<Date32Type>();
                let is_low = matches!(question, Question::RequiredStrict | Question::PlannedLow);
                let ends = columns::ends(&keys, days, is_low, |keys, days, low, high| {
                    if question.is_planned() {
                        portfolio.planned_numbers(keys, days, how, low, high)
                    } else {
                        portfolio.required_numbers(keys, days, low, high)
                    }
                });
                Arc::new(columns::numbers(ends, days.nulls()))
            }
            (question, [day, low, high]) => {
                let [low, high] = [low, high].map(AsArray::as_primitive::<UInt32Type>);
                let counts = Counts::new(&keys, day.as_primitive::<Date32Type>(), low, high)?;
                match question {
                    Question::Verdict => counts.verdicts(portfolio)?,
                    question => Arc::new(counts.margins(portfolio, question == Question::MarginLow)),
                }
            }
            _ => return exec_err!("{} takes {}", self.name(), self.question.usage()),
        })
    }
}

/// The interpolation that a call asks for, by the value of its argument.
fn interpolation(argument: Option<&ScalarValue>) -> Result<Interpolation> {
    let unknown = || plan_datafusion_err!("an interpolation is one of {:?}, as a literal", Interpolation::WORDS);
    let word = argument.and_then(|argument| argument.try_as_str().flatten()).ok_or_else(unknown)?;
    word.parse().map_err(|_| unknown())
}

impl ScalarUDFImpl for Function {
    fn name(&self) -> &'static str {
        self.question.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.question.data_type())
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        let types: Vec<_> = args.arg_fields.iter().map(|field| field.data_type().clone()).collect();
        let call = Call::read(self.question, &types)?;
        if let Some(how) = call.how(self.question) {
            interpolation(args.scalar_arguments.get(how).copied().flatten())?;
        }
        Ok(Arc::new(Field::new(self.name(), self.question.data_type(), true)))
    }

    /// A verdict has an answer for counts that are null, as margins have.
    fn is_strict(&self) -> bool {
        self.question.rest().len() < 2
    }

    fn coerce_types(&self, given: &[DataType]) -> Result<Vec<DataType>> {
        Call::read(self.question, given)?.coerced(self.question, given)
    }

    /// Adds the fingerprint where there is none, and refuses another one before any row is read.
    fn simplify(&self, mut args: Vec<Expr>, info: &SimplifyContext) -> Result<ExprSimplifyResult> {
        let types: Vec<_> = args.iter().map(|arg| info.get_data_type(arg)).collect::<Result<_>>()?;
        if Call::read(self.question, &types)?.is_marked {
            let mark = if let Some(Expr::Literal(mark, _)) = args.last() { Some(mark) } else { None };
            self.check(mark)?;
            return Ok(ExprSimplifyResult::Original(args));
        }
        args.push(Expr::Literal(self.mark(), None));
        let function = Arc::new(ScalarUDF::from(self.clone()));
        Ok(ExprSimplifyResult::Simplified(Expr::ScalarFunction(ScalarFunction::new_udf(function, args))))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let types: Vec<_> = args.args.iter().map(ColumnarValue::data_type).collect();
        let call = Call::read(self.question, &types)?;
        let scalar = |index: usize| match args.args.get(index) {
            Some(ColumnarValue::Scalar(scalar)) => Some(scalar),
            _ => None,
        };
        // Where no optimiser ran there is no fingerprint, and no other process either.
        if call.is_marked {
            self.check(scalar(call.own))?;
        }
        let how = call.how(self.question).map_or(Ok(Interpolation::Linear), |how| interpolation(scalar(how)))?;
        let own = args.args.get(..call.names().saturating_add(self.question.rest().len())).unwrap_or_default();
        let is_scalar = own.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
        let rows = if is_scalar { 1 } else { args.number_rows };
        let columns: Vec<_> = own.iter().map(|value| value.to_array(rows)).collect::<Result<_>>()?;
        let coerced = call.coerced(self.question, &types)?;
        if columns.iter().zip(&coerced).any(|(column, kind)| column.data_type() != kind || column.len() != rows) {
            return Err(exec_datafusion_err!("{} is called with types it does not coerce to", self.name()));
        }
        let answer = self.answer(call, &columns, how)?;
        if is_scalar {
            Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&answer, 0)?))
        } else {
            Ok(ColumnarValue::Array(answer))
        }
    }
}
