//! A sound in memory, read from a WAV file.

use std::{path::Path, sync::Arc, time::Duration};

use hound::{SampleFormat, WavReader, WavSpec};

use crate::{MediaError, SAMPLE_RATE, codec::lasting, limits::SOUND_MAX};

/// The highest rate that is converted, as a multiple of [`SAMPLE_RATE`]: 48,000 samples a second.
const RATIO_MAX: u32 = 6;

/// Samples of 16 bits, 8,000 a second, one channel. Cheap to clone: the clones share them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sound {
    samples: Arc<[i16]>,
}

impl Sound {
    /// A sound of these samples; what is past [`SOUND_MAX`] is left out.
    pub fn from_samples(mut samples: Vec<i16>) -> Self {
        samples.truncate(samples_max());
        Self { samples: samples.into() }
    }

    /// Reads a WAV file of 16-bit integers, one or two channels, 8,000 samples a second or 2 to 6 times that.
    ///
    /// Higher rates are converted by the mean of the samples that fall on one, two channels by their mean, both
    /// rounded towards zero; no other filter is applied, so what lies above 4 kHz folds down. A last group that is not
    /// full is left out.
    ///
    /// # Errors
    /// [`MediaError::Wav`] if it cannot be read, [`MediaError::Format`] if it holds something else,
    /// [`MediaError::TooLong`] past [`SOUND_MAX`].
    pub fn from_wav(file: &Path) -> Result<Self, MediaError> {
        let unread = |source| MediaError::Wav { file: file.to_owned(), what: "read", source };
        let reader = WavReader::open(file).map_err(unread)?;
        let WavSpec { channels, sample_rate: rate, bits_per_sample: bits, sample_format } = reader.spec();
        let ratio = rate / SAMPLE_RATE;
        let known = rate.is_multiple_of(SAMPLE_RATE) && (1..=RATIO_MAX).contains(&ratio);
        if !known || !(1..=2).contains(&channels) || bits != 16 || sample_format != SampleFormat::Int {
            return Err(MediaError::Format { file: file.to_owned(), channels, bits, rate });
        }
        if reader.duration() / ratio > samples_max() as u32 {
            return Err(MediaError::TooLong { file: file.to_owned(), seconds: SOUND_MAX.as_secs() });
        }
        let group = ratio * u32::from(channels);
        let (mut samples, mut sum, mut summed) = (Vec::new(), 0_i32, 0);
        // The reader ends at the length its header names, which was just checked.
        for sample in reader.into_samples::<i16>() {
            sum += i32::from(sample.map_err(unread)?);
            summed += 1;
            if summed == group {
                // A mean of 16-bit values has 16 bits; the group has at most 12 of them.
                samples.push((sum / group as i32) as i16);
                (sum, summed) = (0, 0);
            }
        }
        Ok(Self { samples: samples.into() })
    }

    /// Its samples.
    pub fn samples(&self) -> &[i16] {
        &self.samples
    }

    /// How long it lasts.
    pub fn duration(&self) -> Duration {
        lasting(self.samples.len() as u64)
    }
}

const fn samples_max() -> usize {
    SOUND_MAX.as_secs() as usize * SAMPLE_RATE as usize
}
