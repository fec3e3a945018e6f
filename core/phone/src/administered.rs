use deskset_models::{OptionRow, Release};

use crate::{Parameters, names};

/// What the administrator lets a user do: OPSTAT, APPSTAT, FTPUSERSTAT and RESTORESTAT, taken apart.
///
/// Source: LAN Administrator Guide 555-233-507, the OPSTAT row and "The Application Status Flag (APPSTAT)".
#[derive(Clone, Copy, Debug)]
pub struct Administered<'p> {
    parameters: &'p Parameters,
    release: Release,
    opstat: [bool; 3],
    appstat: u8,
    ftpuserstat: u8,
    restorestat: bool,
}

impl<'p> Administered<'p> {
    /// As the parameters stand, for software of `release`.
    pub fn of(parameters: &'p Parameters, release: Release) -> Self {
        Administered {
            parameters,
            release,
            opstat: opstat(parameters.value(names::OPSTAT)),
            appstat: digit(parameters.value(names::APPSTAT), 3, 1),
            ftpuserstat: digit(parameters.value(names::FTPUSERSTAT), 2, 1),
            restorestat: digit(parameters.value(names::RESTORESTAT), 1, 1) == 1,
        }
    }

    /// Nothing may be changed, and a retrieval has no effect: OPSTAT is 0 or 000.
    pub fn blocks_everything(&self) -> bool {
        self.opstat == [false; 3]
    }

    /// Backup and retrieval go on by themselves.
    pub fn restores(&self) -> bool {
        self.restorestat
    }

    /// Speed Dial entries may be changed: APPSTAT is 1.
    pub fn dials_may_change(&self) -> bool {
        self.appstat == 1
    }

    /// The second Options screen, Backup/Restore on it, is there: the first digit of OPSTAT is 1.
    pub fn shows_second_screen(&self) -> bool {
        self.opstat[0]
    }

    /// Feature buttons may be renamed: the first digit of OPSTAT is 1.
    pub fn labels_may_change(&self) -> bool {
        self.opstat[0]
    }

    /// Addresses are shown: the second digit of OPSTAT is 1.
    pub fn shows_addresses(&self) -> bool {
        self.opstat[1]
    }

    /// Log Off is in the Options menu: the third digit of OPSTAT is 1.
    pub fn may_log_off(&self) -> bool {
        self.opstat[2]
    }

    /// The Redial screen is there; with APPSTAT 0 and 2 it is hidden.
    pub fn shows_redial(&self) -> bool {
        matches!(self.appstat, 1 | 3)
    }

    /// A number can be dialled again; with APPSTAT 0 none.
    pub fn dials_again(&self) -> bool {
        self.appstat != 0
    }

    /// The Call Log is there; with APPSTAT 0 and 2 it is suppressed.
    pub fn shows_call_log(&self) -> bool {
        matches!(self.appstat, 1 | 3)
    }

    /// The row may be changed by the user and taken from a backup file.
    pub fn allows(&self, row: &OptionRow) -> bool {
        let guards = &row.guards;
        let digit = match guards.opstat_digit {
            0 => !self.blocks_everything(),
            digit => self.opstat.get(usize::from(digit) - 1).copied().unwrap_or(false),
        };
        let taken_away = guards.unless.iter().any(|unless| {
            let value = self.parameters.value_under(&unless.parameter, self.release);
            unless.values.iter().any(|one| one == value)
        });
        digit && !taken_away && listed(&guards.appstat, self.appstat) && self.lets_hold(row)
    }

    /// What the user once set for the row still holds: of all flags only FTPUSERSTAT takes that away.
    pub fn lets_hold(&self, row: &OptionRow) -> bool {
        listed(&row.guards.ftpuserstat, self.ftpuserstat)
    }
}

fn listed(list: &[u8], value: u8) -> bool {
    list.is_empty() || list.contains(&value)
}

fn digit(text: &str, largest: u8, otherwise: u8) -> u8 {
    text.parse().ok().filter(|digit| *digit <= largest).unwrap_or(otherwise)
}

/// Three binary digits. One digit is short for three (project rule: 0 is 000, 1 is 111, 2 is 010); anything else is
/// taken as 111.
fn opstat(text: &str) -> [bool; 3] {
    match text {
        "0" => [false; 3],
        "2" => [false, true, false],
        _ => match text.as_bytes() {
            digits @ [_, _, _] if digits.iter().all(|digit| matches!(digit, b'0' | b'1')) => {
                [digits[0] == b'1', digits[1] == b'1', digits[2] == b'1']
            }
            _ => [true; 3],
        },
    }
}
