use deskset_models::{
    AudioAbility, BootTexts, BrowserAbility, DESCRIPTION_SCHEMA, Description, PushAbility, Signaling,
};

use crate::{
    H323, Panel, Script, Sip, files::filename_rules, keys::key_table, keys::speed_dial, later::later_parameters,
    options::option_table, parameters::parameter_table, repertoire::repertoire,
};

/// The DHCP option that carries site settings (LAN Administrator Guide, "Option 176").
const SITE_OPTION: u8 = 176;
/// The boot code's name in the sample script of LAN Administrator Guide Issue 1.7; the guide calls its names fictitious.
const BOOT_NAME: &str = "46XXCOMMON.V03";
/// The most characters of a pushed top line: two lines of 28 (LAN Administrator Guide, "The Push Feature").
const TOPLINE_CHARS: u16 = 56;

/// What is special about one model of the series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Member {
    /// As printed on the phone.
    pub name: &'static str,
    /// The Set ID (4600 Series API Guide, push and subscription chapters).
    pub set_id: &'static str,
    /// The screen, and what its size decides: keys, speed dial, the backup file's name.
    pub panel: Panel,
    /// Scripts beyond Latin and Katakana.
    pub scripts: &'static [Script],
    /// Software for H.323.
    pub h323: H323,
    /// Software for SIP, where there is any.
    pub sip: Option<Sip>,
    /// Abilities that not every model has.
    pub capabilities: &'static [Capability],
    /// Whether the speaker can also be spoken to.
    pub speaker_talks: bool,
    /// Version of WML.
    pub wml: &'static str,
}

/// An ability that parameters may need.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Capability {
    /// A second Ethernet port for a computer.
    PcPort,
    /// The screen is lit from behind.
    Backlight,
    /// An infrared port.
    Infrared,
}

impl Capability {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Capability::PcPort => "pc_port",
            Capability::Backlight => "backlight",
            Capability::Infrared => "infrared",
        }
    }
}

impl Member {
    /// The whole description.
    pub fn describe(&self) -> Description {
        let mut display = self.panel.display();
        display.repertoire = repertoire(self.scripts);
        display.backlight = self.capabilities.contains(&Capability::Backlight);
        let signaling = [(Signaling::H323, self.h323.rules())]
            .into_iter()
            .chain(self.sip.map(|sip| (Signaling::Sip, sip.rules())))
            .collect();
        Description {
            schema: DESCRIPTION_SCHEMA,
            name: self.name.to_owned(),
            model_id: self.set_id.to_owned(),
            model4: self.set_id.chars().take(4).collect(),
            signaling,
            boot_name: BOOT_NAME.to_owned(),
            site_option: SITE_OPTION,
            files: filename_rules(self.panel, self.sip.is_some()),
            options: option_table(self),
            parameters: parameter_table(),
            later_parameters: later_parameters(),
            keys: key_table(self.panel),
            speed_dial: speed_dial(self.panel),
            push: push(),
            browser: self.browser(),
            audio: AudioAbility {
                speaker_listens: true,
                speaker_talks: self.speaker_talks,
                codecs: vec!["pcmu".to_owned(), "pcma".to_owned()],
            },
            boot_texts: BootTexts::default(),
            capabilities: self.capabilities.iter().map(|one| one.key().to_owned()).collect(),
            display,
        }
    }

    /// Source: 4600 Series API Guide; the text of `User-Agent` is a project rule.
    fn browser(&self) -> BrowserAbility {
        let display = self.panel.display();
        let jpeg = (self.panel == Panel::Colour).then_some("image/jpeg");
        BrowserAbility {
            wml: self.wml.to_owned(),
            images: ["image/vnd.wap.wbmp"].into_iter().chain(jpeg).map(str::to_owned).collect(),
            page_rows: display.zones.application_rows,
            page_columns: display.columns,
            user_agent: format!("AVAYA/{} ({}; {{release}})", self.name, self.set_id),
        }
    }
}

/// What the push feature is, wherever it is; since when says [`H323`].
fn push() -> PushAbility {
    let types = ["topline", "display", "audio", "subscribe"];
    PushAbility { types: types.map(str::to_owned).to_vec(), topline_chars: TOPLINE_CHARS }
}
