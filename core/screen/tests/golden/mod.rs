//! Screens compared with what they were: `tests/golden/NAME.screen` holds the digest of the pixels and the sheet of the
//! cells, from which the picture can be drawn again. `DESKSET_UPDATE=1` writes them.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use deskset_models::Display;
use deskset_phone::Screen;
use deskset_screen::{Picture, Renderer};

/// How much larger the pictures of a failure are.
const SCALE: u16 = 3;

/// Panics if `screen` is not the golden one, and says where the pictures are.
pub fn assert_screen(name: &str, display: &Display, screen: &Screen) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.screen"));
    if std::env::var_os("DESKSET_UPDATE").is_some() {
        return fs::write(path, golden(display, screen)).unwrap();
    }
    let expected =
        fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}; DESKSET_UPDATE=1 writes it", path.display()));
    if let Err(message) = compare(name, &expected, display, screen, Path::new(env!("CARGO_TARGET_TMPDIR"))) {
        panic!("{message}");
    }
}

/// What stands in a golden file.
pub fn golden(display: &Display, screen: &Screen) -> String {
    format!("pixels {}\n{}", draw(display, screen).digest(), screen.sheet())
}

/// Compares with a golden file; a difference is drawn into `folder`.
pub fn compare(name: &str, expected: &str, display: &Display, screen: &Screen, folder: &Path) -> Result<(), String> {
    let actual = golden(display, screen);
    if actual == expected {
        return Ok(());
    }
    let folder = folder.join(name);
    fs::create_dir_all(&folder).unwrap();
    let keep = |what: &str, picture: &Picture| -> PathBuf {
        let path = folder.join(format!("{what}.png"));
        fs::write(&path, picture.scaled(SCALE).unwrap().to_png().unwrap()).unwrap();
        path
    };
    let is = draw(display, screen);
    let mut message =
        format!("{name} is not as it was; DESKSET_UPDATE=1 accepts it\nexpected:\n{expected}actual:\n{actual}");
    let mut pictures = vec![keep("actual", &is)];
    let sheet = expected.split_once('\n').map_or("", |(_, sheet)| sheet);
    match Screen::from_sheet(sheet) {
        Ok(was) if was == *screen => message += "the cells are the same, only their pixels are not\n",
        Ok(was) => {
            let was = draw(display, &was);
            pictures.extend([keep("expected", &was), keep("difference", &was.difference(&is))]);
        }
        Err(why) => message += &format!("the golden file cannot be drawn: {why}\n"),
    }
    for picture in pictures {
        message += &format!("picture: {}\n", picture.display());
    }
    Err(message)
}

fn draw(display: &Display, screen: &Screen) -> Picture {
    Renderer::new(display).unwrap().draw(screen)
}
