//! Writes what was heard into a WAV file: 8,000 samples a second, 16 bits, one channel.

use std::{
    fs::File,
    io::BufWriter,
    path::{Path, PathBuf},
    time::Duration,
};

use hound::{SampleFormat, WavSpec, WavWriter};

use crate::{MediaError, SAMPLE_RATE, codec::lasting, limits::RECORDING_MAX};

/// The format of every recording.
const SPEC: WavSpec =
    WavSpec { channels: 1, sample_rate: SAMPLE_RATE, bits_per_sample: 16, sample_format: SampleFormat::Int };

/// Samples after which the file is made whole, so that a process that dies leaves all but the last second.
const FLUSH_SAMPLES: u64 = SAMPLE_RATE as u64;

/// A WAV file being written.
pub struct Recorder {
    file: PathBuf,
    writer: WavWriter<BufWriter<File>>,
    written: u64,
    limit: u64,
    flushed: u64,
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder").field("file", &self.file).field("written", &self.written).finish_non_exhaustive()
    }
}

impl Recorder {
    /// Starts a file that takes at most `limit`, and never more than [`RECORDING_MAX`]. A file of that name is
    /// replaced.
    ///
    /// # Errors
    /// [`MediaError::Wav`] if it cannot be written.
    pub fn create(file: &Path, limit: Duration) -> Result<Self, MediaError> {
        let limit = limit.min(RECORDING_MAX).as_micros() * u128::from(SAMPLE_RATE) / 1_000_000;
        let writer = WavWriter::create(file, SPEC).map_err(|source| unwritten(file, source))?;
        // RECORDING_MAX is 28,800,000 samples, so the cast is exact.
        Ok(Self { file: file.to_owned(), writer, written: 0, limit: limit as u64, flushed: 0 })
    }

    /// Appends samples; those past the limit are left out.
    ///
    /// # Errors
    /// [`MediaError::Wav`] if the file cannot be written.
    pub fn write(&mut self, samples: &[i16]) -> Result<(), MediaError> {
        let room = usize::try_from(self.limit - self.written).unwrap_or(usize::MAX);
        for sample in samples.iter().take(room) {
            self.writer.write_sample(*sample).map_err(|source| unwritten(&self.file, source))?;
            self.written += 1;
        }
        if self.written - self.flushed >= FLUSH_SAMPLES {
            self.flushed = self.written;
            self.writer.flush().map_err(|source| unwritten(&self.file, source))?;
        }
        Ok(())
    }

    /// Whether nothing more is written.
    pub fn is_full(&self) -> bool {
        self.written == self.limit
    }

    /// Ends the file; says how long it is.
    ///
    /// # Errors
    /// [`MediaError::Wav`] if the file cannot be written.
    pub fn finish(self) -> Result<Duration, MediaError> {
        self.writer.finalize().map_err(|source| unwritten(&self.file, source))?;
        Ok(lasting(self.written))
    }
}

fn unwritten(file: &Path, source: hound::Error) -> MediaError {
    MediaError::Wav { file: file.to_owned(), what: "written", source }
}
