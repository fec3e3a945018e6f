use std::fmt::Write as _;

use super::{Better, Figure, Report, Verdict};

/// The report as a table for people, in Markdown.
#[must_use]
pub fn page(report: &Report) -> String {
    let machine = &report.machine;
    let build = if machine.optimized { "release" } else { "debug: the figures say nothing" };
    let rounds = report.figures.first().map_or(0, |figure| figure.rounds.len());
    let mut page = format!(
        "{} x {}, Linux {}, {build} build, load {:.1} before, {rounds} rounds.\n\n",
        machine.cores, machine.processor, machine.kernel, machine.load
    );
    page += "| figure | ours | beside | ratio | spread | aim | verdict | processors: server, generator |\n";
    page += "| --- | ---: | --- | ---: | ---: | ---: | --- | --- |\n";
    for figure in &report.figures {
        let _ = writeln!(page, "{}", row(figure));
    }
    page
}

fn row(figure: &Figure) -> String {
    let Figure { group, name, unit, better, aim, rounds, median, spread: [least, most], verdict } = figure;
    let Some(last) = rounds.last() else { return String::new() };
    let usual = |name: &str| figure.usual(name).map_or(String::new(), number);
    let theirs: Vec<String> = last.peers.iter().map(|peer| format!("{} {}", peer.name, usual(&peer.name))).collect();
    let (ratio, spread) = match last.ratio {
        Some(_) => (format!("{median:.2}"), format!("{least:.2} to {most:.2}")),
        None => (String::new(), format!("{} to {}", number(*least), number(*most))),
    };
    let aim = aim.map_or(String::new(), |aim| if last.ratio.is_some() { format!("{aim:.1}") } else { number(aim) });
    let unit = if *better == Better::Less { format!("{unit} (less is better)") } else { (*unit).to_owned() };
    let cores: Vec<String> = last
        .peers
        .iter()
        .chain([&last.ours])
        .filter_map(|side| Some(format!("{} {:.2}, {:.2}", side.name, side.server_cores?, side.generator_cores?)))
        .collect();
    let ours = usual(&last.ours.name);
    let verdict = match verdict {
        Verdict::Met => "met",
        Verdict::Missed => "**missed**",
        Verdict::Saturated => "generator saturated",
        Verdict::NoAim => "no aim",
    };
    let (theirs, cores) = (theirs.join("; "), cores.join("; "));
    format!("| {group}: {name} | {ours} {unit} | {theirs} | {ratio} | {spread} | {aim} | {verdict} | {cores} |")
}

/// Three digits that matter, thousands apart.
fn number(value: f64) -> String {
    let digits = match value.abs() {
        small if small < 10.0 => return format!("{value:.2}"),
        middle if middle < 1000.0 => return format!("{value:.0}"),
        _ => format!("{value:.0}"),
    };
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
