/// A name that is no model's.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("there is no model \"{asked}\"{meant}; {known}", meant = meant(.alike), known = known(.all))]
pub struct UnknownModel {
    /// What was asked for.
    pub asked: String,
    /// Names that look like it, the most alike first.
    pub alike: Vec<String>,
    /// All names there are.
    pub all: Vec<String>,
}

/// Names less alike than this are not offered.
const LIKENESS_MIN: f64 = 0.8;
/// At most so many are offered.
const OFFERED_MAX: usize = 3;

impl UnknownModel {
    pub(crate) fn new(asked: &str, all: Vec<String>) -> Self {
        let lower = asked.to_lowercase();
        let mut alike: Vec<(f64, &String)> =
            all.iter().map(|name| (strsim::jaro_winkler(&lower, &name.to_lowercase()), name)).collect();
        alike.retain(|(likeness, _)| *likeness >= LIKENESS_MIN);
        alike.sort_by(|(one, first), (other, second)| other.total_cmp(one).then_with(|| first.cmp(second)));
        let alike = alike.into_iter().take(OFFERED_MAX).map(|(_, name)| name.clone()).collect();
        UnknownModel { asked: asked.chars().take(40).collect(), alike, all }
    }
}

fn meant(alike: &[String]) -> String {
    if alike.is_empty() { String::new() } else { format!(", did you mean {}?", alike.join(" or ")) }
}

fn known(all: &[String]) -> String {
    if all.is_empty() {
        "no plugin is loaded: check the plugin folders".to_owned()
    } else {
        format!("the plugins describe {}", all.join(", "))
    }
}
