//! Commands and files in the papers, and whether a command printed what is shown.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

/// A fenced block: what stands behind the fence, and its lines.
pub struct Block<'t> {
    pub info: &'t str,
    pub lines: Vec<&'t str>,
}

pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some(Block { info, lines: Vec::new() }),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => block.lines.push(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block does not end");
    blocks
}

/// One command of a paper.
#[derive(PartialEq, Eq, Debug)]
pub struct Shown<'t> {
    pub line: &'t str,
    pub exit: i32,
    pub output: Vec<&'t str>,
}

pub fn commands<'t>(block: &Block<'t>) -> Vec<Shown<'t>> {
    let mut commands: Vec<Shown<'t>> = Vec::new();
    for line in &block.lines {
        if let Some(command) = line.strip_prefix("$ ") {
            let (line, exit) = command.split_once("# exit ").unwrap_or((command, "0"));
            commands.push(Shown { line: line.trim(), exit: exit.trim().parse().unwrap(), output: Vec::new() });
        } else {
            commands.last_mut().unwrap().output.push(line);
        }
    }
    commands
}

/// Whether `line` is as shown, `[..]` standing for anything.
pub fn line_is(shown: &str, line: &str) -> bool {
    let Some((before, after)) = shown.split_once("[..]") else { return shown.trim_end() == line.trim_end() };
    let Some(rest) = line.strip_prefix(before) else { return false };
    rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| line_is(after, &rest[at..]))
}

/// Whether `lines` are as shown, `...` standing for any lines.
pub fn lines_are(shown: &[&str], lines: &[&str]) -> bool {
    match (shown, lines) {
        ([], lines) => lines.is_empty(),
        (["...", after @ ..], lines) => (0..=lines.len()).any(|at| lines_are(after, &lines[at..])),
        ([first, after @ ..], [line, rest @ ..]) => line_is(first, line) && lines_are(after, rest),
        (_, []) => false,
    }
}

/// A sound that a reader has: one second, 8,000 samples of 16 bits, as a WAV file.
pub fn gong() -> Vec<u8> {
    let sound: Vec<u8> = (0..8_000_i16).flat_map(|n| (n % 20 * 800 - 8_000).to_le_bytes()).collect();
    let length = 16_000_u32;
    let head = [
        &b"RIFF"[..],
        &(36 + length).to_le_bytes(),
        b"WAVEfmt ",
        &16_u32.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &8_000_u32.to_le_bytes(),
        &16_000_u32.to_le_bytes(),
        &2_u16.to_le_bytes(),
        &16_u16.to_le_bytes(),
        b"data",
        &length.to_le_bytes(),
    ];
    [head.concat(), sound].concat()
}
