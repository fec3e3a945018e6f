//! What can be known of a library without opening it.
//!
//! Opening a truncated library is no error but a signal (SIGBUS), and opening any library runs its initialisers.

use abi_stable::library::ROOT_MODULE_LOADER_NAME;
use object::{
    Endianness, elf,
    read::elf::{FileHeader, ProgramHeader, Sym},
};

use crate::refusal::{RefusalKind, words};

#[cfg(target_pointer_width = "64")]
type Header = elf::FileHeader64<Endianness>;
#[cfg(target_pointer_width = "32")]
type Header = elf::FileHeader32<Endianness>;

/// Exported by plugins that were built with `panic = "abort"` (see `deskset_abi::export_plugin`).
const PANIC_ABORT: &str = "deskset_panic_abort";

/// Names of processors as `std::env::consts::ARCH` spells them.
const MACHINES: &[(u16, &str)] = &[
    (elf::EM_X86_64, "x86_64"),
    (elf::EM_AARCH64, "aarch64"),
    (elf::EM_386, "x86"),
    (elf::EM_ARM, "arm"),
    (elf::EM_RISCV, "riscv64"),
    (elf::EM_PPC64, "powerpc64"),
    (elf::EM_S390, "s390x"),
    (elf::EM_LOONGARCH, "loongarch64"),
];

/// Refuses `data` unless it is a whole plugin for this machine whose panics can be caught.
pub(crate) fn check(data: &[u8]) -> Result<(), RefusalKind> {
    // Offsets from the ELF specification: identification, then type and machine.
    const MAGIC: &[u8] = b"\x7fELF";
    if !data.starts_with(MAGIC) {
        return Err(RefusalKind::NotALibrary("it does not begin like one".to_owned()));
    }
    if data.len() < size_of::<Header>() {
        return Err(RefusalKind::Truncated(format!("it has only {} bytes", data.len())));
    }
    check_machine(data)?;
    let header = Header::parse(data).map_err(|wrong| RefusalKind::NotALibrary(words(wrong)))?;
    let endian = header.endian().map_err(|wrong| RefusalKind::NotALibrary(words(wrong)))?;
    if header.e_type(endian) != elf::ET_DYN {
        return Err(RefusalKind::NotALibrary("it is a program or an object file".to_owned()));
    }
    check_whole(header, endian, data)?;
    check_names(header, endian, data)
}

fn check_machine(data: &[u8]) -> Result<(), RefusalKind> {
    const CLASS: usize = 4;
    const ORDER: usize = 5;
    const MACHINE: usize = 18;
    let bits: u16 = if data[CLASS] == 1 { 32 } else { 64 };
    let little = data[ORDER] == 1;
    let bytes = [data[MACHINE], data[MACHINE + 1]];
    let number = if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) };
    let machine = MACHINES
        .iter()
        .find(|(known, _)| *known == number)
        .map_or_else(|| format!("machine number {number}"), |(_, name)| (*name).to_owned());
    let order = |little| if little { "little-endian" } else { "big-endian" };
    let found = format!("{machine}, {bits} bits, {}", order(little));
    let here = format!("{}, {} bits, {}", std::env::consts::ARCH, usize::BITS, order(cfg!(target_endian = "little")));
    if found == here { Ok(()) } else { Err(RefusalKind::OtherArchitecture { found, here }) }
}

fn check_whole(header: &Header, endian: Endianness, data: &[u8]) -> Result<(), RefusalKind> {
    // The system's loader takes this count as it stands; `object` would look for the real one elsewhere.
    if header.e_phnum(endian) == elf::PN_XNUM {
        return Err(RefusalKind::NotALibrary("the number of its segments is damaged".to_owned()));
    }
    let short = |what: &str| RefusalKind::Truncated(format!("{what} beyond its {} bytes", data.len()));
    header.section_headers(endian, data).map_err(|_| short("its table of sections lies"))?;
    let segments = header.program_headers(endian, data).map_err(|_| short("its table of segments lies"))?;
    for segment in segments {
        if end_of(segment, endian).is_none_or(|end| end > data.len() as u64) {
            return Err(short("a segment reaches"));
        }
    }
    Ok(())
}

/// Where a segment ends in the file; `None` beyond all numbers.
fn end_of<P: ProgramHeader>(segment: &P, endian: P::Endian) -> Option<u64> {
    let (start, size): (u64, u64) = (segment.p_offset(endian).into(), segment.p_filesz(endian).into());
    start.checked_add(size)
}

fn check_names(header: &Header, endian: Endianness, data: &[u8]) -> Result<(), RefusalKind> {
    let damaged = |wrong: object::read::Error| RefusalKind::NotALibrary(words(wrong));
    let sections = header.sections(endian, data).map_err(damaged)?;
    let symbols = sections.symbols(endian, data, elf::SHT_DYNSYM).map_err(damaged)?;
    let defines = |name: &str| {
        symbols.iter().any(|symbol| {
            !symbol.is_undefined(endian)
                && symbols.symbol_name(endian, symbol).is_ok_and(|found| found == name.as_bytes())
        })
    };
    if !defines(ROOT_MODULE_LOADER_NAME) {
        return Err(RefusalKind::NoRoot);
    }
    if defines(PANIC_ABORT) {
        return Err(RefusalKind::PanicAbort);
    }
    Ok(())
}
