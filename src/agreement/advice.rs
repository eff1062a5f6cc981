//! stub
#[derive(Debug)] pub struct Advice; #[derive(Debug)] pub enum AdviceKind {}
