#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

use std::{path::Path, time::Duration};

use deskset_media::{MediaError, Recorder, Sound};
use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

fn wav(file: &Path, channels: u16, sample_rate: u32, samples: &[i16]) {
    let spec = WavSpec { channels, sample_rate, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut writer = WavWriter::create(file, spec).unwrap();
    for sample in samples {
        writer.write_sample(*sample).unwrap();
    }
    writer.finalize().unwrap();
}

#[test]
fn a_recording_holds_what_was_written_and_stops_at_its_limit() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("heard.wav");
    let mut recorder = Recorder::create(&file, Duration::from_secs(2)).unwrap();
    let samples: Vec<i16> = (0..20_000).map(|n| (n * 3) as u16 as i16).collect();
    let mut full = Vec::new();
    for part in samples.chunks(6_000) {
        recorder.write(part).unwrap();
        full.push(recorder.is_full());
    }
    assert_eq!((full, recorder.finish().unwrap()), (vec![false, false, true, true], Duration::from_secs(2)));
    let mut reader = WavReader::open(&file).unwrap();
    let spec = WavSpec { channels: 1, sample_rate: 8_000, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let read: Vec<i16> = reader.samples().map(Result::unwrap).collect();
    assert_eq!((reader.spec(), read), (spec, samples[..16_000].to_vec()));
}

#[test]
fn what_was_recorded_until_a_crash_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("heard.wav");
    let mut recorder = Recorder::create(&file, Duration::from_secs(60)).unwrap();
    recorder.write(&[5; 9_000]).unwrap();
    // The process ends without a word.
    std::mem::forget(recorder);
    assert_eq!(Sound::from_wav(&file).unwrap().samples(), [5; 9_000]);
}

#[test]
fn sounds_of_whole_multiples_are_converted_by_their_mean() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sound.wav");
    let read = |channels, rate, samples: &[i16]| {
        wav(&file, channels, rate, samples);
        Sound::from_wav(&file).unwrap().samples().to_vec()
    };
    assert_eq!(read(1, 8_000, &[1, -2, i16::MIN]), [1, -2, i16::MIN]);
    assert_eq!(read(1, 16_000, &[1, 3, i16::MAX, i16::MAX, 9]), [2, i16::MAX]);
    assert_eq!(read(2, 8_000, &[10, 20, -10, -21]), [15, -15]);
    assert_eq!(read(2, 48_000, &[[i16::MIN; 12], [7; 12]].concat()), [i16::MIN, 7]);
    assert_eq!(read(1, 8_000, &[]), [] as [i16; 0]);
}

#[test]
fn other_files_are_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sound.wav");
    let said = |error: MediaError| error.to_string().replace(&folder.path().display().to_string(), "FOLDER");
    for rate in [11_025, 44_100, 4_000, 56_000] {
        wav(&file, 1, rate, &[0; 10]);
        assert_eq!(
            said(Sound::from_wav(&file).unwrap_err()),
            format!(
                "FOLDER/sound.wav: 1 channels of 16 bits at {rate} samples a second cannot be sent; convert it to \
                 16-bit integers, one or two channels, 8000 samples a second or 2 to 6 times that"
            )
        );
    }
    wav(&file, 1, 8_000, &vec![0; 600 * 8_000 + 1]);
    assert_eq!(
        said(Sound::from_wav(&file).unwrap_err()),
        "FOLDER/sound.wav: the sound is longer than 600 seconds; cut it"
    );
    std::fs::write(&file, "no WAV").unwrap();
    assert_eq!(said(Sound::from_wav(&file).unwrap_err()), "FOLDER/sound.wav: the WAV file cannot be read");
}
