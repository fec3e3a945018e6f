//! Screens of all models, cell by cell and pixel by pixel, and how a difference is shown.
#![allow(missing_docs, clippy::unwrap_used)]

mod gallery;
mod golden;

use golden::{assert_screen, compare};

// req: DC-4, BR-14, BR-15
#[test]
fn the_screens_of_all_models_are_as_they_were() {
    for model in gallery::MODELS {
        let display = gallery::display(model);
        for (name, screen) in gallery::all(&display) {
            assert_screen(&format!("{}-{name}", model.to_lowercase()), &display, &screen);
        }
    }
}

#[test]
fn a_difference_is_told_in_text_and_in_pictures() {
    let display = gallery::display("4621SW");
    let folder = tempfile::tempdir().unwrap();
    let (was, is) = (gallery::calls(&display), gallery::entry(&display));
    let expected = golden::golden(&display, &was);
    assert_eq!(compare("same", &expected, &display, &was, folder.path()), Ok(()));
    let message = compare("other", &expected, &display, &is, folder.path()).unwrap_err();
    let pictures: Vec<&str> = message.lines().filter_map(|line| line.strip_prefix("picture: ")).collect();
    let path = |name: &str| folder.path().join("other").join(name).display().to_string();
    assert_eq!(pictures, [path("actual.png"), path("expected.png"), path("difference.png")]);
    assert!(message.contains("|a=4711") && message.contains("|Enter a label"), "{message}");
    for picture in pictures {
        let file = std::io::BufReader::new(std::fs::File::open(picture).unwrap());
        let reader = png::Decoder::new(file).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (3 * 168, 3 * 132));
    }
    let other_pixels = expected.replacen("pixels ", "pixels 0", 1);
    let message = compare("pixels", &other_pixels, &display, &was, folder.path()).unwrap_err();
    assert!(message.contains("only their pixels are not"), "{message}");
}
