use deskset_models::{Colours, Display};
use deskset_phone::{Screen, Shade, browser};

/// The colours of one screen, in the order in which pixels name them: those with a name, then those of its pictures.
pub(crate) type Tones = Vec<[u8; 3]>;

/// How many have a name.
pub(crate) const NAMED: usize = 5;

/// Steps of each channel in a colour picture: their cube fits beside the named tones.
const STEPS: u8 = 6;

/// Text, and lines.
pub(crate) const INK: u8 = 0;
/// Behind a line on hold.
pub(crate) const DARK: u8 = 1;
/// Behind an active line.
pub(crate) const LIGHT: u8 = 2;
/// The background.
pub(crate) const PAPER: u8 = 3;
/// Text on dark.
pub(crate) const WHITE: u8 = 4;

/// Background and text of a shade.
pub(crate) fn of_shade(shade: Shade) -> (u8, u8) {
    match shade {
        Shade::Paper => (PAPER, INK),
        Shade::Light => (LIGHT, INK),
        Shade::Dark => (DARK, WHITE),
    }
}

/// What the tones of `screen` are on this display.
///
/// Grey displays have evenly spaced levels. On colour ones an active line is a quarter darker than the background and
/// a line on hold 60 % (project rule). Contrast and light change what is seen, channel by channel.
pub(crate) fn tones(display: &Display, screen: &Screen) -> Tones {
    let nominal = match display.colours {
        Colours::Gray { levels } => [0, 85, 170, 255, 255].map(|level| [nearest(level, levels); 3]),
        Colours::Colour { .. } => {
            let darker = |percent: u16| screen.background.map(|channel| (u16::from(channel) * percent / 100) as u8);
            [[0; 3], darker(40), darker(75), screen.background, [u8::MAX; 3]]
        }
        Colours::Unknown => [0, 85, 170, 255, 255].map(|level| [level; 3]),
    };
    let dark = display.backlight && !screen.lit;
    let seen = |channel| {
        let channel = contrasted(channel, screen.contrast, display.contrast_steps);
        // Without its light, a display that has one is half as bright (project rule).
        if dark { channel / 2 } else { channel }
    };
    let pictures = screen.images.iter().any(|image| matches!(*image.picture, browser::Picture::Colour { .. }));
    let cube = (0..STEPS.pow(3))
        .filter(|_| pictures)
        .map(|at| [at / STEPS.pow(2), at / STEPS % STEPS, at % STEPS].map(|step| step * (u8::MAX / (STEPS - 1))));
    nominal.into_iter().chain(cube).map(|tone| tone.map(seen)).collect()
}

/// The tone of a pixel of a colour picture: the nearest in the cube.
pub(crate) fn of_colour(colour: [u8; 3]) -> u8 {
    let step = |channel: u8| (u16::from(channel) * u16::from(STEPS - 1) + 127) / 255;
    let [red, green, blue] = colour.map(step);
    let steps = u16::from(STEPS);
    // At most 5 + 215.
    (NAMED as u16 + (red * steps + green) * steps + blue) as u8
}

/// The nearest of `levels` evenly spaced levels.
fn nearest(level: u8, levels: u16) -> u8 {
    let Some(last) = u32::from(levels).checked_sub(1).filter(|last| *last > 0) else { return level };
    let which = (u32::from(level) * last + 127) / 255;
    // At most 255.
    (which * 255 / last) as u8
}

/// What `channel` looks like at a step of contrast (project rule).
///
/// The middle step changes nothing. Below it everything fades towards white, until at step 0 black is two thirds of
/// white; above it everything grows darker, until at the last step white is half as bright. All levels stay apart.
fn contrasted(channel: u8, step: u8, steps: u8) -> u8 {
    let (channel, white) = (u32::from(channel), u32::from(u8::MAX));
    let (step, steps) = (u32::from(step.min(steps.saturating_sub(1))), u32::from(steps));
    let middle = steps / 2;
    let seen = if step < middle {
        let (part, whole) = (step * 2 + middle, middle * 3);
        white - (white - channel) * part / whole
    } else {
        let above = steps.saturating_sub(1).saturating_sub(middle);
        if above == 0 { channel } else { channel * (above * 2 - (step - middle)) / (above * 2) }
    };
    // Both formulas stay within 0 and 255.
    seen as u8
}
