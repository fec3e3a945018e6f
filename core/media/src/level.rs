//! How loud it is, at a fixed rate.

/// Samples one level stands for: ten levels a second.
pub(crate) const LEVEL_SAMPLES: usize = 800;

/// Digital silence. RFC 6464 section 3.
const SILENCE: i8 = -127;

/// A level in decibels below overload, -127 to 0; -127 is silence. 0 is a square wave of full scale. RFC 6464.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Dbov(i8);

impl Dbov {
    /// Digital silence.
    pub const SILENCE: Self = Self(SILENCE);

    /// The level of an amplitude, where 32,768 is full scale.
    fn of(amplitude: f64) -> Self {
        if amplitude <= 0.0 {
            return Self::SILENCE;
        }
        let level = (20.0 * (amplitude / 32_768.0).log10()).round();
        // Between -127 and 0 after the clamp, so the cast is exact.
        Self(level.clamp(f64::from(SILENCE), 0.0) as i8)
    }

    /// In decibels, -127 to 0.
    pub const fn decibels(self) -> i8 {
        self.0
    }
}

/// How loud a tenth of a second was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Level {
    /// Its loudest sample.
    pub peak: Dbov,
    /// Its root mean square.
    pub rms: Dbov,
}

/// Measures sample by sample.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter {
    samples: usize,
    peak: u16,
    squares: f64,
}

impl Meter {
    /// Takes one sample; gives a level with every [`LEVEL_SAMPLES`]th.
    pub(crate) fn add(&mut self, sample: i16) -> Option<Level> {
        self.samples += 1;
        self.peak = self.peak.max(sample.unsigned_abs());
        self.squares += f64::from(sample) * f64::from(sample);
        if self.samples < LEVEL_SAMPLES {
            return None;
        }
        let rms = (self.squares / LEVEL_SAMPLES as f64).sqrt();
        let level = Level { peak: Dbov::of(f64::from(self.peak)), rms: Dbov::of(rms) };
        *self = Self::default();
        Some(level)
    }
}
