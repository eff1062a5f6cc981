//! Documents to measure with, and the middle of what was measured.

/// Numbers that look random and are the same in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(end)).unwrap_or(0)
    }
}

/// Agreements of one force and eight phases, approved.
pub(crate) fn documents(numbers: &mut Numbers, count: u32) -> String {
    let mut lines = Vec::new();
    for index in 0..count {
        let (base, first) = (2_000 + numbers.below(58_000), 2_000 + numbers.below(14));
        let mut left = base;
        let phases: Vec<_> = (1..=8)
            .map(|phase| {
                left = left * (50 + numbers.below(45)) / 100;
                let (month, day) = (2 + numbers.below(11), 1 + numbers.below(28));
                let year = first + phase - 1;
                format!(r#"{{"id":"{phase}","by":"{year}-{month:02}-{day:02}","limits":[{{"remain":{left}}}]}}"#)
            })
            .collect();
        let phases = phases.join(",");
        let party = r#"{"id":"A","name":"A","role":"sending"}"#;
        let baseline = format!(r#"{{"strength":{base},"as_of":"{}-12-01"}}"#, first - 1);
        let force = format!(r#"{{"id":"f","baseline":{baseline}}}"#);
        let act = format!(r#"{{"on":"{first}-01-10","act":"approved"}}"#);
        let head = format!(r#""id":"agreement-{index:06}","title":"T","parties":[{party}],"forces":[{force}]"#);
        lines.push(format!(r#"{{{head},"phases":[{phases}],"record":[{act}]}}"#));
    }
    lines.join("\n")
}

/// The value in the middle.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
